import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope replay` and `.replay`, as their users meet them.
@Suite(.seated) struct ReplayTests {
  /// A server over HTTP that greets each client, and knows them by the session that it gave.
  private static func sessions() throws -> ScriptedServer {
    try ScriptedServer { request, connection in
      let body = request.range(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
      let id = body.range(of: #""id": "#).map { body[$0.upperBound...].prefix { $0 != "}" } } ?? "0"
      func reply(_ result: String, _ more: String = "") {
        let text = #"{"jsonrpc":"2.0","id":\#(id),\#(result)}"#
        connection.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(more)"
            + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
      }
      if body.contains(#""method": "initialize""#) {
        reply(
          #""result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"#
            + #""serverInfo":{"name":"old","version":"1"}}"#,
          "Mcp-Session-Id: 5e55-10n-0f-a-client\r\n")
      } else if body.contains("server/discover") {
        reply(#""error":{"code":-32601,"message":"Method not found"}"#)
      } else if !request.contains("5e55-10n-0f-a-client") {
        reply(#""error":{"code":-32000,"message":"no session"}"#)
      } else if body.contains("notifications/") {
        connection.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
      } else {
        reply(#""result":{"content":[{"type":"text","text":"done"}]}"#)
      }
      return true
    }
  }

  @Test("the handshake of MCP is done anew, with the server and with its mock")
  func handshakeEra() async throws {
    let server = try Self.sessions()
    let recorded = RecordedServer(
      target: ["http://127.0.0.1:\(server.port)/mcp"],
      statements: ["tools/call name=x arguments:={}", ".notify notifications/progress a:=1"],
      count: 2)
    let home = try await recorded.record()
    let greetings = server.requests.count { $0.contains(#""method": "initialize""#) }
    let again = try await recorded.replay(home)
    #expect(again.isSame(2), "\(again.output)\(again.errors)")
    #expect(server.requests.count { $0.contains(#""method": "initialize""#) } == greetings + 1)
    let mocked = try await recorded.replayToMock(home)
    #expect(mocked.isSame(2), "\(mocked.output)\(mocked.errors)")
    let shown = try await ProgramRun.finish(["show", "last", "--all"], home: home)
    #expect(shown.output.contains("2025-06-18"), "\(shown.output)")
  }

  // MARK: - Differences

  /// A server whose answers change once.
  private static func prices(_ price: String) throws -> ScriptedServer {
    try ScriptedServer { request, connection in
      let id = request.range(of: #""id": "#).map { request[$0.upperBound...].prefix { $0 != "}" } }
      let body: String
      if request.contains("cheapest") {
        body =
          price == "2.50"
          ? #"{"jsonrpc":"2.0","id":\#(id ?? "0"),"result":{"name":"tea","tags":["hot","green"]}}"#
          : #"{"jsonrpc":"2.0","id":\#(id ?? "0"),"error":{"code":-32000,"message":"sold out"}}"#
      } else {
        let at = price == "2.50" ? "2026-11-21T10:00:00Z" : "2026-11-22T10:00:00Z"
        body =
          #"{"jsonrpc":"2.0","id":\#(id ?? "0"),"result":{"price":\#(price),"at":"\#(at)"}}"#
      }
      connection.respond(status: "200 OK", type: "application/json", body: body)
      return true
    }
  }

  private static func recorded() async throws -> (Home, ScriptedServer) {
    let old = try prices("2.50")
    let home = try await RecordedServer(
      target: [old.url], statements: ["price tea", "cheapest", "price cup"], count: 3
    ).record()
    return (home, try prices("2.75"))
  }

  @Test("what differs is shown by path, counted, and ends with status 6")
  func differs() async throws {
    let (home, new) = try await Self.recorded()
    let run = try await ProgramRun.finish(["replay", "session.jsonl", new.url], home: home)
    #expect(run.status == .exited(6))
    #expect(run.output.contains("   1  differs         price  "), "\(run.output)")
    #expect(run.output.contains("    result.price\n    - 2.50\n    + 2.75\n"))
    #expect(run.output.contains("   2  now an error    cheapest  "))
    #expect(run.errors.contains("\ndiffers  ") || run.errors.contains("now\ndiffers  "))
    #expect(run.errors.contains("latency p95"))
    #expect(run.errors.contains("--vary 'time:$.result.at'"))
    let some = try await ProgramRun.finish(
      [
        "replay", "session.jsonl", new.url, "method:price", "--vary", "time:$.result.at",
        "--tolerance", "10%",
      ], home: home)
    #expect(some.isSame(2), "\(some.output)\(some.errors)")
    let first = try await ProgramRun.finish(
      ["replay", "session.jsonl", new.url, "--stop"], home: home)
    #expect(first.errors.contains("not sent"), "\(first.errors)")
    #expect(first.output.contains("result.price") && !first.output.contains("cheapest"))
    let beside = try await ProgramRun.finish(
      ["replay", "session.jsonl", new.url, "--side-by-side", "-q"], home: home)
    #expect(beside.output.contains("2.50  "), "\(beside.output)")
    #expect(beside.output.contains("│ 2.75\n"))
  }

  @Test("programs read it as JSON and as JUnit's XML")
  func forPrograms() async throws {
    let (home, new) = try await Self.recorded()
    let run = try await ProgramRun.finish(
      ["replay", "session.jsonl", new.url, "--json", "--junit", "report.xml"], home: home)
    #expect(run.status == .exited(6))
    #expect(run.lines.count == 4)
    #expect(
      run.lines[0].contains(
        #"{"path": "$.result.price", "kind": "changed", "old": 2.50, "new": 2.75}"#),
      "\(run.output)")
    #expect(run.lines[3].contains(#""vary": ["time:$.result.at"]"#), "\(run.output)")
    let report = home.read("report.xml") ?? ""
    #expect(report.contains(#"tests="3" failures="3""#), "\(report)")
    #expect(report.contains("- 2.50\n+ 2.75"))
  }

  @Test("what is different can be accepted, and the old file is kept")
  func accepts() async throws {
    let (home, new) = try await Self.recorded()
    let before = home.read("session.jsonl")
    let update = try await ProgramRun.finish(
      ["replay", "session.jsonl", new.url, "--update"], home: home)
    #expect(update.status == .exited(0), "\(update.errors)")
    #expect(update.errors.contains("3 replies accepted in session.jsonl"))
    #expect(home.read("session.jsonl.bak") == before)
    let again = try await ProgramRun.finish(["replay", "session.jsonl", new.url], home: home)
    #expect(again.isSame(3), "\(again.output)\(again.errors)")
    let back = try await ProgramRun.finish(
      ["diff", "session.jsonl.bak", "session.jsonl"], home: home)
    #expect(back.status == .exited(6))
  }

  // MARK: - What can't be sent

  @Test("masked secrets are asked for before anything is sent, and put back")
  func secrets() async throws {
    let server = try ScriptedServer.http(body: #"{"jsonrpc":"2.0","id":1,"result":true}"#)
    let home = try await RecordedServer(
      target: [server.url], statements: [#"login user=me password=hunter2-x"#],
      connection: ["-u", "me:pa55word-y", "-H", "X-Api-Key: key-0123456789"], count: 1
    ).record()
    let sent = server.requests.count
    let none = try await ProgramRun.finish(["replay", "session.jsonl"], home: home)
    #expect(none.status == .exited(2))
    #expect(none.errors.contains("3 secrets were masked"), "\(none.errors)")
    #expect(none.errors.contains("--secret password=@FILE"))
    #expect(none.errors.contains("-H 'X-Api-Key: …'"))
    #expect(server.requests.count == sent)
    try home.write("password", "hunter2-x\n")
    let run = try await ProgramRun.finish(
      [
        "replay", "session.jsonl", "-u", "me:pa55word-y", "--secret", "password=@password",
        "--secret", "x-api-key=key-0123456789",
      ], home: home)
    #expect(run.isSame(1), "\(run.output)\(run.errors)")
    let last = try #require(server.requests.last)
    #expect(last.contains("X-Api-Key: key-0123456789\r\n"))
    #expect(last.contains(#""password": "hunter2-x""#))
    #expect(last.contains("Authorization: Basic "))
    let shown = try await ProgramRun.finish(["show", "last"], home: home)
    #expect(!shown.output.contains("hunter2"))
  }

  @Test("a value that an earlier reply brought is carried into later requests, and said")
  func carries() async throws {
    let count = Counter()
    let server = try ScriptedServer { request, connection in
      let id = request.range(of: #""id": "#).map { request[$0.upperBound...].prefix { $0 != "}" } }
      let result = request.contains("open") ? #""session-000\#(count.next())""# : "true"
      connection.respond(
        status: "200 OK", type: "application/json",
        body: #"{"jsonrpc":"2.0","id":\#(id ?? "0"),"result":\#(result)}"#)
      return true
    }
    let recorded = RecordedServer(
      target: [server.url], statements: ["key = open", "use $key"], count: 2)
    let home = try await recorded.record()
    let run = try await recorded.replay(home, ["--vary", "any:$.result"])
    #expect(run.isSame(2), "\(run.output)\(run.errors)")
    #expect(run.output.contains("carried .params[0] from $.result of 1: \"session-0002\""))
    #expect(server.requests.last?.contains(#"["session-0002"]"#) == true)
    let not = try await recorded.replay(home, ["--vary", "any:$.result", "--carry", "none"])
    #expect(not.status == .exited(0))
    #expect(server.requests.last?.contains(#"["session-0001"]"#) == true)
  }

  @Test("nobody there is status 3, Ctrl-C ends with what was compared so far")
  func ends() async throws {
    var server: ScriptedServer? = try .http(body: #"{"jsonrpc":"2.0","id":1,"result":1}"#)
    let home = try await RecordedServer(
      target: [try #require(server).url], statements: ["a"], count: 1
    ).record()
    server = nil
    let gone = try await ProgramRun.finish(["replay", "session.jsonl"], home: home)
    #expect(gone.status == .exited(3), "\(gone.errors)")
    #expect(gone.errors.contains("connection refused"))
    let demo = try Home()
    _ = try await ProgramRun.finish(
      ["demo", "--record", "s.jsonl", "-e", "subtract 5 3", "-e", "subtract 6 3"], home: demo)
    let silent = try ScriptedServer { request, connection in
      if request.contains("[5, 3]") {
        connection.respond(
          status: "200 OK", type: "application/json", body: #"{"jsonrpc":"2.0","id":1,"result":2}"#)
      }
      return true
    }
    let run = try ProgramRun(["replay", "s.jsonl", silent.url], home: demo)
    try await run.waitFor("   1  same")
    run.signal(SIGINT)
    #expect(try await run.exit() == .exited(130))
    #expect(run.errorText.contains("interrupted: 1 were not sent"), "\(run.errorText)")
    #expect(run.errorText.contains("not sent  "), "\(run.errorText)")
  }

  @Test(
    "command lines that make no sense are told so",
    arguments: [
      ["nowhere.jsonl"], ["s.jsonl", "http://", "x"], ["s.jsonl", "--pace", "slow"],
      ["s.jsonl", "--concurrency", "0"], ["s.jsonl", "--secret", "x"],
      ["s.jsonl", "--vary", "$["], ["s.jsonl", "--tolerance", "much"],
      ["s.jsonl", "--latency", "0.5"], ["s.jsonl", "status:tea"], ["s.jsonl", "method:none"],
      ["s.jsonl", "--record", "a", "--no-record"],
    ])
  func usage(words: [String]) async throws {
    let home = try Home()
    _ = try await ProgramRun.finish(
      ["demo", "--record", "s.jsonl", "-e", "subtract 5 3"], home: home)
    let run = try await ProgramRun.finish(["replay"] + words, home: home)
    #expect(run.status == .exited(2), "\(run.errors)")
    #expect(!run.errors.isEmpty)
  }

  @Test("the shell sends its own exchanges again, or a recording's")
  func shell() async throws {
    let home = try Home()
    let shell = try TerminalRun(["demo"], columns: 100, rows: 40, home: home)
    try await shell.enter("subtract 42 23")
    try await shell.enter("nope")
    let own = try await shell.enter(".replay 1..9")
    #expect(own.contains("same") && own.contains("subtract") && own.contains("nope"), "\(own)")
    try await shell.enter(".save two.jsonl method:subtract")
    let file = try await shell.enter(".replay two.jsonl --quiet")
    #expect(file.contains("same") && !file.contains("nope"), "\(file)")
    #expect(try await shell.enter(".replay --pace x").contains("x is no pace"))
    try await shell.quit()
  }
}

/// Counts calls from several threads.
private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}

extension String {
  fileprivate func contains(_ text: String) -> Bool { range(of: text) != nil }
}
