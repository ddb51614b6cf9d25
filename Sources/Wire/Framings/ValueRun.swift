/// The values that stand one after the other in a piece of text.
struct ValueRun {
  /// Where each stands; the last may be unfinished.
  private(set) var ranges: [Range<Int>] = []
  /// Whether the last one's brackets are not closed.
  private(set) var isOpen = false
  /// The text after the last value: a separator, or what begins none.
  private(set) var tail: Range<Int>
  /// Whether a NUL byte or a carriage return stood between or after the values.
  private(set) var hasNUL = false
  private(set) var hasReturn = false

  /// Takes the text apart; only objects and arrays are values here.
  init(_ text: [UInt8]) {
    tail = text.count..<text.count
    text.withUnsafeBufferPointer { read($0) }
  }

  /// Whether it is exactly one value with blanks around it.
  var isOne: Bool { ranges.count == 1 && !isOpen && tail.isEmpty && !hasNUL && !hasReturn }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while true {
      let gap = at
      while at < bytes.count, Self.isSeparator(bytes[at]) { at += 1 }
      guard at < bytes.count else { break }
      guard Byte.isBracket(bytes[at]) else {
        tail = at..<bytes.count
        break
      }
      note(bytes[gap..<at])
      var nesting = Nesting()
      guard let end = nesting.end(in: bytes, from: at) else {
        ranges.append(at..<bytes.count)
        isOpen = true
        return
      }
      ranges.append(at..<end)
      at = end
      if at == bytes.count { return }
    }
    note(bytes[(ranges.last?.upperBound ?? 0)..<tail.lowerBound])
  }

  private mutating func note(_ gap: Slice<UnsafeBufferPointer<UInt8>>) {
    guard !ranges.isEmpty else { return }
    if gap.contains(0) { hasNUL = true }
    if gap.contains(Byte.carriageReturn) { hasReturn = true }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { Byte.isBlank(byte) || byte == 0 }
}
