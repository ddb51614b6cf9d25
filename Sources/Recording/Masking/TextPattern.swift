/// A regular expression for texts that are secrets.
///
/// What its first group takes is the secret, or all that it matches if it has no group.
/// Guard: neither member ever changes, and every match has a state of its own (`Regex` is not Sendable).
public struct TextPattern: Equatable, @unchecked Sendable {
  /// The expression as it was typed.
  public let text: String
  private let regex: Regex<AnyRegexOutput>

  /// Reads an expression.
  public init(_ text: String) throws(RecordingError) {
    self.text = text
    do { regex = try Regex(text) } catch {
      throw .badPattern(text, offset: 0, message: "this is no regular expression")
    }
  }

  /// Patterns are the same if they were typed alike.
  public static func == (one: TextPattern, other: TextPattern) -> Bool { one.text == other.text }

  /// Where secrets stand in bytes; those that are no UTF-8 stand for themselves alone.
  func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    let text = Self.readable(bytes)
    var found: [Range<Int>] = []
    for match in text.matches(of: regex) {
      let range = match.output.count > 1 ? match.output[1].range ?? match.range : match.range
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      let end = start + text.utf8.distance(from: range.lowerBound, to: range.upperBound)
      if end > start { found.append(start..<end) }
    }
    return found
  }

  /// A text of the same length in bytes.
  private static func readable(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var copy = Array(bytes)
    var at = 0
    while at < copy.count {
      let length = copy[at] < 0x80 ? 1 : ByteScan.sequenceLength(bytes, at: at)
      if length == 0 { copy[at] = 0x3F }
      at += max(1, length)
    }
    return String(decoding: copy, as: UTF8.self)
  }
}
