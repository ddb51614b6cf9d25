import TestScreens
import Testing

@testable import Terminal

@Suite("History at the prompt")
struct EditorHistoryTests {
  @Test func walksUpAndDownAndBackToTheDraft() async throws {
    let fixture = try await EditorFixture(history: ["one", "two"]).start()
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> two"], cursor: (0, 5))
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> one"])
    fixture.type("\u{1b}[A")
    fixture.type("\u{1b}[B\u{1b}[B")
    try await fixture.expect([">"])
    try await fixture.close()
  }

  @Test func keepsTheTypedPrefix() async throws {
    let fixture = try await EditorFixture(history: ["sum 1", "put 2", "sum 3", "get"]).start()
    fixture.type("su\u{10}")
    try await fixture.expect(["> sum 3"])
    fixture.type("\u{10}")
    try await fixture.expect(["> sum 1"])
    fixture.type("\u{e}\u{e}")
    try await fixture.expect(["> su"])
    try await fixture.close()
  }

  @Test func recallsAStatementOfSeveralLinesAsOne() async throws {
    let fixture = try await EditorFixture(history: ["first", "{\n 1\n}"]).start()
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> {", ".  1", ". }"], cursor: (2, 3))
    fixture.type("\u{1b}[A\u{1b}[A")
    try await fixture.expect(["> {", ".  1", ". }"], cursor: (0, 3))
    fixture.type("\u{1b}[A")
    try await fixture.expect(["> first"])
    fixture.type("\u{1b}[B")
    try await fixture.expect(["> {", ".  1", ". }"])
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("{\n 1\n}"))
    try await fixture.close()
  }

  @Test func searchesIncrementally() async throws {
    let history = ["sum 1 2", "put key=value", "sum 3 4"]
    let fixture = try await EditorFixture(history: history, color: true).start()
    fixture.type("draft\u{12}")
    try await fixture.expect(["(search) :"])
    fixture.type("um")
    try await fixture.expect(["(search) um: sum 3 4"])
    #expect(fixture.screen.style(of: "um 3") == Theme.standard[.match])
    fixture.type("\u{12}")
    try await fixture.expect(["(search) um: sum 1 2"])
    fixture.type("\u{12}")
    try await fixture.expect(["(search: nothing) um: sum 1 2"])
    fixture.type("\u{7f}\u{7f}KEY")
    try await fixture.expect { $0.lines.first?.hasPrefix("(search: nothing) KEY") == true }
    fixture.type("\u{7f}\u{7f}\u{7f}key")
    try await fixture.expect(["(search) key: put key=value"])
    fixture.type("\u{7}")
    try await fixture.expect(["> draft"], cursor: (0, 7))
    try await fixture.close()
  }

  @Test func submitsOrEditsWhatWasFound() async throws {
    let fixture = try await EditorFixture(history: ["sum 1 2", "put 5"]).start()
    fixture.type("\u{12}sum\r")
    #expect(try await fixture.outcome() == .line("sum 1 2"))
    try await fixture.expect(["> sum 1 2", ">"])
    fixture.type("\u{12}put\u{5}6\r")
    #expect(try await fixture.outcome() == .line("put 56"))
    try await fixture.expect(["> sum 1 2", "> put 56", ">"])
    fixture.type("\u{12}put\u{3}")
    #expect(try await fixture.outcome() == .interrupted)
    try await fixture.close()
  }

  @Test func browserSkipsRepeatsAndEndsAtBothEnds() {
    var browser = HistoryBrowser(entries: ["a", "b", "a", "b"], draft: "")
    #expect(
      [browser.older(), browser.older(), browser.older(), browser.older()] == ["b", "a", "b", "a"])
    #expect(browser.older() == nil)
    var none = HistoryBrowser(entries: [], draft: "x")
    #expect(none.older() == nil && none.newer() == nil)
  }
}
