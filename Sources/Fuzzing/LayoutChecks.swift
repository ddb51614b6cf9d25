import LosslessJSON
import SeededRandom

/// What laying out and taking apart promise.
enum LayoutChecks {
  static func layout(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    guard let value = try? JSON(reading: text) else { return }
    let compact = JSONFormatter.compact.bytes(value)
    let tokens = JSONLexer.tokens(text[...]).filter { $0.role != .blank }
    try expect(
      compact == tokens.flatMap { Array(text[$0.range]) }, "compact is not the tokens in order")
    let widths = [0, 1, 20, 40, 80, Int.max]
    let formatter = JSONFormatter(
      indent: random.below(9), width: widths[random.below(widths.count)],
      isSpaced: random.below(2) == 0)
    let laidOut = formatter.bytes(value)
    guard let again = try? JSON(reading: laidOut) else {
      throw BrokenPromise("what \(formatter) writes is not JSON")
    }
    try expect(JSONFormatter.compact.bytes(again) == compact, "\(formatter) changes tokens")
    let lines = formatter.lines(value).map(\.text).joined(separator: "\n")
    try expect(Array(lines.utf8) == laidOut, "lines and bytes of \(formatter) differ")
  }

  /// Painted text without its paint is the plain text.
  static func painting(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    guard let value = try? JSON(reading: text) else { return }
    let formatter = JSONFormatter(width: random.below(60))
    let plain = formatter.bytes(value)
    var painted: [UInt8] = []
    formatter.write(value, paint: paint) { painted.append(contentsOf: $0) }
    // No valid JSON has these bytes.
    try expect(painted.filter { $0 != 1 && $0 != 2 } == plain, "paint changes the text")
    let balance = painted.reduce(0) { $0 + ($1 == 1 ? 1 : $1 == 2 ? -1 : 0) }
    try expect(balance == 0, "paint without end")
    var cleaned: [UInt8] = []
    formatter.write(value, paint: cleaningPaint) { cleaned.append(contentsOf: $0) }
    try expect(cleaned.allSatisfy { $0 == 0x0A || 0x20..<0x7F ~= $0 }, "cleaned text is not clean")
    if plain.allSatisfy({ $0 < 0x7F }) { try expect(cleaned == plain, "cleaned too much") }
  }

  private static let paint = JSONPaint(
    Dictionary(
      uniqueKeysWithValues: [JSONRole.key, .string, .number, .literal, .punctuation].map {
        ($0, JSONPaint.Wrapping(before: [1], after: [2]))
      }))

  private static let cleaningPaint = JSONPaint([:]) { bytes in
    bytes.map { 0x20..<0x7F ~= $0 ? $0 : 0x3F }
  }

  /// Tokens laid end to end are the text, valid or not.
  static func lexer(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    var end = 0
    for token in JSONLexer.tokens(text[...]) {
      try expect(token.range.lowerBound == end && !token.range.isEmpty, "a gap between tokens")
      end = token.range.upperBound
    }
    try expect(end == text.count, "the tokens end before the text")
  }
}
