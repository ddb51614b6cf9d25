import TestScreens
import Testing

@testable import Terminal

@Suite("A line on paper")
struct PlainPageTests {
  /// What a screen shows after a text became others, one after the other.
  private static func screen(_ texts: [String], columns: Int = 20) -> Screen {
    var screen = Screen(columns: columns, rows: 12)
    var page = PlainPage(prompt: "> ", continuation: ". ")
    func show(_ output: String) {
      #expect(!output.utf8.contains(0x1b))
      screen.feed(Array(output.replacingNewlines.utf8))
    }
    show(page.start(columns: columns))
    for text in texts { show(page.change(to: text, columns: columns)) }
    return screen
  }

  @Test(
    "shows each text in its last row",
    arguments: [
      (["a", "ab"], ["> ab"]), (["abc", "ab"], ["> ab"]), (["abc", "abX"], ["> abX"]),
      (["SUB", "subtract "], ["> subtract"]), (["日本語", "日"], ["> 日"]), (["日本", ""], [">"]),
      (["e", "e\u{301}"], ["> é"]), (["e\u{301}", "e"], ["> e"]), (["{", "{\n1"], ["> {", ". 1"]),
      (["{\n1", "{\n"], ["> {", "."]), (["{\n", "{"], ["> {", ".", "> {"]),
      (["a\u{1b}[2J"], [#"> a\u001b[2J"#]), (["a\tb"], ["> a b"]),
      (["\u{1b}", "x"], ["> x"]), (["\u{202e}a", ""], [">"]),
    ])
  func changes(texts: [String], lines: [String]) {
    #expect(Self.screen(texts).lines == lines)
  }

  @Test("writes the line anew where erasing would not go back over the end of a row")
  func wraps() {
    // Eight characters behind the prompt fill the row.
    #expect(Self.screen(["12345678"], columns: 10).lines == ["> 12345678"])
    let shorter = Self.screen(["12345678", "1234567"], columns: 10).lines
    #expect(shorter == ["> 12345678", "> 1234567"])
    #expect(Self.screen(["123456789", "12345678"], columns: 10).lines == ["> 12345678"])
    let muchShorter = Self.screen(["1234567890", "123456"], columns: 10).lines
    #expect(muchShorter == ["> 12345678", "90", "> 123456"])
    #expect(Self.screen(["1234567日", "1234567"], columns: 10).lines == ["> 1234567"])
  }
}

extension String {
  /// As a terminal gets it, whose driver adds the carriage return.
  fileprivate var replacingNewlines: String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }
}
