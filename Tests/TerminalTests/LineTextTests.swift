import Testing

@testable import Terminal

@Suite("Places in a text")
struct LineTextTests {
  @Test func findsCharactersAroundTheCursor() {
    let line = LineText("aé👨‍👩‍👧b", cursor: 3)
    #expect(line.before == 1)
    #expect(line.after == 21)
    #expect(LineText("", cursor: 0).before == 0 && LineText("", cursor: 0).after == 0)
  }

  @Test(arguments: [
    ("ab\ncd\nef", 4, 3, 5, 5), ("ab\ncd", 2, 0, 2, 3), ("ab", 0, 0, 2, 2), ("", 0, 0, 0, 0),
  ])
  func findsLineEnds(text: String, cursor: Int, start: Int, end: Int, killEnd: Int) {
    let line = LineText(text, cursor: cursor)
    #expect(line.lineStart == start && line.lineEnd == end && line.killEnd == killEnd)
  }

  @Test(arguments: [
    ("one two", 7, 4, 4), ("one two  ", 9, 4, 4), ("a.b-c", 5, 4, 0), ("  ", 2, 0, 0),
    ("", 0, 0, 0),
  ])
  func findsWordsBackward(text: String, cursor: Int, word: Int, blankWord: Int) {
    let line = LineText(text, cursor: cursor)
    #expect(line.wordStart == word && line.blankWordStart == blankWord)
  }

  @Test(arguments: [("one two", 0, 3), ("one two", 3, 7), ("one ", 3, 4), ("a.b", 0, 1)])
  func findsWordsForward(text: String, cursor: Int, end: Int) {
    #expect(LineText(text, cursor: cursor).wordEnd == end)
  }

  @Test func findsTheSameColumnInOtherLines() {
    let text = "abcd\nx\n日本語"
    #expect(LineText(text, cursor: 6).vertically(-1, column: 3) == 3)
    #expect(LineText(text, cursor: 3).vertically(1, column: 3) == 6)
    #expect(LineText(text, cursor: 6).vertically(1, column: 3) == 10)
    #expect(LineText(text, cursor: 0).vertically(-1, column: 0) == nil)
    #expect(LineText(text, cursor: 8).vertically(1, column: 0) == nil)
  }
}
