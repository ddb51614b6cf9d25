import TestScreens
import Testing

@testable import Terminal

@Suite("The line editor on a terminal")
struct LineEditorTests {
  @Test func showsWhatIsTypedAndGivesItBack() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("sum 1 2")
    try await fixture.expect(["> sum 1 2"], cursor: (0, 9))
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("sum 1 2"))
    try await fixture.expect(["> sum 1 2", ">"], cursor: (1, 2))
    try await fixture.close()
  }

  @Test func coloursPromptAndTextWhileTyping() async throws {
    let hooks = EditorHooks(highlight: { text in
      text.split(separator: " ", omittingEmptySubsequences: false).enumerated().reduce(
        into: StyledText()
      ) {
        if $1.offset > 0 { $0.append(" ") }
        $0.append(String($1.element), $1.offset == 0 ? .method : .number)
      }
    })
    let fixture = try await EditorFixture(hooks: hooks, color: true).start(
      prompt: "\("db", .promptTarget)\("> ", .prompt)")
    fixture.type("sum 12")
    try await fixture.expect(["db> sum 12"])
    let screen = fixture.screen
    #expect(screen.style(of: "db") == Theme.standard[.promptTarget])
    #expect(screen.style(of: "sum") == Theme.standard[.method])
    #expect(screen.style(of: "12") == Theme.standard[.number])
    try await fixture.close()
  }

  @Test func ignoresAHighlightThatChangesTheText() async throws {
    let hooks = EditorHooks(highlight: { StyledText($0 + "!", .error) })
    let fixture = try await EditorFixture(hooks: hooks).start()
    fixture.type("sum")
    try await fixture.expect(["> sum"])
    try await fixture.close()
  }

  @Test func showsAHintAfterTheEndAndTakesItAwayAtEnter() async throws {
    let hooks = EditorHooks(hint: { text, _ in text == "sum" ? " a:number b:number" : "" })
    let fixture = try await EditorFixture(hooks: hooks, color: true).start()
    fixture.type("sum")
    try await fixture.expect(["> sum a:number b:number"], cursor: (0, 5))
    #expect(fixture.screen.style(of: "a:number") == Theme.standard[.hint])
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("sum"))
    try await fixture.expect(["> sum", ">"])
    try await fixture.close()
  }

  @Test func cutsAHintThatDoesNotFit() async throws {
    let hooks = EditorHooks(hint: { _, _ in " one two three" })
    let fixture = try await EditorFixture(columns: 12, hooks: hooks).start()
    try await fixture.expect { $0.lines == [">  one two…"] }
    fixture.type("abcdefghij")
    try await fixture.expect { $0.lines.first == "> abcdefghij" && $0.lines.count == 2 }
    try await fixture.close()
  }

  @Test func controlCGivesTheLineUp() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("oops")
    try await fixture.expect(["> oops"])
    fixture.type("\u{3}")
    #expect(try await fixture.outcome() == .interrupted)
    try await fixture.expect(["> oops^C", ">"])
    fixture.type("next\r")
    #expect(try await fixture.outcome() == .line("next"))
    try await fixture.close()
  }

  @Test func controlDEndsInputOnlyOnAnEmptyLine() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("ab\u{1}\u{4}")
    try await fixture.expect(["> b"], cursor: (0, 2))
    fixture.type("\u{4}")
    try await fixture.expect([">"])
    fixture.type("\u{4}")
    #expect(try await fixture.outcome() == .endOfInput)
    try await fixture.close()
  }

  @Test func restoresTheTerminalAtTheEnd() async throws {
    let fixture = try EditorFixture()
    let before = fixture.settings
    try await fixture.start()
    #expect(fixture.settings != before)
    try await fixture.expect { $0.modes.contains(2004) }
    fixture.type("x\r")
    _ = try await fixture.outcome()
    fixture.editor.close()
    #expect(try await fixture.outcome() == .endOfInput)
    #expect(try await eventually { fixture.settings == before })
    try await fixture.expect { !$0.modes.contains(2004) && $0.modes.contains(25) }
    try await fixture.close()
  }

  @Test func keepsWhatIsTypedAheadWithoutShowingIt() async throws {
    let fixture = try EditorFixture()
    fixture.editor.resume()
    fixture.type("first\rsecond")
    try await fixture.start()
    #expect(try await fixture.outcome() == .line("first"))
    try await fixture.expect(["> first", "> second"])
    try await fixture.close()
  }

  @Test func movesAndDeletesByWholeCharacters() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("e\u{301}👨‍👩‍👧日本x")
    try await fixture.expect(["> e\u{301}👨‍👩‍👧日本x"], cursor: (0, 10))
    fixture.type("\u{1b}[D\u{1b}[D\u{1b}[D")
    try await fixture.expect(["> e\u{301}👨‍👩‍👧日本x"], cursor: (0, 5))
    fixture.type("\u{7f}")
    try await fixture.expect(["> e\u{301}日本x"], cursor: (0, 3))
    fixture.type("\u{1b}[3~\u{7f}\r")
    #expect(try await fixture.outcome() == .line("本x"))
    try await fixture.close()
  }

  @Test(arguments: [
    ("one two\u{17}X", "one X"), ("one two\u{15}X", "X"), ("one two\u{1}\u{b}X", "X"),
    ("one two\u{17}\u{1}\u{19}", "twoone "), ("one two\u{1b}bX", "one Xtwo"),
    ("one two\u{1}\u{1b}fX", "oneX two"), ("one two\u{1}\u{1b}dX", "X two"),
    ("one two\u{1b}[1;5DX", "one Xtwo"), ("ab\u{1b}[HX\u{1b}[FY", "XabY"),
    ("ab\u{1b}OHX", "Xab"), ("a b c\u{17}\u{17}\u{19}", "a b c"), ("ab\u{2}\u{14}", "ba"),
    ("ab\u{1b}[99~c", "abc"), ("a\u{16}\u{1}b", "a\u{1}b"), ("x.y-z\u{1b}\u{7f}", "x.y-"),
  ])
  func editsAsEmacsDoes(typed: String, line: String) async throws {
    let fixture = try await EditorFixture().start()
    fixture.type(typed + "\r")
    #expect(try await fixture.outcome() == .line(line))
    try await fixture.close()
  }

  @Test func survivesBytesThatAreNoText() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type([0x61, 0xff, 0xc3, 0x28, 0x00, 0xe2, 0x82, 0x62, 0xc2, 0x85] + [0x0d])
    guard case .line(let line) = try await fixture.outcome() else {
      Issue.record("no line")
      return
    }
    #expect(line.unicodeScalars.first == "a" && line.unicodeScalars.contains("b"))
    try await fixture.close()
  }

  @Test func wrapsLongLinesAndShowsPartOfTallOnes() async throws {
    let fixture = try await EditorFixture(columns: 10, rows: 4).start()
    fixture.type("abcdefgh")
    try await fixture.expect(["> abcdefgh"], cursor: (1, 0))
    fixture.type("ij")
    try await fixture.expect(["> abcdefgh", "ij"], cursor: (1, 2))
    fixture.type(String(repeating: "0123456789", count: 4))
    try await fixture.expect { $0.lines.last == "89" && $0.lines.count == 4 }
    fixture.type("\u{1}")
    try await fixture.expect { $0.lines.first == "> abcdefgh" && $0.row == 0 && $0.column == 2 }
    fixture.type("\r")
    #expect(
      try await fixture.outcome()
        == .line("abcdefghij" + String(repeating: "0123456789", count: 4)))
    try await fixture.close()
  }

  @Test func repaintsAfterAResize() async throws {
    let fixture = try await EditorFixture(columns: 40).start()
    fixture.type("one two three four five six seven")
    try await fixture.expect(["> one two three four five six seven"])
    try await fixture.resize(columns: 20, rows: 10)
    try await fixture.expect(["> one two three four", " five six seven"], cursor: (1, 15))
    try await fixture.resize(columns: 60, rows: 10)
    try await fixture.expect(["> one two three four five six seven"], cursor: (0, 35))
    try await fixture.close()
  }

  @Test func printsAboveWhatIsBeingTyped() async throws {
    let fixture = try await EditorFixture(rows: 5).start()
    fixture.type("half a li")
    try await fixture.expect(["> half a li"])
    fixture.editor.printAbove("news from\nthe server")
    try await fixture.expect(["news from", "the server", "> half a li"], cursor: (2, 11))
    fixture.type("ne\r")
    #expect(try await fixture.outcome() == .line("half a line"))
    for number in 1...20 { fixture.editor.printAbove("number \(number)\n") }
    try await fixture.expect {
      $0.lines == ["number 17", "number 18", "number 19", "number 20", ">"]
    }
    let rows = fixture.screen.scrolledOut.filter { $0.hasPrefix("number") }
    #expect(rows == (1...16).map { "number \($0)" })
    try await fixture.close()
  }

  @Test func clearsTheScreen() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("a\r")
    try await fixture.expect(["> a", ">"])
    fixture.type("b\u{c}")
    try await fixture.expect(["> b"], cursor: (0, 3))
    try await fixture.close()
  }

  @Test func showsControlCharactersOfATextAsEscapes() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("\u{1b}[200~a\u{1b}[31mb\u{202e}c\u{1b}[201~")
    try await fixture.expect([#"> a\u001b[31mb\u202ec"#])
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("a\u{1b}[31mb\u{202e}c"))
    try await fixture.close()
  }
}
