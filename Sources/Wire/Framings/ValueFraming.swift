/// JSON values one after the other, with or without blanks between them.
///
/// Objects and arrays end at their last bracket; only strings, escapes and nesting are followed, so
/// a broken value still comes out whole where its brackets balance. Numbers, literals and strings
/// outside any bracket are messages too. What can't begin a value is stray text up to the next
/// `{`, `[` or line end.
public struct ValueFraming: Framing {
  private enum State { case between, nested, string, word, stray }

  private let limit: Int
  private var state = State.between
  private var depth = 0
  private var inString = false
  private var escaped = false
  private var skipping = false
  private var held: [UInt8] = []
  private var stray = StrayText()

  /// Values of up to `limit` bytes.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.values.rawValue }

  /// The bytes of the unfinished value.
  public var pending: Int { held.count + stray.count }

  /// Takes bytes in and gives back the values that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
    return outputs
  }

  /// Ends a number, a literal or stray text; an unfinished value stays pending.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    if state == .word { endWord(delimited: true, &outputs) }
    if state == .stray { stray.end(&outputs) }
    return outputs
  }

  /// Ends the message with a line feed, which every reader of values skips or needs.
  public func wrap(_ message: [UInt8]) -> [UInt8] { message + [Byte.newline] }

  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    switch state {
    case .between: return begin(bytes, at)
    case .nested, .string: return readBracketed(bytes, at, &outputs)
    case .word: return readWord(bytes, at, &outputs)
    case .stray: return readStray(bytes, at, &outputs)
    }
  }

  /// Skips blanks and chooses the state for what begins after them, without taking its bytes.
  private mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count, Byte.isBlank(bytes[at]) { at += 1 }
    guard at < bytes.count else { return at }
    switch bytes[at] {
    case Byte.openBrace, Byte.openBracket: state = .nested
    case Byte.quote: state = .string
    case let byte where Byte.isDigit(byte) || byte == Byte.minus: state = .word
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): state = .word
    default: state = .stray
    }
    return at
  }

  /// Follows strings and nesting to the end of the value or of the bytes.
  private mutating func readBracketed(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    var nesting = Nesting(depth: depth, inString: inString, escaped: escaped)
    let end = nesting.end(in: bytes, from: start)
    (depth, inString, escaped) = (nesting.depth, nesting.inString, nesting.escaped)
    hold(bytes, start..<(end ?? bytes.count), &outputs, isEnd: end != nil)
    guard let end else { return bytes.count }
    state = .between
    (depth, inString, escaped) = (0, false, false)
    return end
  }

  private mutating func readWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    var at = start
    while at < bytes.count, JSONWord.holds(bytes[at]) { at += 1 }
    held.append(bytes, start..<at)
    if held.count > limit {
      // Longer than any value: not worth holding, whatever it is.
      state = .stray
      stray.add(held.drain(), to: &outputs)
    } else if at < bytes.count {
      endWord(delimited: Self.delimits(bytes[at]), &outputs)
    }
    return at
  }

  private static func delimits(_ byte: UInt8) -> Bool {
    Byte.isBlank(byte) || byte == Byte.quote || byte == Byte.openBrace || byte == Byte.openBracket
  }

  private mutating func endWord(delimited: Bool, _ outputs: inout [FramingOutput]) {
    let word = held.drain()
    if delimited, JSONWord.isScalar(word[...]) {
      state = .between
      outputs.append(.message(word))
    } else {
      state = .stray
      stray.add(word, to: &outputs)
    }
  }

  private mutating func readStray(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    var at = start
    while at < bytes.count, !Self.endsStray(bytes[at]) { at += 1 }
    stray.add(bytes, start..<at, to: &outputs)
    if at < bytes.count {
      stray.end(&outputs)
      state = .between
    }
    return at
  }

  private static func endsStray(_ byte: UInt8) -> Bool {
    byte == Byte.newline || byte == Byte.openBrace || byte == Byte.openBracket
  }

  /// Keeps the bytes of a value, or hands the value out if they are its last.
  private mutating func hold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput],
    isEnd: Bool
  ) {
    if !skipping, held.count + range.count > limit {
      skipping = true
      held = []
      outputs.append(.oversize(limit: limit))
    }
    if skipping {
      skipping = !isEnd
    } else if isEnd, held.isEmpty {
      outputs.append(.message(bytes.copy(range)))
    } else {
      held.append(bytes, range)
      if isEnd { outputs.append(.message(held.drain())) }
    }
  }
}
