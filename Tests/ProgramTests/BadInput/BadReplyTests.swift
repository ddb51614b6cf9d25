import TestScreens
import Testing

/// Replies that are no JSON-RPC, or none at all.
@Suite(.seated) struct BadReplyTests {
  @Test func pageThatWasNotFound() async throws {
    let server = try ScriptedServer.http(
      status: "404 Not Found", type: "text/html", body: "<html><h1>Not Found</h1></html>")
    let shell = try TerminalRun([server.url, "--no-discover"], columns: 110, rows: 40)
    let shown = try await shell.enter("ping")
    #expect(shown.components("error[") == 1, "\(shown)")
    #expect(shown.contains("error[http.not-found]") && shown.contains("404 Not Found"))
    #expect(shown.contains("hint: try other paths"))
    #expect(shown.contains("<h1>Not Found</h1>"))
    try await shell.quit()
    #expect(try await ProgramRun.finish(["call", server.url, "ping"]).status == .exited(5))
  }

  @Test func pageThatIsCalledJSON() async throws {
    let server = try ScriptedServer.http(body: "<html>500: OK</html>")
    let run = try await ProgramRun.finish(["call", server.url, "ping"])
    #expect(run.status == .exited(5))
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("<html>"))
  }

  @Test func emptyBody() async throws {
    let server = try ScriptedServer.http(body: "")
    let shell = try TerminalRun([server.url, "--no-discover"], columns: 110, rows: 40)
    let shown = try await shell.enter("ping")
    #expect(shown.components("error[") == 1, "\(shown)")
    #expect(shown.contains("error[http.empty-body]") && shown.contains("hint: "))
    try await shell.quit()
    #expect(try await ProgramRun.finish(["call", server.url, "ping"]).status == .exited(5))
  }

  @Test func childThatLogsBeforeItAnswers() async throws {
    let script =
      #"echo "starting up"; while read -r x; do echo '{"jsonrpc":"2.0","id":1,"result":"pong"}'; done"#
    let run = try await ProgramRun.finish(
      ["-e", "ping", "--", "sh", "-c", script])
    #expect(run.output == "\"pong\"\n")
    #expect(run.errors.contains("starting up"))
    let shell = try TerminalRun(["--", "sh", "-c", script], columns: 110, rows: 40)
    try await shell.waitFor("starting up")
    try await shell.waitForPrompt()
    try await shell.quit()
  }

  @Test func lineOfJSONThatIsNotFinished() async throws {
    let script = #"while read -r x; do echo '{"jsonrpc":"2.0","id":1,"result":{"a":'; done"#
    let shell = try TerminalRun(
      ["--no-discover", "--", "sh", "-c", script], columns: 110, rows: 40)
    let shown = try await shell.enter("ping")
    #expect(shown.contains("json."), "\(shown)")
    #expect(shown.contains("^"), "\(shown)")
    try await shell.quit()
    let run = try await ProgramRun.finish(["call", "stdio:sh -c '\(script.escaped)'", "ping"])
    #expect(run.status == .exited(5), "\(run.errors)")
  }

  @Test func childThatDiesInTheMiddleOfAReply() async throws {
    let script = #"read -r x; printf '{"jsonrpc":"2.0","id":1,"resu'; exit 4"#
    let run = try await ProgramRun.finish(["-e", "ping", "--", "sh", "-c", script])
    #expect([.exited(3), .exited(5)].contains(run.status))
    #expect(run.errors.contains("status 4"))
  }

  /// More than the limit: an error that says how to take more, at once, and the session goes on.
  @Test func twoHundredMegabytes() async throws {
    let server = try ScriptedServer { request, connection in
      guard request.contains("huge") else {
        connection.respond(
          status: "200 OK", type: "application/json",
          body: #"{"jsonrpc":"2.0","id":2,"result":"small"}"#)
        return true
      }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 200000043\r\n\r\n")
      connection.write(#"{"jsonrpc":"2.0","id":1,"result":""#)
      let part = String(repeating: "x", count: 1_000_000)
      for _ in 0..<200 { connection.write(part) }
      connection.write(#"       "}"#)
      return true
    }
    let shell = try TerminalRun([server.url, "--no-discover"], columns: 110, rows: 40)
    let shown = try await shell.enter("huge")
    #expect(shown.contains("larger than the limit"), "\(shown)")
    #expect(shown.components("error: ") == 1 && shown.contains("hint: "), "\(shown)")
    #expect(try await shell.enter("modest").contains("small"))

    try await shell.enter(".set limit 1G")
    try await shell.enter(".set id decimal")
    let whole = try await shell.enter("y = huge")
    #expect(!whole.contains("larger"), "\(whole.prefix(2000))")
    try await shell.enter(".last raw > huge.json")
    #expect(shell.home.size("huge.json").map { $0 >= 200_000_000 } == true)
    try await shell.quit()
  }

  @Test func serverThatNeverAnswers() async throws {
    let server = try ScriptedServer.silent()
    let shell = try TerminalRun([server.url, "--no-discover"], columns: 110, rows: 40)
    try await shell.waitForPrompt()
    try await shell.type("ping\r")
    try await shell.wait(for: "the request") { _ in server.requests.isEmpty ? nil : true }
    let start = ContinuousClock.now
    try await shell.press(.controlC)
    try await shell.waitFor("cancelled")
    try await shell.waitForPrompt()
    // It is meant to take 0.1 s; the machine may be busy.
    #expect(ContinuousClock.now - start < .seconds(5))

    try await shell.enter(".set timeout 0.2")
    let shown = try await shell.enter("ping")
    #expect(shown.contains("no reply within 0.2 s") && shown.contains("hint: "))
    try await shell.press(.up)
    try await shell.wait(for: "the entry") { $0.beforeCursor.hasSuffix("> ping") ? true : nil }
    try await shell.press(.controlC)
    try await shell.quit()
  }

  @Test func childThatNeverAnswers() async throws {
    let shell = try TerminalRun(["--no-discover", "--", "sleep", "1000"], columns: 110, rows: 40)
    try await shell.waitForPrompt()
    try await shell.type("ping\r")
    try await shell.waitFor("--> ")
    try await shell.press(.controlC)
    try await shell.waitFor("cancelled")
    try await shell.waitForPrompt()
    try await shell.quit()
  }
}

extension String {
  var escaped: String { split(separator: "'").joined(separator: "'\\''") }
}
