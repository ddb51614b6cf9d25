import Terminal

/// The line of a text that a range begins in, with the range marked below it by `^~~~`.
///
/// Everything is made safe to show; a long line is cut to the neighbourhood of the range.
struct Excerpt {
  private let bytes: [UInt8]
  private let room: Int

  /// Excerpts of a text that fill at most so many columns.
  init(of bytes: [UInt8], room: Int) {
    self.bytes = bytes
    self.room = max(room, 8)
  }

  /// A line and the marks under it.
  struct Line {
    var text: StyledText
    var marks: StyledText
  }

  /// The line that the range begins in.
  func first(_ range: Range<Int>, _ role: Role) -> Line {
    let place = shownPlace(range)
    let line = line(at: place)
    let isBreak = place < bytes.count && Self.isBreak(bytes[place]) && !range.isEmpty
    // A line break that is itself at fault is shown as an escape.
    let end = isBreak ? place + 1 : min(max(range.upperBound, place), line.upperBound)
    return draw(place..<max(place, end), in: line.lowerBound..<max(line.upperBound, end), role)
  }

  /// The line that the range ends in, marked up to its end; nil if it begins there too.
  func last(_ range: Range<Int>, _ role: Role) -> (line: Line, start: Int, between: Int)? {
    guard range.count > 1, range.upperBound <= bytes.count else { return nil }
    let first = line(at: range.lowerBound)
    let last = line(at: range.upperBound - 1)
    guard last.lowerBound > first.lowerBound, !last.isEmpty else { return nil }
    let start = bytes[last].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? last.lowerBound
    let between = bytes[first.upperBound..<last.lowerBound].count { $0 == 0x0A } - 1
    let mark = min(start, range.upperBound - 1)..<min(range.upperBound, last.upperBound)
    return (draw(mark, in: last, role, isEnd: true), last.lowerBound, max(0, between))
  }

  /// Where the range is shown: what ended too early ends behind its last line that has text.
  func shownPlace(_ range: Range<Int>) -> Int {
    var place = min(range.lowerBound, bytes.count)
    guard place == bytes.count else { return place }
    while place > 0, Self.isBreak(bytes[place - 1]) { place -= 1 }
    return place
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The line that a place is in, without its break.
  private func line(at place: Int) -> Range<Int> {
    let start = bytes[..<place].lastIndex(where: Self.isBreak).map { $0 + 1 } ?? 0
    return start..<(bytes[place...].firstIndex(where: Self.isBreak) ?? bytes.count)
  }

  private func draw(
    _ mark: Range<Int>, in line: Range<Int>, _ role: Role, isEnd: Bool = false
  ) -> Line {
    let wanted = isEnd ? tail(of: mark) : mark
    let start = back(
      from: wanted.lowerBound, to: line.lowerBound, room: roomBefore(wanted, line))
    let lead = start > line.lowerBound ? "…" : ""
    let before = plain(start..<wanted.lowerBound)
    var left = room - displayWidth(lead) - displayWidth(before)
    // What follows needs a column for its `…`.
    let marked = cut(wanted, left - (wanted.upperBound < line.upperBound ? 1 : 0), shown)
    left -= displayWidth(marked.text)
    // A mark at the end of the text stands behind it.
    if wanted.isEmpty { left -= 1 }
    let after = marked.isWhole ? cut(wanted.upperBound..<line.upperBound, left, plain).text : ""
    var text = StyledText(lead, .dim)
    text.append(before)
    text.append(marked.text, role)
    text.append(after)
    let column = displayWidth(lead) + displayWidth(before)
    let width = max(1, displayWidth(marked.text))
    var marks = StyledText(String(repeating: " ", count: column))
    let line = String(repeating: "~", count: width - 1)
    marks.append(isEnd ? line + "^" : "^" + line, role)
    return Line(text: text, marks: marks)
  }

  /// What is left before a mark if it and what follows get two fifths of the room, or what they need.
  private func roomBefore(_ mark: Range<Int>, _ line: Range<Int>) -> Int {
    let most = room * 2 / 5
    let end = forward(from: mark.lowerBound, to: line.upperBound, room: most, plain)
    if end < line.upperBound { return room - most }
    return room - max(1, displayWidth(shown(mark.lowerBound..<end)))
  }

  /// The end of a long range, as far back as half of the room goes.
  private func tail(of range: Range<Int>) -> Range<Int> {
    back(from: range.upperBound, to: range.lowerBound, room: room / 2)..<range.upperBound
  }

  /// The beginning of a range that fits, with `…` if more follows.
  private func cut(
    _ range: Range<Int>, _ room: Int, _ shown: (Range<Int>) -> String
  ) -> (text: String, isWhole: Bool) {
    let end = forward(from: range.lowerBound, to: range.upperBound, room: room, shown)
    if end == range.upperBound { return (shown(range), true) }
    let shorter = forward(from: range.lowerBound, to: range.upperBound, room: room - 1, shown)
    return (shown(range.lowerBound..<shorter) + "…", false)
  }

  private func shown(_ range: Range<Int>) -> String { SafeText.escape(bytes: bytes[range]) }

  /// Text beside the mark, whose tabs are indentation and nothing else.
  private func plain(_ range: Range<Int>) -> String {
    guard bytes[range].contains(0x09) else { return shown(range) }
    return SafeText.escape(bytes: bytes[range], .keepTabs)
      .replacing("\t", with: "    ")
  }

  /// How far back text reaches that takes so many columns once it is made safe.
  private func back(from place: Int, to limit: Int, room: Int) -> Int {
    var start = place
    var room = room
    while start > limit {
      var previous = start - 1
      while previous > limit, bytes[previous] & 0xC0 == 0x80, start - previous < 4 { previous -= 1 }
      room -= displayWidth(plain(previous..<start))
      if room < (previous > limit ? 1 : 0) { break }
      start = previous
    }
    return start
  }

  /// How far on text reaches that takes so many columns once it is made safe.
  private func forward(
    from place: Int, to limit: Int, room: Int, _ shown: (Range<Int>) -> String
  ) -> Int {
    var end = place
    var room = room
    while end < limit {
      var next = end + 1
      while next < limit, bytes[next] & 0xC0 == 0x80, next - end < 4 { next += 1 }
      room -= displayWidth(shown(end..<next))
      if room < 0 { break }
      end = next
    }
    return end
  }
}
