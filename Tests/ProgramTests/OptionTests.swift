import TestScreens
import Testing

/// Options that change what goes to the server, as a curl user would guess them.
@Suite(.seated) struct OptionTests {
  private static let reply = #"{"jsonrpc":"2.0","id":1,"result":true}"#

  @Test func learnsMethodsFromADocumentOnTheWeb() async throws {
    let document =
      #"{"openrpc": "1.3.2", "info": {"title": "t", "version": "1"}, "methods": [{"name": "ping", "params": []}]}"#
    let server = try ScriptedServer { request, connection in
      let isThere = request.hasPrefix("GET /api.json ")
      if request.hasPrefix("GET "), !isThere {
        connection.respond(status: "404 Not Found", type: "text/plain", body: "none")
      } else {
        connection.respond(
          status: "200 OK", type: "application/json", body: isThere ? document : Self.reply)
      }
      return true
    }
    let place = "http://localhost:\(server.port)"
    let words = ["-u", "me:secret", server.url, "ping", "1"]
    let run = try await ProgramRun.finish(["call", "--openrpc", "\(place)/api.json"] + words)
    #expect(run.status == .exited(2) && run.errors.contains("ping"), "\(run.errors)")
    // The credentials are for the other host.
    #expect(server.requests.count == 1 && !server.requests[0].contains("Authorization"))
    let gone = try await ProgramRun.finish(["call", "--openrpc", "\(place)/gone.json"] + words)
    #expect(gone.status == .exited(3))
    #expect(gone.errors.contains("/gone.json gave no document: 404 Not Found"), "\(gone.errors)")
  }

  @Test func sendsHeadersAndCredentials() async throws {
    let server = try ScriptedServer.http(body: Self.reply)
    let run = try await ProgramRun.finish([
      "call", "-H", "X-Trace: 7", "-u", "me:secret", "-A", "tester/1", server.url, "ping",
    ])
    #expect(run.status == .exited(0), "\(run.errors)")
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /rpc HTTP/1.1\r\n"))
    #expect(request.contains("X-Trace: 7\r\n"))
    #expect(request.contains("Authorization: Basic bWU6c2VjcmV0\r\n"))
    #expect(request.contains("User-Agent: tester/1\r\n"))
    #expect(request.contains("Content-Type: application/json\r\n"))
    #expect(request.hasSuffix(#"{"jsonrpc": "2.0", "method": "ping", "id": 1}"#))
  }

  @Test func asksForAPasswordWithoutEcho() async throws {
    let server = try ScriptedServer.http(body: Self.reply)
    let run = try TerminalRun(["call", "-u", "me", server.url, "ping"])
    try await run.waitFor("password for me:")
    try await run.type("secret\r")
    #expect(try await run.exit() == .exited(0))
    #expect(run.screen.text.contains("true"))
    #expect(!run.screen.text.contains("secret"))
    #expect(server.requests.first?.contains("Authorization: Basic bWU6c2VjcmV0\r\n") == true)
    run.expectRestored()
  }

  /// An interruption at the question leaves the terminal as it was, too.
  @Test func givesUpAtThePassword() async throws {
    let run = try TerminalRun(["call", "-u", "me", "http://127.0.0.1:1/", "ping"])
    try await run.waitFor("password for me:")
    try await run.press(.controlC)
    #expect([.exited(130), .signalled(2)].contains(try await run.exit()))
    run.expectRestored()
  }

  @Test(.enabled(if: Installed.has("openssl"), "openssl is not installed"))
  func trustsWhomItIsTold() async throws {
    let server = try await LoopbackServer.tls()
    let url = "https://localhost:\(server.port)/"
    // This server shakes hands, and then knows nothing of POST.
    let table = [
      ([], "TLS failed"), (["-k"], "no reply"),
      (["--cacert", "\(server.home.path)/cert.pem"], "no reply"),
      (["--cacert", "/nowhere.pem"], "/nowhere.pem"),
    ]
    for (options, words) in table {
      let run = try await ProgramRun.finish(["call", "-m", "5"] + options + [url, "ping"])
      #expect(run.status != .exited(0))
      #expect(run.errors.contains(words), "\(options): \(run.errors)")
      #expect(run.errors.components("error: ") == 1, "\(options): \(run.errors)")
    }
  }

  @Test func sendsOnlyANotificationWhereThatIsWanted() async throws {
    let server = try ScriptedServer.http(status: "202 Accepted", body: "")
    let run = try await ProgramRun.finish(["call", "--notify", server.url, "log", "level=info"])
    #expect(run.status == .exited(0), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(
      server.requests.first?.hasSuffix(
        #"{"jsonrpc": "2.0", "method": "log", "params": {"level": "info"}}"#) == true)
  }
}
