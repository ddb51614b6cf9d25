import LosslessJSON
import Terminal
import View

/// Two long strings cut to where they differ: `"…:59+00:00\",\n…"`.
enum StringDifference {
  /// Both on one row each, what is alike before and behind cut away; nil if they are short, or no
  /// strings.
  static func lines(_ old: JSON, _ new: JSON, width: Int) -> (StyledText, StyledText)? {
    guard old.kind == .string, new.kind == .string else { return nil }
    let (one, two) = (Array(old.bytes), Array(new.bytes))
    guard max(one.count, two.count) > width else { return nil }
    let start = common(one, two)
    let end = common(one[start...].reversed(), two[start...].reversed())
    // Something of what is alike shows where it is.
    let from = letterStart(one, max(0, start - width / 4))
    return (
      line(one, from, start..<(one.count - end), width),
      line(two, from, start..<(two.count - end), width)
    )
  }

  private static func common(_ one: [UInt8], _ two: [UInt8]) -> Int {
    zip(one, two).prefix { $0 == $1 }.count
  }

  /// The first byte of the character or escape in which a byte stands.
  private static func letterStart(_ text: [UInt8], _ place: Int) -> Int {
    var place = place
    while place > 0, place < text.count, text[place] & 0xC0 == 0x80 { place -= 1 }
    if place > 0, text[place - 1] == 0x5C { place -= 1 }
    return place
  }

  private static func line(
    _ text: [UInt8], _ from: Int, _ changed: Range<Int>, _ width: Int
  ) -> StyledText {
    let start = max(from, letterStart(text, changed.lowerBound))
    let end = max(start, letterStart(text, changed.upperBound))
    let last = min(text.count, from + max(20, width - 2))
    var line = StyledText(from > 0 ? "…" : "", .dim)
    line.append(SafeText.escape(bytes: text[from..<min(start, last)]), .string)
    line.append(SafeText.escape(bytes: text[min(start, last)..<min(end, last)]), .match)
    line.append(SafeText.escape(bytes: text[min(end, last)..<last]), .string)
    if last < text.count { line.append("…", .dim) }
    return line
  }
}
