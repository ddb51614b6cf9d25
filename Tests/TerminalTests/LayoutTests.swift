import TestScreens
import Testing

@testable import Terminal

@Suite("Rows and painting")
struct LayoutTests {
  static func frame(
    _ text: String, cursor: Int? = nil, columns: Int = 10, hint: String = ""
  ) -> Frame {
    let view = EditorView(
      prompt: "> ", continuation: ". ", text: StyledText(text), cursor: cursor ?? text.utf8.count,
      hint: hint)
    return FrameLayout.lay(out: view, in: TerminalSize(columns: columns, rows: 10))
  }

  @Test(arguments: [
    ("", ["> "], 0, 2), ("abc", ["> abc"], 0, 5), ("abcdefgh", ["> abcdefgh", ""], 1, 0),
    ("abcdefghi", ["> abcdefgh", "i"], 1, 1), ("a\nb", ["> a", ". b"], 1, 3),
    ("a\n", ["> a", ". "], 1, 2), ("abcdefg日", ["> abcdefg", "日"], 1, 2),
    ("a\tb", ["> a     b"], 0, 9), ("\u{1b}", [#"> \u001b"#], 0, 8),
    ("\u{202e}xyz", [#"> \u202exy"#, "z"], 1, 1), ("\n\n", ["> ", ". ", ". "], 2, 2),
  ])
  func laysOut(text: String, rows: [String], row: Int, column: Int) {
    let frame = Self.frame(text)
    #expect(frame.rows.map(\.text.plain) == rows)
    #expect(frame.cursorRow == row && frame.cursorColumn == column)
    #expect(frame.rows.allSatisfy { $0.width == $0.text.columns && $0.width <= 10 })
  }

  @Test(arguments: [
    ("abc", 0, 0, 2), ("abc", 1, 0, 3), ("a\nb", 1, 0, 3), ("a\nb", 2, 1, 2),
    ("日x", 1, 0, 2), ("abcdefgh", 7, 0, 9), ("abcdefghi", 8, 1, 0), ("abcdefgh\nx", 8, 1, 0),
    ("abcdefg日", 7, 1, 0),
  ])
  func placesTheCursor(text: String, cursor: Int, row: Int, column: Int) {
    let frame = Self.frame(text, cursor: cursor)
    #expect(frame.cursorRow == row && frame.cursorColumn == column)
  }

  @Test func keepsColoursOfTheirCharacters() {
    let text = StyledText([Span("ab", .method), Span(" ", .plain), Span("12", .number)])
    let view = EditorView(prompt: "> ", text: text, cursor: 0)
    let frame = FrameLayout.lay(out: view, in: TerminalSize(columns: 40, rows: 5))
    #expect(
      frame.rows[0].text.spans == [Span("> "), Span("ab", .method), Span(" "), Span("12", .number)])
  }

  @Test func viewportFollowsTheCursor() {
    var viewport = Viewport()
    func frame(cursor: Int) -> Frame {
      Frame(
        rows: (0..<9).map { Row(text: StyledText("\($0)"), width: 1) }, cursorRow: cursor,
        cursorColumn: 0)
    }
    func show(_ cursor: Int) -> String {
      viewport.show(frame(cursor: cursor), height: 3).rows.map(\.text.plain).joined()
    }
    #expect([8, 7, 6, 5, 6, 8, 0].map(show) == ["678", "678", "678", "567", "567", "678", "012"])
  }

  @Test func paintsOnlyRowsThatChanged() {
    var painter = Painter(Renderer(color: false))
    var screen = Screen(columns: 10, rows: 5)
    func paint(_ frame: Frame) -> String {
      let output = painter.paint(frame, columns: 10)
      screen.feed(output.utf8)
      return output
    }
    _ = paint(Self.frame("one\ntwo\nthree"))
    #expect(screen.lines == ["> one", ". two", ". three"])
    #expect(!paint(Self.frame("one\ntwo\nthrees")).contains("one"))
    #expect(screen.lines == ["> one", ". two", ". threes"])
    #expect(paint(Self.frame("one\ntwo\nthrees")) == "")
    #expect(!paint(Self.frame("one\ntwo\nthrees", cursor: 0)).contains("o"))
    #expect(screen.row == 0 && screen.column == 2)
    _ = paint(Self.frame("a"))
    #expect(screen.lines == ["> a"] && screen.column == 3)
    _ = paint(Self.frame("abcdefgh"))
    _ = paint(Self.frame("abcdefgX", cursor: 0))
    #expect(screen.lines == ["> abcdefgX"] && screen.row == 0)
    screen.feed(painter.erase().utf8)
    #expect(screen.lines == [] && screen.row == 0)
  }

  @Test func paintsAnyFrameAfterAnyOther() {
    let texts = ["", "a", "abcdefgh", "a\nb\nc", "日本語日本語", "abcdefgh\nabcdefgh", "x\ty", "\n\n\n"]
    for before in texts {
      for after in texts {
        var painter = Painter(Renderer(color: false))
        var screen = Screen(columns: 10, rows: 6)
        screen.feed("top\r\n".utf8)
        screen.feed(painter.paint(Self.frame(before, cursor: 0), columns: 10).utf8)
        let frame = Self.frame(after)
        screen.feed(painter.paint(frame, columns: 10).utf8)
        var rows = ["top"] + frame.rows.map { $0.text.plain.trimmed }
        while rows.last == "" { rows.removeLast() }
        #expect(screen.lines == rows, "\(before) then \(after)")
        #expect(screen.row == 1 + frame.cursorRow && screen.column == frame.cursorColumn)
      }
    }
  }
}
