import LosslessJSON

/// JSON values one after the other, with or without blanks between them.
///
/// Objects and arrays end at their last bracket; only strings, escapes and nesting are followed, so
/// a broken value still comes out whole where its brackets balance. Numbers, literals and strings
/// outside any bracket are messages too. What can't begin a value is stray text up to the next
/// `{`, `[` or line end. A value that is never closed ends where a line begins `{"jsonrpc"`.
public struct ValueFraming: Framing {
  private enum State { case between, nested, string, word, stray }

  /// A message that begins inside another, unless that is a batch.
  private static let opening = Array("\n{\"jsonrpc\"".utf8)

  private let limit: Int
  private var start = StreamStart()
  private var state = State.between
  private var nesting = Nesting()
  private var isBatch = false
  /// How much of `opening` the bytes so far end with.
  private var matched = 0
  private var skipping = false
  private var held: [UInt8] = []
  private var cut = 0
  private var isStallTold = false
  private var stray = StrayText(.values)

  /// Values of up to `limit` bytes.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.values.rawValue }

  /// The bytes of the unfinished value.
  public var pending: Int { start.pending + held.count + stray.count + cut }

  /// Takes bytes in and gives back the values that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.admit(bytes), &outputs)
    return outputs
  }

  /// The value that is not closed yet.
  public var unfinished: [UInt8] { held }

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]) {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
  }

  /// How long a value waits for its last bracket before that is remarked.
  public var patience: Duration? {
    isInside && !held.isEmpty && !isStallTold ? Patience.part : nil
  }

  private var isInside: Bool { state == .nested || state == .string }

  /// Says that a value stopped in its middle.
  public mutating func stall() -> [FramingOutput] {
    guard patience != nil else { return [] }
    isStallTold = true
    return [.stray([], findings: [FrameText.stalled(held, announced: nil)])]
  }

  /// Ends a number, a literal or stray text, and gives back a value that the end cut off.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.finish(), &outputs)
    if isInside, !held.isEmpty {
      cut = held.count
      let rest = held.drain()
      deliver(rest, [FrameText.cutShort(rest)], &outputs)
    }
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
    case Byte.openBrace, Byte.openBracket:
      state = .nested
      isBatch = bytes[at] == Byte.openBracket
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
    let before = nesting
    let end = nesting.end(in: bytes, from: start)
    if let next = nextMessage(bytes, start..<(end ?? bytes.count), before) {
      cutOff(bytes, start..<next, &outputs)
      return next
    }
    hold(bytes, start..<(end ?? bytes.count), &outputs, isEnd: end != nil)
    guard let end else { return bytes.count }
    close()
    return end
  }

  /// Forgets what was known of a value.
  private mutating func close() {
    state = .between
    nesting = Nesting()
    matched = 0
    isStallTold = false
  }

  /// Where the opening of another message is complete inside the value.
  private mutating func nextMessage(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ before: Nesting
  ) -> Int? {
    var (nesting, from, at) = (before, range.lowerBound, range.lowerBound)
    while at < range.upperBound {
      if matched == 0 {
        guard let newline = bytes.next(Byte.newline, from: at), newline < range.upperBound else {
          return nil
        }
        at = newline + 1
        matched = 1
      } else if bytes[at] == Self.opening[matched] {
        at += 1
        matched += 1
        guard matched == Self.opening.count else { continue }
        matched = 0
        _ = nesting.end(in: UnsafeBufferPointer(rebasing: bytes[..<at]), from: from)
        from = at
        if isOutOfPlace(nesting) { return at }
      } else {
        matched = 0
      }
    }
    return nil
  }

  /// Whether a message that has just begun, with this state after its first key, is no part of the
  /// value: there was a string open that no line end can be in, or no array of messages.
  private func isOutOfPlace(_ nesting: Nesting) -> Bool {
    nesting.inString || nesting.depth > 2 || !isBatch
  }

  /// Hands out what came before the opening, and begins the next value with it.
  private mutating func cutOff(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput]
  ) {
    hold(bytes, range, &outputs, isEnd: false)
    if !skipping {
      held.removeLast(Self.opening.count - 1)
      let broken = held.drain()
      deliver(broken, [FrameText.unclosed(broken)], &outputs)
    }
    close()
    skipping = false
    state = .nested
    isBatch = false
    nesting = Nesting(depth: 1)
    held = Array(Self.opening.dropFirst())
  }

  private mutating func deliver(
    _ message: [UInt8], _ findings: [Finding] = [], _ outputs: inout [FramingOutput]
  ) {
    outputs.append(.message(message, findings: start.findings() + findings))
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
      deliver(word, [], &outputs)
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
      deliver(bytes.copy(range), [], &outputs)
    } else {
      held.append(bytes, range)
      if isEnd { deliver(held.drain(), [], &outputs) }
    }
  }
}
