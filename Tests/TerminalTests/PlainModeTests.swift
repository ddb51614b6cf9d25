import TestScreens
import Testing

@testable import Terminal

/// Lines for screen readers: nothing is redrawn, and no escape sequence written.
@Suite("Plain lines")
struct PlainModeTests {
  private static func start(
    columns: Int = 40, rows: Int = 14, hooks: EditorHooks = EditorHooks(),
    history: [String] = [], term: String = "xterm"
  ) async throws -> EditorFixture {
    let fixture = try EditorFixture(
      columns: columns, rows: rows, hooks: hooks, history: history, color: true, term: term)
    if term == "xterm" { fixture.editor.isPlain = true }
    return try await fixture.start()
  }

  private static func end(_ fixture: EditorFixture) async throws {
    #expect(!fixture.output.contains("\u{1b}"))
    try await fixture.close()
    #expect(!fixture.output.contains("\u{1b}"))
  }

  @Test("show what is typed, without colour and hints", arguments: ["xterm", "dumb"])
  func typing(term: String) async throws {
    let hooks = EditorHooks(highlight: { StyledText($0, .error) }, hint: { _, _ in "HINT" })
    let fixture = try await Self.start(hooks: hooks, term: term)
    #expect(fixture.editor.isPlain)
    fixture.type("one two")
    try await fixture.expect(["> one two"], cursor: (0, 9))
    fixture.type("\u{7f}\u{7f}en\r")
    #expect(try await fixture.outcome() == .line("one ten"))
    try await fixture.expect(["> one ten", ">"])
    fixture.type("é日本👍\u{7f}\u{7f}x\r")
    #expect(try await fixture.outcome() == .line("é日x"))
    try await Self.end(fixture)
  }

  @Test("take keys that delete, clear, repeat and leave")
  func keys() async throws {
    let fixture = try await Self.start()
    fixture.type("one two\u{17}")
    try await fixture.expect(["> one"], cursor: (0, 6))
    fixture.type("\u{15}x")
    try await fixture.expect(["> x"])
    fixture.type("\u{3}")
    #expect(try await fixture.outcome() == .interrupted)
    try await fixture.expect(["> x^C", ">"])
    fixture.type("y\u{4}\u{c}")
    try await fixture.expect(["> x^C", "> y", "> y"])
    #expect(fixture.screen.bells == 1)
    fixture.type("\u{7f}\u{4}")
    #expect(try await fixture.outcome() == .endOfInput)
    try await Self.end(fixture)
  }

