/// Looks through a valid document for what clients may stumble over.
///
/// One pass over the index; the text is looked at only where something may be found.
struct DocumentAudit {
  private let base: UnsafePointer<UInt8>
  private let tape: UnsafePointer<UInt64>
  private var keys = KeyAudit()

  /// Adds what is odd in a value.
  static func run(_ json: JSON, into faults: inout FaultList) {
    withExtendedLifetime(json) {
      guard let tape = json.document.tape.baseAddress else { return }
      var audit = DocumentAudit(base: json.document.base, tape: tape)
      audit.run(json, json.index..<json.document.after(json.index), &faults)
    }
  }

  private init(base: UnsafePointer<UInt8>, tape: UnsafePointer<UInt64>) {
    self.base = base
    self.tape = tape
  }

  /// So many nodes are sifted before those of interest are looked at.
  private static let portion = 64

  private mutating func run(_ json: JSON, _ nodes: Range<Int>, _ faults: inout FaultList) {
    let tape = tape
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.portion) { odd in
      var next = nodes.lowerBound
      while next < nodes.upperBound {
        let end = min(next &+ Self.portion, nodes.upperBound)
        // Without a branch, since which nodes they are is hard to foresee.
        var count = 0
        for index in next..<end {
          odd[count] = index
          let tag = Node(word: tape[index]).tag
          count &+= Int(truncatingIfNeeded: Self.oddTags &>> UInt16(tag.rawValue) & 1)
        }
        for place in 0..<count { look(json, odd[place], &faults) }
        next = end
      }
    }
  }

  @inline(__always)
  private mutating func look(_ json: JSON, _ index: Int, _ faults: inout FaultList) {
    let node = Node(word: tape[index])
    switch node.tag {
    case .longNumber: tellNumber(node, &faults)
    case .unicodeString: StringAudit.run(base, node, &faults)
    // More than one member, or one with a container.
    default: if node.payload > index &+ 3 { auditKeys(json, index, node, &faults) }
    }
  }

  /// What is looked at, as bits, since most nodes are not.
  private static let oddTags: UInt16 =
    1 << Node.Tag.longNumber.rawValue | 1 << Node.Tag.unicodeString.rawValue
    | 1 << Node.Tag.object.rawValue

  private func tellNumber(_ node: Node, _ faults: inout FaultList) {
    guard let rule = NumberAudit.loss(base + node.offset, node.payload) else { return }
    faults.add(
      rule, node.offset..<(node.offset + node.payload),
      subject: Characters.name(base + node.offset, node.payload))
  }

  private mutating func auditKeys(
    _ json: JSON, _ index: Int, _ node: Node, _ faults: inout FaultList
  ) {
    guard keys.mayRepeat(base, tape, index + 1, end: node.payload) else { return }
    KeyAudit.tellRepeated(json.document, index + 1, end: node.payload, &faults)
  }
}

/// Escapes that are valid and odd.
enum StringAudit {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  static func run(_ base: UnsafePointer<UInt8>, _ node: Node, _ faults: inout FaultList) {
    let end = node.offset + 1 + node.payload
    var at = node.offset + 1
    while at < end {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      let slash = word ^ (ones &* 0x5C)
      let hits = (slash &- ones) & ~slash & highs
      if hits == 0 {
        at += 8
        continue
      }
      at += hits.trailingZeroBitCount / 8
      if at >= end { return }
      // They often stand one beside the other.
      repeat {
        if base[at + 1] == 0x75 { at = unicodeEscape(base, at, end, &faults) } else { at += 2 }
      } while at < end && base[at] == 0x5C
    }
  }

  /// Looks at `\uXXXX`; the place after it or its pair.
  private static func unicodeEscape(
    _ base: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ faults: inout FaultList
  ) -> Int {
    let second = base[at + 2]
    if second | 0x20 == 0x64, base[at + 3] > 0x37 { return surrogate(base, at, end, &faults) }
    if second == 0x30, base[at + 3] == 0x30, base[at + 4] == 0x30, base[at + 5] == 0x30 {
      faults.add(.escapedNUL, at..<(at + 6), subject: "\\u0000")
    }
    return at + 6
  }

  /// Looks at `\uD800` and above; the place after it or its pair.
  private static func surrogate(
    _ base: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ faults: inout FaultList
  ) -> Int {
    let next = at + 6
    if isHigh(base[at + 3]), next + 6 <= end, base[next] == 0x5C, base[next + 1] == 0x75,
      base[next + 2] | 0x20 == 0x64, base[next + 3] > 0x37, !isHigh(base[next + 3])
    {
      return next + 6
    }
    faults.add(
      .loneSurrogate, at..<next, subject: Characters.name(base + at, 6))
    return next
  }

  /// Whether the second hex digit is that of a high surrogate: 8, 9, A or B.
  private static func isHigh(_ digit: UInt8) -> Bool {
    digit == 0x38 || digit == 0x39 || digit | 0x20 == 0x61 || digit | 0x20 == 0x62
  }
}
