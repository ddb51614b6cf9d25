/// Messages as netstrings: a length in digits, a colon, the bytes, a comma.
///
/// Blanks between netstrings are skipped. What does not fit is stray text up to the next digits
/// with a colon, or the line end.
public struct NetstringFraming: Framing {
  private enum State {
    case between
    case length
    case body(left: Int)
    case comma
    case skip(left: Int)
    case stray
    case longNumber
  }

  /// More digits than this are no length that anybody can mean.
  private static let digitLimit = 18

  private let limit: Int
  private var state = State.between
  private var digits: [UInt8] = []
  private var body: [UInt8] = []
  private var stray = StrayText()

  /// Messages of up to `limit` bytes.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.netstring.rawValue }

  /// The bytes of the unfinished netstring.
  public var pending: Int { digits.count + body.count + stray.count }

  /// Takes bytes in and gives back the messages that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
    return outputs
  }

  /// Gives back stray text; an unfinished message stays pending.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    stray.end(&outputs)
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

  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    switch state {
    case .between: return begin(bytes, at)
    case .length: return readLength(bytes[at], at, &outputs)
    case .body(let left):
      let end = at + min(left, bytes.count - at)
      body.append(bytes, at..<end)
      state = end - at == left ? .comma : .body(left: left - (end - at))
      return end
    case .comma: return readComma(bytes[at], at, &outputs)
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
    if Byte.isDigit(bytes[at]) { state = .length } else { state = .stray }
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
      body.reserveCapacity(min(size, 64 << 10))
      state = size == 0 ? .comma : .body(left: size)
    }
    return at + 1
  }

  /// Without the comma the length was wrong, or no length at all: the whole is stray text.
  private mutating func readComma(
    _ byte: UInt8, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    if byte == Byte.comma {
      digits = []
      outputs.append(.message(body.drain()))
      state = .between
      return at + 1
    }
    stray.add(digits.drain() + [Byte.colon] + body.drain(), to: &outputs)
    state = .stray
    return at
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
