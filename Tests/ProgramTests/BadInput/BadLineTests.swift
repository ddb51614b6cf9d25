import TestScreens
import Testing

/// What a person may type wrongly.
@Suite(.seated) struct BadLineTests {
  @Test func unknownMethodAndCommand() async throws {
    let shell = try TerminalRun(["demo"], columns: 110, rows: 40)
    try await shell.waitFor("methods")
    let mistyped = try await shell.enter("subtrct 1 2")
    #expect(mistyped.contains("error: ") && mistyped.contains("subtract"))
    #expect(try await shell.enter("! subtrct 1 2").contains("-32601"))
    #expect(try await shell.enter(".lst").contains(".last"))
    #expect(try await shell.enter("divide 1 0").contains("division by zero"))
    #expect(try await shell.enter("subtract 1 minuend=2 3").contains("error"))
    #expect(try await shell.enter("subtract $nothing 1").contains("nothing"))
    #expect(try await shell.enter("subtract @nowhere 1").contains("nowhere"))
    try await shell.quit()
  }

  @Test func unfinishedJSONGoesOnOverLines() async throws {
    let shell = try TerminalRun(["demo"], columns: 110, rows: 40)
    try await shell.waitForPrompt()
    try await shell.type("{\"jsonrpc\": \"2.0\", \"id\": 77,\r")
    try await shell.type("\"method\": \"subtract\",\r")
    #expect(try await shell.submit("\"params\": [42, 23]}").contains("19"))
    // Ctrl-C gives it up.
    try await shell.type("{\"jsonrpc\":\r")
    try await shell.wait(for: "another line") { $0.beforeCursor.hasPrefix("demo") ? nil : true }
    try await shell.press(.controlC)
    try await shell.wait(for: "a new statement") { $0.beforeCursor == "demo> " ? true : nil }
    #expect(try await shell.enter("subtract 3 1").contains("2"))
    // Text that can never be valid asks once.
    try await shell.type("{\"id\": 1,,}\r")
    try await shell.waitFor("[y/N]")
    try await shell.type("n\r")
    #expect(try await shell.enter("subtract 5 1").contains("4"))
    try await shell.quit()
  }

  @Test(arguments: [
    ["--no-such-option"], ["call", "--no-such-option", "http://127.0.0.1:1/", "m"], ["call"],
    ["call", "http://127.0.0.1:1/"], ["--timeout", "soon", "http://127.0.0.1:1/"],
    ["demo", "--color", "pink"],
  ])
  func badOptions(words: [String]) async throws {
    let run = try await ProgramRun.finish(words)
    #expect(run.status == .exited(2), "\(run.errors)")
    #expect(run.errors.lowercased().contains("error: "), "\(run.errors)")
    #expect(run.output.isEmpty)
  }
}
