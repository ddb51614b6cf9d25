import Testing

@testable import Terminal

@Suite("Width, styles and colours")
struct TextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한국", 4),
    ("\u{1112}\u{1161}\u{11ab}", 2), ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1),
    ("1️⃣", 1), ("☎", 1), ("⌚", 2), ("a\u{200b}b", 2), ("\t", 0), ("…", 1), ("→", 1), ("नि", 1),
  ])
  func countsColumns(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func buildsStyledTextFromLiterals() {
    let text: StyledText = "call \("sum", .method) \(42, .number)"
    #expect(text.plain == "call sum 42")
    #expect(text.spans.map(\.role) == [.plain, .method, .plain, .number])
    #expect((text + StyledText("!", .number)).spans.last == Span("42!", .number))
    #expect(text.columns == 11)
  }

  @Test func splitsLinesAndCutsThem() {
    let text = StyledText("a\nbc\n", .note) + "d"
    #expect(text.lines.map(\.plain) == ["a", "bc", "d"])
    #expect(StyledText("abcdef", .key).truncated(to: 4).plain == "abc…")
    #expect(StyledText("日本語", .key).truncated(to: 4).plain == "日…")
    #expect(StyledText("abc").truncated(to: 3).plain == "abc")
    #expect(StyledText("abc").truncated(to: 0).plain == "")
  }

  @Test func rendersRolesAsColoursOrNot() {
    let text: StyledText = "a \("b", .error)"
    #expect(Renderer(color: false).render(text) == "a b")
    #expect(Renderer(color: true).render(text) == "a \u{1b}[1;31mb\u{1b}[0m")
    #expect(
      Renderer(color: true).render(StyledText("x\n\ny", .error))
        == "\u{1b}[1;31mx\u{1b}[0m\n\n\u{1b}[1;31my\u{1b}[0m")
  }

  @Test(
    arguments: [
      (ColorChoice.auto, true, [:], true), (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
      (.always, false, ["NO_COLOR": "1"], true), (.never, true, [:], false),
      (.auto, true, ["TERM": "dumb"], false), (.auto, true, ["TERM": ""], false),
    ] as [(ColorChoice, Bool, [String: String], Bool)])
  func decidesOnColour(
    choice: ColorChoice, isTerminal: Bool, variables: [String: String], color: Bool
  ) {
    let environment = ["TERM": "xterm"].merging(variables) { $1 }
    #expect(choice.decide(isTerminal: isTerminal) { environment[$0] } == color)
  }
}
