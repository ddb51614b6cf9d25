import TestScreens
import Testing

@testable import Terminal

@Suite("The row above the prompt")
struct StatusTests {
  @Test func standsAboveWhatIsTypedAndGoesAgain() async throws {
    let fixture = try await EditorFixture(columns: 20).start()
    fixture.type("sum")
    try await fixture.expect(["> sum"])
    fixture.editor.showStatus("1 of 2")
    try await fixture.expect(["1 of 2", "> sum"], cursor: (1, 5))
    fixture.editor.showStatus("2 of 2 and far more than there is room for")
    try await fixture.expect { $0.lines.first?.hasSuffix("…") == true && $0.lines.count == 2 }
    fixture.editor.printAbove("news")
    try await fixture.expect { $0.lines.first == "news" && $0.lines.count == 3 }
    fixture.editor.showStatus(nil)
    try await fixture.expect(["news", "> sum"], cursor: (1, 5))
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("sum"))
    try await fixture.close()
  }

  @Test func isNotLeftBehindByALineThatEnds() async throws {
    let fixture = try await EditorFixture().start()
    fixture.editor.showStatus("busy")
    try await fixture.expect(["busy", ">"])
    fixture.type("go\r")
    #expect(try await fixture.outcome() == .line("go"))
    try await fixture.expect(["> go", "busy", ">"])
    fixture.editor.showStatus(nil)
    try await fixture.expect(["> go", ">"])
    try await fixture.close()
  }
}
