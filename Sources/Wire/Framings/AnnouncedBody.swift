import LosslessJSON

/// The bytes after a header block, up to where the message really ends.
///
/// The announced length is believed where the text agrees with it. Where it does not, brackets and
/// the next header tell the end: the text of a JSON value is followed along, and a line
/// `Content-Length: N` inside, which no JSON can hold, begins the next message.
struct AnnouncedBody: Sendable {
  /// What came of a body.
  struct Ending {
    /// The messages in it: one, unless several values stood in one frame.
    var messages: [(bytes: [UInt8], findings: [Finding])]
    /// What belongs to the next header, to be read again.
    var rest: [UInt8] = []
  }

  /// How far beyond an announced end a value may go before it is given up as broken.
  private static func overrunLimit(_ announced: Int) -> Int {
    announced.multipliedReportingOverflow(by: 4).partialValue + (64 << 10)
  }

  /// The length; nil if the header told none that can be used.
  let announced: Int?
  /// The header block.
  let block: [UInt8]
  private let findings: [Finding]

  private(set) var held: [UInt8]
  private var first: Int?
  private var isValue = false
  private var nesting = Nesting()
  /// Where the value in the body ends.
  private var valueEnd: Int?
  private var tailHasText = false
  private var scanned = 0
  private var isStallTold = false

  /// A body of which some bytes may have come.
  init(_ announced: Int?, block: [UInt8], findings: [Finding], held: [UInt8] = []) {
    self.announced = announced
    self.block = block
    self.findings = findings
    self.held = held
    // The size is the peer's claim: room is made as the bytes come, not in advance.
    if let announced { self.held.reserveCapacity(min(announced, 64 << 10)) }
  }

  /// Whether the announced bytes are there and the value goes on.
  private var isOver: Bool { announced.map { held.count >= $0 } ?? true }

  /// Whether a body without a usable length is over the limit.
  func isOversize(_ limit: Int) -> Bool { announced == nil && held.count > limit }

