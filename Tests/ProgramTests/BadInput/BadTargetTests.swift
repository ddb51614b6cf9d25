import TestScreens
import Testing

/// Targets that can't be reached or are no targets: one error with a hint, the prompt comes back,
/// and what was typed is in history.
@Suite(.seated) struct BadTargetTests {
  /// Enters a call and expects one error about it.
  private func expectError(
    _ target: [String], _ words: [String], hint: String, home: Home? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let shell = try TerminalRun(target, columns: 110, rows: 40, home: home)
    try await shell.enter("ping 1")
    let shown = shell.screen.text
    for word in words {
      #expect(shown.contains(word), "\(shown)", sourceLocation: sourceLocation)
    }
    #expect(shown.contains("hint: "), "\(shown)", sourceLocation: sourceLocation)
    #expect(shown.contains(hint), "\(shown)", sourceLocation: sourceLocation)

    let again = try await shell.enter("ping 2")
    #expect(
      again.components("error: ") + again.components("error[") == 1, "\(again)",
      sourceLocation: sourceLocation)
    try await shell.press(.up)
    try await shell.wait(for: "the last entry") {
      $0.beforeCursor.hasSuffix("> ping 2") ? true : nil
    }
    try await shell.press(.up)
    try await shell.wait(for: "the first entry") {
      $0.beforeCursor.hasSuffix("> ping 1") ? true : nil
    }
    try await shell.press(.controlC)
    try await shell.quit(sourceLocation: sourceLocation)
  }

  @Test func unknownHost() async throws {
    try await expectError(
      ["http://no-such-host.invalid/rpc"], ["no-such-host.invalid", "not known"], hint: "spelling")
  }

  @Test func refusedConnection() async throws {
    let port = try Loopback.freePort()
    try await expectError(
      ["http://127.0.0.1:\(port)/"], ["connection refused by 127.0.0.1:\(port)"],
      hint: ".connect")
    try await expectError(
      ["tcp:127.0.0.1:\(port)"], ["connection refused by 127.0.0.1:\(port)"], hint: ".connect")
  }

  @Test func noSuchSocket() async throws {
    try await expectError(["unix:/nowhere/app.sock"], ["/nowhere/app.sock"], hint: "running")
  }

  @Test(.enabled(if: Installed.has("openssl"), "openssl is not installed"))
  func certificateThatNobodySigned() async throws {
    let server = try await LoopbackServer.tls()
    try await expectError(
      ["https://127.0.0.1:\(server.port)/"], ["TLS failed", "certificate"], hint: "--cacert")
  }

  @Test func schemeThatIsNotTheServers() async throws {
    let plain = try ScriptedServer.http(body: "{}")
    try await expectError(
      ["https://127.0.0.1:\(plain.port)/"], ["TLS failed"], hint: "http://")
    let lines = try ScriptedServer { _, connection in
      connection.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}\n")
      return false
    }
    try await expectError(["http://127.0.0.1:\(lines.port)/"], ["HTTP"], hint: "tcp:")
  }

  @Test(.enabled(if: Installed.has("openssl"), "openssl is not installed"))
  func httpWhereTLSIsWanted() async throws {
    let server = try await LoopbackServer.tls()
    let shell = try TerminalRun(["http://127.0.0.1:\(server.port)/"], columns: 110, rows: 40)
    #expect(try await shell.enter("ping").contains("error"))
    try await shell.quit()
  }

  @Test func childThatIsNotFound() async throws {
    try await expectError(
      ["--", "no-such-program", "--log=error"], ["no-such-program", "not found"], hint: "PATH")
  }

  /// The greeting never got to it, and what was typed fails for the same reason.
  @Test func serverOfMCPThatIsNotFound() async throws {
    let shell = try TerminalRun(["--", "mcp-no-such-program"], columns: 110, rows: 40)
    try await shell.waitFor("hint: ")
    let shown = try await shell.enter("ping a=1")
    #expect(shown.contains("the program mcp-no-such-program was not found"), "\(shown)")
    #expect(!shown.contains("headers"), "\(shown)")
    try await shell.quit()
  }

  @Test func childThatMayNotBeRun() async throws {
    let home = try Home()
    try home.write("server", "#!/bin/sh\n", mode: 0o600)
    try await expectError(["--", "./server"], ["./server"], hint: "chmod", home: home)
  }

  @Test func childThatExitsAtOnce() async throws {
    let shell = try TerminalRun(
      ["--", "sh", "-c", "echo no config >&2; exit 3"], columns: 110, rows: 40)
    try await shell.waitFor("stderr| no config")
    try await shell.waitFor("exited with status 3")
    let again = try await shell.enter("ping")
    #expect(again.contains("no config"))
    #expect(again.components("exited with status 3") == 1, "\(again)")
    try await shell.quit()
  }

  @Test(arguments: ["htp://127.0.0.1/", "tcp:127.0.0.1", "stdio:", "tcp:127.0.0.1:99999", "what"])
  func noTargetAtAll(target: String) async throws {
    let run = try await ProgramRun.finish(["call", target, "ping"])
    #expect(run.status == .exited(2))
    #expect(run.errors.contains("error: "))
    #expect(run.errors.lowercased().contains("hint: ") || run.errors.contains("Usage"))
    let shell = try TerminalRun(["demo"], columns: 110, rows: 40)
    let shown = try await shell.enter(".connect \(target)")
    #expect(shown.components("error: ") == 1, "\(shown)")
    // The connection that was there is still there.
    #expect(try await shell.enter("subtract 42 23").contains("19"))
    try await shell.quit()
  }
}
