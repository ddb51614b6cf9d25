import TestScreens
import Testing

@testable import Terminal

@Suite("Statements of several lines, and pastes")
struct MultiLineTests {
  static let hooks = EditorHooks(needsMore: { text in
    text.count { $0 == "{" } > text.count { $0 == "}" }
  })

  @Test func enterContinuesUnfinishedText() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks, history: ["old"]).start()
    fixture.type("{\r1\r")
    try await fixture.expect(["> {", ". 1", "."], cursor: (2, 2))
    fixture.type("\u{1b}[A\u{1b}[HX")
    try await fixture.expect(["> {", ". X1", "."], cursor: (1, 3))
    fixture.type("\u{1b}[B}\r")
    #expect(try await fixture.outcome() == .line("{\nX1\n}"))
    try await fixture.close()
  }

  @Test func upAndDownKeepTheColumnAndReachHistoryAtTheEdges() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks, history: ["old"]).start()
    fixture.type("{abc\r{\rdefg")
    try await fixture.expect(["> {abc", ". {", ". defg"], cursor: (2, 6))
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> {abc", ". {", ". defg"], cursor: (1, 3))
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> {abc", ". {", ". defg"], cursor: (0, 6))
    fixture.type("\u{1}\u{b}")
    try await fixture.expect([">", ". {", ". defg"], cursor: (0, 2))
    fixture.type("\u{b}")
    try await fixture.expect(["> {", ". defg"], cursor: (0, 2))
    try await fixture.close()
  }

  @Test func altEnterSendsTextAsItStands() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks).start()
    fixture.type("{\r1\u{1b}\r")
    #expect(try await fixture.outcome() == .line("{\n1"))
    try await fixture.close()
  }

  @Test func pastedNewlinesDoNotSubmit() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks).start()
    fixture.type("a \u{1b}[200~one\rtwo\r\nthree\n\u{1b}[201~")
    try await fixture.expect(["> a one", ". two", ". three"], cursor: (2, 7))
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("a one\ntwo\nthree"))
    try await fixture.close()
  }

  @Test func takesALargePaste() async throws {
    let fixture = try await EditorFixture().start()
    let text = (0..<20_000).map { "{\"number\": \($0), \"text\": \"0123456789012345678\"}" }
      .joined(separator: "\n")
    #expect(text.utf8.count > 900_000)
    fixture.type("\u{1b}[200~" + text + "\u{1b}[201~!")
    fixture.type("\r")
    let outcome = try await fixture.outcome()
    #expect(outcome == .line(text + "!"))
    try await fixture.close()
  }

  @Test func showsThePartAroundTheCursorOfATallStatement() async throws {
    let fixture = try await EditorFixture(rows: 4).start()
    fixture.type("\u{1b}[200~1\r2\r3\r4\r5\r6\u{1b}[201~")
    try await fixture.expect([". 3", ". 4", ". 5", ". 6"], cursor: (3, 3))
    fixture.type("\u{1b}[A\u{1b}[A\u{1b}[A\u{1b}[A")
    try await fixture.expect([". 2", ". 3", ". 4", ". 5"], cursor: (0, 3))
    fixture.editor.printAbove("news")
    try await fixture.expect { $0.scrolledOut.contains("news") }
    try await fixture.expect([". 2", ". 3", ". 4", ". 5"], cursor: (0, 3))
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("1\n2\n3\n4\n5\n6"))
    try await fixture.close()
  }
}
