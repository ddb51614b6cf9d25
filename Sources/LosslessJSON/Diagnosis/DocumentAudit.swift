/// Looks through a valid document for what clients may stumble over.
///
/// One pass over the index; the text is looked at only where something may be found.
enum DocumentAudit {
  /// So many nodes are sifted before those of interest are looked at.
  private static let portion = 64

  /// Adds what is odd in a value. Where it is known which objects may have a key twice, in the order
  /// of their ends, only those are looked at.
  static func run(_ json: JSON, into faults: inout FaultList, suspects: [Int]? = nil) {
    // A key by itself was looked at with its object.
    guard json.index >= 0 else { return }
    let suspects = suspects ?? Self.suspects(json)
    let isSuspect = Set(suspects)
    let tags = longNumbers | oddStrings | (suspects.isEmpty ? 0 : objects)
    each(json, tags) { index, node in
      switch node.tag {
      case .longNumber: NumberAudit.run(json.document.base, node, &faults)
      case .oddString: StringAudit.run(json.document.base, node, &faults)
      default:
        if isSuspect.contains(index) {
          RepeatedKeys.tell(json.document, object: index, into: &faults)
        }
      }
    }
  }

  /// The objects in which a key may stand twice.
  private static func suspects(_ json: JSON) -> [Int] {
    let document = json.document
    let base = document.base
    var suspects: [Int] = []
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingAudit.roomCount) { room in
      var keys = KeyAudit(room)
      each(json, objects) { index, node in
        // More than one member, or one that is more than a scalar.
        guard node.payload > index + 2 else { return }
        var member = document.members(index)
        keys.open()
        while member.index < node.payload {
          keys.add(base, member.key)
          member.advance()
        }
        if keys.close() { suspects.append(index) }
      }
    }
    return suspects
  }

  private static let longNumbers: UInt16 = 1 << Node.Tag.longNumber.rawValue
  private static let oddStrings: UInt16 = 1 << Node.Tag.oddString.rawValue
  private static let objects: UInt16 = 1 << Node.Tag.object.rawValue

  /// Goes through the nodes of a value that have one of those tags, which are few of them.
  @inline(__always)
  private static func each(_ json: JSON, _ tags: UInt16, _ body: (Int, Node) -> Void) {
    let tape = json.document.tape
    let last = json.document.after(json.index)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: portion) { odd in
      var next = json.index
      while next < last {
        let end = min(next &+ portion, last)
        // Without a branch, since which nodes they are is hard to foresee.
        var count = 0
        for index in next..<end {
          odd[count] = index
          let tag = Node(word: tape[index]).tag
          count &+= Int(truncatingIfNeeded: tags &>> UInt16(tag.rawValue) & 1)
        }
        for place in 0..<count { body(odd[place], Node(word: tape[odd[place]])) }
        next = end
      }
    }
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

  /// Looks at an escape `\u` of four digits; the place after it or its pair.
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
    if EscapeScan.isHighHalf(base[at + 3]), next + 6 <= end, base[next] == 0x5C,
      base[next + 1] == 0x75,
      base[next + 2] | 0x20 == 0x64, base[next + 3] > 0x37, !EscapeScan.isHighHalf(base[next + 3])
    {
      return next + 6
    }
    faults.add(
      .loneSurrogate, at..<next, subject: Characters.name(base + at, 6))
    return next
  }
}
