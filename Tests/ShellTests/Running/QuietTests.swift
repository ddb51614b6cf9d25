import Testing

@testable import Shell

@Suite("What the screen leaves out", .timeLimit(.minutes(2)))
struct QuietTests {
  @Test("one error for a whole batch is shown as that error")
  func refusedBatch() async throws {
    let shell = try ShellHarness(isOneScreen: true)
    let refusal = #"{"jsonrpc": "2.0", "error": {"code": -32600, "message": "empty"}, "id": null}"#
    shell.server.answer("[]", with: refusal)
    let shown = try await shell.run("[]")
    #expect(shown.output.contains("error -32600 (Invalid Request): empty"), "\(shown.output)")
    #expect(!shown.output.contains("surplus"), "\(shown.output)")
    #expect(shown.status == .errorReply)
  }

  @Test("what the server sent by itself took no time in the log")
  func log() async throws {
    let shell = try ShellHarness()
    _ = try await shell.run("progress 1")
    let rows = try await shell.run(".log").output.split(separator: "\n")
    let notification = try #require(rows.first { $0.contains("received") })
    #expect(!notification.contains("µs") && !notification.contains(" ms"), "\(notification)")
  }
}
