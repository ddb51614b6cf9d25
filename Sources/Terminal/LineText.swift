/// A text with a cursor, and the places that keys move to; all offsets count UTF-8 bytes.
struct LineText {
  let text: String
  let cursor: Int
  private let position: String.Index

  init(_ text: String, cursor: Int) {
    self.text = text
    self.cursor = cursor
    position = text.utf8.index(text.startIndex, offsetBy: cursor)
  }

  private func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  private func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }

  /// The characters of a range.
  func part(_ range: Range<Int>) -> String {
    String(text[index(range.lowerBound)..<index(range.upperBound)])
  }

  /// The end of the character before the one at the cursor, or of none.
  var before: Int { cursor == 0 ? 0 : offset(text[..<position].indices.last ?? text.startIndex) }

  /// The end of the character at the cursor.
  var after: Int { position == text.endIndex ? cursor : offset(text.index(after: position)) }

  /// The beginning of the cursor's line.
  var lineStart: Int {
    text[..<position].lastIndex(where: \.isNewline).map { offset(text.index(after: $0)) } ?? 0
  }

  /// The end of the cursor's line.
  var lineEnd: Int {
    text[position...].firstIndex(where: \.isNewline).map(offset) ?? text.utf8.count
  }

  /// What Ctrl-K takes: the rest of the line, or the newline if nothing is left of it.
  var killEnd: Int { lineEnd == cursor ? after : lineEnd }

  /// The beginning of the word before the cursor, letters and digits being words.
  var wordStart: Int { backward { $0.isLetter || $0.isNumber || $0 == "_" } }

  /// The beginning of what stands before the cursor between blanks.
  var blankWordStart: Int { backward { !$0.isWhitespace } }

  /// The end of the word after the cursor.
  var wordEnd: Int {
    let rest = text[position...]
    let word = rest.firstIndex { $0.isLetter || $0.isNumber || $0 == "_" } ?? text.endIndex
    let end = text[word...].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") }
    return offset(end ?? text.endIndex)
  }

  private func backward(_ isWord: (Character) -> Bool) -> Int {
    let left = text[..<position]
    guard let last = left.lastIndex(where: isWord) else { return 0 }
    let gap = text[..<last].lastIndex { !isWord($0) }
    return gap.map { offset(text.index(after: $0)) } ?? 0
  }

  /// The cursor's column in its line.
  var column: Int { displayWidth(text[index(lineStart)..<position]) }

  /// The place in the line above or below, nearest to a column; nil if there is no such line.
  func vertically(_ rows: Int, column: Int) -> Int? {
    let start: Int
    if rows < 0 {
      if lineStart == 0 { return nil }
      start = LineText(text, cursor: offset(text.index(before: index(lineStart)))).lineStart
    } else {
      if lineEnd == text.utf8.count { return nil }
      start = LineText(text, cursor: lineEnd).after
    }
    var place = index(start)
    var width = 0
    while place < text.endIndex, !text[place].isNewline {
      let next = displayWidth(text[place])
      if width + next > column { break }
      width += next
      text.formIndex(after: &place)
    }
    return offset(place)
  }
}