  @Test("recall the history in rows of their own")
  func recall() async throws {
    let fixture = try await Self.start(history: ["first", "{\n1}", "last"])
    fixture.type("dr\u{1b}[A\u{15}\u{1b}[A")
    try await fixture.expect([">", "> last"])
    fixture.type("\u{1b}[A")
    try await fixture.expect([">", "> last", "> {", ". 1}"])
    fixture.type("\u{1b}[B!")
    try await fixture.expect([">", "> last", "> {", ". 1}", "> last!"])
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("last!"))
    fixture.type("irs\u{12}\r")
    #expect(try await fixture.outcome() == .line("first"))
    try await Self.end(fixture)
  }

  @Test("say how to search where nothing was typed yet")
  func search() async throws {
    let fixture = try await Self.start(columns: 80, history: ["first"])
    fixture.type("\u{12}")
    let told = "type a part of a line first: Ctrl-R then finds the newest with it"
    try await fixture.expect([">", told, ">"])
    fixture.type("irs\u{12}\r")
    #expect(try await fixture.outcome() == .line("first"))
    try await Self.end(fixture)
  }

  @Test("let no escape sequence into the text")
  func sequences() async throws {
    let fixture = try await Self.start()
    fixture.type(
      "a\u{1b}[D\u{1b}[1;5C\u{1b}OP\u{1b}[15~\u{1b}[H\u{1b}x\u{1b}[200~b c\u{1b}[201~\u{1b}[3~d\r")
    #expect(try await fixture.outcome() == .line("ab cd"))
    try await Self.end(fixture)
  }

  @Test("go on in rows with the continuation prompt")
  func continuation() async throws {
    let hooks = EditorHooks(needsMore: { $0.hasSuffix("{") || $0.hasSuffix(",") })
    let fixture = try await Self.start(hooks: hooks)
    fixture.type("one {\r")
    try await fixture.expect(["> one {", "."], cursor: (1, 2))
    fixture.type("\ttwo\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}")
    try await fixture.expect(["> one {", ".", "> one {"])
    fixture.type("\r1,\r2\r")
    #expect(try await fixture.outcome() == .line("one {\n1,\n2"))
    fixture.type("{\u{1b}\r")
    #expect(try await fixture.outcome() == .line("{"))
    try await Self.end(fixture)
  }

  @Test("come again below news")
  func news() async throws {
    let fixture = try await Self.start()
    fixture.type("half")
    try await fixture.expect(["> half"])
    fixture.editor.printAbove(StyledText("news", .error))
    fixture.editor.printAbove("two\nlines\n")
    try await fixture.expect(["> half", "news", "> half", "two", "lines", "> half"])
    fixture.type(" more\r")
    #expect(try await fixture.outcome() == .line("half more"))
    try await Self.end(fixture)
  }

  @Test("complete by adding, and list candidates below")
  func completion() async throws {
    let hooks = CompletionTests.hooks(["system.list", "system.help"], annotation: "no params")
    let fixture = try await Self.start(hooks: hooks)
    fixture.type("s\t")
    try await fixture.expect(["> system."], cursor: (0, 9))
    fixture.type("\t")
    try await fixture.expect([
      "> system.", "system.list  no params", "system.help  no params", "> system.",
    ])
    fixture.type("h\tx\r")
    #expect(try await fixture.outcome() == .line("system.help x"))
    try await Self.end(fixture)
  }

  @Test("list what the screen takes, and the rest with another Tab")
  func longLists() async throws {
    let hooks = CompletionTests.hooks((1...9).map { "m\($0)" })
    let fixture = try await Self.start(rows: 7, hooks: hooks)
    fixture.type("m\t")
    try await fixture.expect(["> m", "m1", "m2", "m3", "m4", "… 5 more: Tab lists them", "> m"])
    fixture.type("\t")
    try await fixture.expect(
      ["m4", "… 5 more: Tab lists them", "> m"].suffix(1) + [
        "m5", "m6", "m7", "m8", "… 1 more: Tab lists them", "> m",
      ])
    fixture.type("\t")
    try await fixture.expect { $0.lines.suffix(3) == ["> m", "m9", "> m"] }
    try await Self.end(fixture)
  }

  @Test("say with Tab what may follow where nothing can be completed")
  func hints() async throws {
    let hooks = EditorHooks(hint: { text, _ in text == "add " ? "a:number b:number" : "" })
    let fixture = try await Self.start(hooks: hooks)
    fixture.type("x\t")
    try await fixture.expect { $0.bells == 1 && $0.lines == ["> x"] }
    fixture.type("\u{7f}add \t")
    try await fixture.expect(["> add", "a:number b:number", "> add"])
    try await Self.end(fixture)
  }

  @Test("leave a terminal that shows nothing by itself to who shows it")
  func echoless() async throws {
    // Emacs' shell edits lines itself and shows them, so an echo would double them.
    let fixture = try EditorFixture(term: "dumb", echoes: false)
    let before = fixture.settings
    try await fixture.start()
    #expect(try await eventually { fixture.settings == before })
    fixture.type("one\n")
    #expect(try await fixture.outcome() == .line("one"))
    try await fixture.expect(["> >"])
    fixture.editor.printAbove("news")
    try await fixture.expect(["> >", "news", ">"])
    fixture.type("\u{4}")
    #expect(try await fixture.outcome() == .endOfInput)
    try await Self.end(fixture)
  }

  @Test("can be turned on and off between lines, keys typed ahead being kept")
  func toggling() async throws {
    let fixture = try await EditorFixture().start()
    fixture.editor.isPlain = true
    fixture.type("one\rtwo\r")
    #expect(try await fixture.outcome() == .line("one"))
    #expect(try await fixture.outcome() == .line("two"))
    fixture.editor.isPlain = false
    fixture.type("three\rfour\r")
    #expect(try await fixture.outcome() == .line("three"))
    #expect(try await fixture.outcome() == .line("four"))
    try await fixture.close()
  }
}