  /// Takes bytes from `at` on; gives back where reading goes on, and the ending if it came to that.
  mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, limit: Int
  ) -> (next: Int, ending: Ending?) {
    let room: Int
    if let announced, held.count < announced {
      room = announced - held.count
    } else {
      room = max(1, (announced.map(Self.overrunLimit) ?? limit) + 1 - held.count)
    }
    // In growing steps, so that what belongs to the next message is not copied over and over.
    let end = at + min(room, bytes.count - at, max(4096, held.count))
    let wasOver = isOver
    held.append(bytes, at..<end)
    let header = scan()
    if let valueEnd, wasOver, header.map({ valueEnd <= $0.lowerBound }) ?? true {
      let next = end - (held.count - valueEnd)
      held.removeLast(held.count - valueEnd)
      return (next, whole())
    }
    if let header {
      let next = end - (held.count - header.upperBound)
      held.removeLast(held.count - header.upperBound)
      return (next, interrupted(at: header.lowerBound))
    }
    guard let announced, held.count >= announced else { return (end, nil) }
    if held.count > announced {
      return held.count > Self.overrunLimit(announced) ? (end, broken(announced)) : (end, nil)
    }
    return (end, judge(announced))
  }

  // MARK: - Scanning

  /// Follows the value through what is new, up to the next header line; gives that line's range.
  private mutating func scan() -> Range<Int>? {
    var header: Range<Int>?
    held.withUnsafeBufferPointer { bytes in
      var from = scanned
      while let newline = bytes.next(Byte.newline, from: from) {
        if let start = HeaderBlock.lengthLine(in: bytes, endingAt: newline) {
          header = start..<(newline + 1)
          break
        }
        from = newline + 1
      }
      follow(bytes, to: header?.lowerBound ?? bytes.count)
      if let valueEnd, !tailHasText {
        tailHasText = !bytes[max(valueEnd, scanned)...].allSatisfy(Byte.isBlank)
      }
    }
    scanned = held.count
    return header
  }

  private mutating func follow(_ bytes: UnsafeBufferPointer<UInt8>, to end: Int) {
    if first == nil, let start = bytes[..<end].firstIndex(where: { !Byte.isBlank($0) }) {
      first = start
      isValue = Byte.isBracket(bytes[start])
    }
    guard isValue, valueEnd == nil, let first, max(first, scanned) < end else { return }
    let known = UnsafeBufferPointer(rebasing: bytes[..<end])
    valueEnd = nesting.end(in: known, from: max(first, scanned))
  }

  // MARK: - Endings

  /// All that is held is the message, which ends elsewhere than announced, or as nobody announced.
  private func whole() -> Ending {
    let wrong = announced.map { [FrameText.length($0, held, block)] } ?? []
    return Ending(messages: [(held, findings + wrong)])
  }

  /// The announced bytes are there: either they are the message, or it is seen why not.
  private mutating func judge(_ announced: Int) -> Ending? {
    guard isValue, announced > 0 else { return Ending(messages: [(held.drain(), findings)]) }
    // The value goes on: the length is too short, or a bracket is missing. What follows will tell.
    guard let valueEnd else { return nil }
    let tail = held[valueEnd...].drop(while: Byte.isBlank)
    guard let next = tail.first else { return Ending(messages: [(held.drain(), findings)]) }
    if Byte.isBracket(next) { return several() }
    guard Self.opensHeader(tail) else { return Ending(messages: [(held.drain(), findings)]) }
    return tooLong(announced, valueEnd)
  }

  /// The next header begins inside.
  private mutating func interrupted(at header: Int) -> Ending {
    guard let announced else {
      return Ending(
        messages: [
          (Array(held[..<header]), findings + [FrameText.unclosed(Array(held[..<header]))])
        ],
        rest: Array(held[header...]))
    }
    if header >= announced { return broken(announced) }
    if let valueEnd { return tooLong(announced, valueEnd) }
    let body = Array(held[..<header])
    let wrong = FrameText.tooLong(
      announced, header, block, "the next header begins after \(header) bytes", "missing")
    return Ending(messages: [(body, findings + [wrong])], rest: Array(held[header...]))
  }

  private func tooLong(_ announced: Int, _ end: Int) -> Ending {
    let body = Array(held[..<end])
    return Ending(
      messages: [(body, findings + [FrameText.length(announced, body, block)])],
      rest: Array(held[end...]))
  }

  /// The length was right and the text in it is broken: what came after is read again.
  private func broken(_ announced: Int) -> Ending {
    Ending(messages: [(Array(held[..<announced]), findings)], rest: Array(held[announced...]))
  }

  private func several() -> Ending {
    let split = ValueRun(held)
    let shown = WireRule.shown(held)
    let messages = split.ranges.enumerated().map { index, range in
      (Array(held[range]), findings + [FrameText.several(index + 1, shown, split.ranges)])
    }
    return Ending(messages: messages, rest: Array(held[split.tail]))
  }

  /// Whether a tail is the beginning of a header's name.
  private static func opensHeader(_ tail: ArraySlice<UInt8>) -> Bool {
    let name = tail.prefix { $0 != Byte.colon }
    return zip(name, "content-".utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }
}

extension AnnouncedBody {
  /// How long silence may last before `stall` has something to say.
  var patience: Duration? {
    guard !held.isEmpty else { return isStallTold ? nil : Patience.part }
    if isWholeButAnnouncedLonger || isOver && announced != nil { return Patience.whole }
    return isStallTold ? nil : Patience.part
  }

  private var isWholeButAnnouncedLonger: Bool {
    valueEnd != nil && !tailHasText
  }

  /// What can be said or done now that nothing follows for a while.
  mutating func stall() -> (ending: Ending?, remark: Finding?) {
    if let announced {
      if held.count >= announced { return (broken(announced), nil) }
      if let valueEnd, isWholeButAnnouncedLonger { return (tooLong(announced, valueEnd), nil) }
    }
    guard !isStallTold else { return (nil, nil) }
    isStallTold = true
    return (nil, FrameText.stalled(held, announced: announced))
  }

  /// What is left when the stream ends.
  mutating func finish() -> Ending {
    guard let announced else {
      return Ending(messages: [(held, findings + [FrameText.cutShort(held)])])
    }
    if held.count >= announced { return broken(announced) }
    if let valueEnd, isWholeButAnnouncedLonger { return tooLong(announced, valueEnd) }
    return Ending(
      messages: [(held, findings + [FrameText.cutShort(announced, held.count, block)])])
  }

  /// Whether the end of the stream would cut it off.
  var isCut: Bool {
    guard let announced else { return true }
    return held.count < announced && !isWholeButAnnouncedLonger
  }
}
