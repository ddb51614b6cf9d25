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

  @Test("a script is told of a warning once, and at its end how often it came again")
  func repeated() async throws {
    let shell = try ShellHarness()
    let old = "raw '{\"result\": 1, \"id\": %}'"
    for id in 1...4 {
      _ = try await shell.run(old.replacing("%", with: "\(id)"))
    }
    let warning = "warning[rpc.version-1.0]: "
    #expect(try shell.error.split(separator: warning, omittingEmptySubsequences: false).count == 2)
    shell.interpreter.showRepeated()
    #expect(try shell.error.hasSuffix("\(warning)in 3 more replies\n"))
    shell.interpreter.showRepeated()
    #expect(try shell.error.split(separator: warning, omittingEmptySubsequences: false).count == 3)
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
