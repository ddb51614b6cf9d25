import LosslessJSON

/// Messages as netstrings: a length in digits, a colon, the bytes, a comma.
///
/// Blanks between netstrings are skipped. A length that is wrong is made good from the text, and an
/// object that has none is taken as it is. What does not fit is stray text up to the next digits
/// with a colon, or the line end.
public struct NetstringFraming: Framing {
  private enum State {
    case between
    case length
    case body
    /// The comma after a message whose length was too short.
    case lateComma
    case bare
    case skip(left: Int)
    case stray
    case longNumber
  }

  /// More digits than this are no length that anybody can mean.
  private static let digitLimit = 18

  private let limit: Int
  private var start = StreamStart()
  private var state = State.between
  private var digits: [UInt8] = []
  private var body = NetstringBody(0)
  /// A message without a length.
  private var bare = AnnouncedBody(nil, block: [], findings: [])
  private var cut = 0
  private var isStallTold = false
  private var stray = StrayText(.netstring)

  /// Messages of up to `limit` bytes, not counting length, colon and comma.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.netstring.rawValue }

  /// The bytes of the unfinished netstring.
  public var pending: Int {
    start.pending + digits.count + body.held.count + bare.held.count + stray.count + cut
  }

  /// The message that has not come whole.
  public var unfinished: [UInt8] { body.held.isEmpty ? bare.held : body.held }

  /// Takes bytes in and gives back the messages that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.admit(bytes), &outputs)
    return outputs
  }

  /// Gives back stray text, and a message that the end cut off.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.finish(), &outputs)
    switch state {
    case .body:
      cut = digits.count + body.held.count
      deliver(body.held, zeroFindings + [body.cutShort], &outputs)
      endBody()
    case .bare:
      cut = bare.held.count
      for (bytes, findings) in bare.finish().messages { deliver(bytes, findings, &outputs) }
      endBody()
    default: break
    }
    stray.end(&outputs)
    return outputs
  }

  /// How long an unfinished message waits for more.
  public var patience: Duration? {
    guard case .body = state else { return nil }
    if body.isWholeValue { return Patience.whole }
    return isStallTold ? nil : Patience.part
  }

  /// Ends a message whose length was announced wrongly, or says how much is missing.
  public mutating func stall() -> [FramingOutput] {
    guard case .body = state else { return [] }
    var outputs: [FramingOutput] = []
    if body.isWholeValue {
      deliver(body.held, zeroFindings + [body.wrongLength], &outputs)
      endBody()
    } else if !isStallTold {
      isStallTold = true
      outputs.append(
        .stray([], findings: [FrameText.stalled(body.held, announced: body.announced)]))
    }
    return outputs
  }

  /// Puts the length before the message and the comma after it.
  public func wrap(_ message: [UInt8]) -> [UInt8] {
    var framed = Array("\(message.count):".utf8)
    framed.reserveCapacity(framed.count + message.count + 1)
    framed.append(contentsOf: message)
    framed.append(Byte.comma)
    return framed
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]) {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
  }

  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    switch state {
    case .between: return begin(bytes, at)
    case .length: return readLength(bytes[at], at, &outputs)
    case .body: return readBody(bytes, at, &outputs)
    case .lateComma:
      state = .between
      return bytes[at] == Byte.comma ? at + 1 : at
    case .bare: return readBare(bytes, at, &outputs)
    case .skip(let left):
      let count = min(left, bytes.count - at)
      state = count == left ? .between : .skip(left: left - count)
      return at + count
    case .stray: return readStray(bytes, at, &outputs)
    case .longNumber:
      var end = at
      while end < bytes.count, Byte.isDigit(bytes[end]) { end += 1 }
      stray.add(bytes, at..<end, to: &outputs)
      if end < bytes.count { state = .stray }
      return end
    }
  }

  private mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count, Byte.isBlank(bytes[at]) { at += 1 }
    guard at < bytes.count else { return at }
    if Byte.isDigit(bytes[at]) {
      state = .length
    } else if bytes[at] == Byte.openBrace {
      bare = AnnouncedBody(nil, block: [], findings: [FrameText.noHeader("a length and a colon")])
      state = .bare
    } else {
      state = .stray
    }
    return at
  }

  private mutating func readLength(
    _ byte: UInt8, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    if Byte.isDigit(byte), digits.count < Self.digitLimit {
      digits.append(byte)
      return at + 1
    }
    guard byte == Byte.colon else {
      stray.add(digits.drain(), to: &outputs)
      state = Byte.isDigit(byte) ? .longNumber : .stray
      return at
    }
    stray.end(&outputs)
    let size = digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    if size > limit {
      outputs.append(.oversize(limit: limit))
      digits = []
      state = .skip(left: size + 1)
    } else {
      body = NetstringBody(size)
      state = .body
    }
    return at + 1
  }

  private mutating func readBody(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    let (next, end) = body.take(bytes, at)
    switch end {
    case nil: break
    case .whole:
      deliver(body.held, zeroFindings, &outputs)
      endBody()
    case .wrongLength(let commaDue):
      deliver(body.held, zeroFindings + [body.wrongLength], &outputs)
      endBody()
      if commaDue { state = .lateComma }
    case .noComma:
      deliver(body.held, zeroFindings + [FrameText.netstringComma(body.held)], &outputs)
      endBody()
    case .broken:
      let wrong = [FrameText.netstringBroken(body.announced, digits)]
      stray.add(digits.drain() + [Byte.colon] + body.held, to: &outputs)
      stray.end(&outputs, wrong)
      endBody()
      state = .stray
    }
    return next
  }

  private mutating func readBare(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    let (next, ending) = bare.take(bytes, at, limit: limit)
    if let ending {
      for (bytes, findings) in ending.messages { deliver(bytes, findings, &outputs) }
      endBody()
      if !ending.rest.isEmpty { read(ending.rest[...], &outputs) }
    } else if bare.isOversize(limit) {
      outputs.append(.oversize(limit: limit))
      endBody()
    }
    return next
  }

  private mutating func endBody() {
    digits = []
    body = NetstringBody(0)
    bare = AnnouncedBody(nil, block: [], findings: [])
    isStallTold = false
    state = .between
  }

  private mutating func deliver(
    _ message: [UInt8], _ findings: [Finding], _ outputs: inout [FramingOutput]
  ) {
    outputs.append(.message(message, findings: start.findings() + findings))
  }

  private var zeroFindings: [Finding] {
    guard digits.count > 1, digits.first == UInt8(ascii: "0") else { return [] }
    return [FrameText.netstringZero(digits)]
  }

  /// Goes to the line end, or to digits that may be a length again.
  private mutating func readStray(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    var at = start
    while at < bytes.count, bytes[at] != Byte.newline, !Byte.isDigit(bytes[at]) { at += 1 }
    stray.add(bytes, start..<at, to: &outputs)
    guard at < bytes.count else { return at }
    if bytes[at] == Byte.newline {
      stray.end(&outputs)
      state = .between
    } else {
      state = .length
    }
    return at
  }
}
