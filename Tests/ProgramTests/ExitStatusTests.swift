import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the exit status says of a run without a person.
@Suite(.seated) struct ExitStatusTests {
  struct Reply: CustomTestStringConvertible, Sendable {
    var http = "200 OK"
    var type = "application/json"
    let body: String
    let status: Int32

    var testDescription: String { "\(http) \(body) is \(status)" }
  }

  @Test(arguments: [
    Reply(body: #"{"jsonrpc":"2.0","id":1,"result":[1.0,1e2]}"#, status: 0),
    Reply(
      body: #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}"#, status: 1),
    Reply(
      http: "500 Internal Server Error",
      body: #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}"#, status: 1),
    Reply(
      http: "401 Unauthorized",
      body: #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}"#, status: 1),
    Reply(http: "401 Unauthorized", type: "text/plain", body: "no", status: 4),
    Reply(http: "403 Forbidden", type: "text/html", body: "<p>no", status: 4),
    Reply(http: "404 Not Found", type: "text/html", body: "<p>no", status: 5),
    Reply(body: "", status: 5),
    Reply(body: #"{"jsonrpc":"2.0","id":1,"result":"#, status: 5),
    Reply(body: #"{"jsonrpc":"2.0","id":1}"#, status: 5),
    Reply(body: #"{"hello":"world"}"#, status: 5),
  ])
  func ofOneReply(reply: Reply) async throws {
    let server = try ScriptedServer.http(status: reply.http, type: reply.type, body: reply.body)
    let run = try await ProgramRun.finish(["call", server.url, "ping"])
    #expect(run.status == .exited(reply.status), "\(run.errors)")
    // Only results go to standard output, and they go as they came.
    #expect(run.output.isEmpty == (reply.status != 0))
    #expect(server.requests.count == 1)
  }

  /// Servers whose reply is good, and who are not: what is told as an error shows in the status, too.
  @Test(arguments: [
    (#"read x; printf '%s\n%s\n' "$R" "$R"; cat"#, "lines", "rpc.id-duplicate"),
    (
      #"read x; printf 'Traceback (most recent call last):\n%s\n' "$R"; cat"#, "lines",
      "frame.stack-trace"
    ),
    (#"read x; printf 'Content-Length: 36\r\n\r\n%s' "$R"; cat"#, "values", "frame.headers-met"),
    (#"read x; printf 'Content-Length: 36\r\n\r\n%s' "$R"; cat"#, "lines", "frame.headers-met"),
  ])
  func ofAGoodReplyWithAnErrorBesideIt(script: String, framing: String, rule: String) async throws {
    let server = #"R='{"jsonrpc":"2.0","result":19,"id":1}'; "# + script
    let words = ["call", "--framing", framing, "stdio:sh -c '\(server.escaped)'", "ping"]
    let run = try await ProgramRun.finish(words)
    #expect(run.output == "19\n")
    #expect(run.errors.contains("error[\(rule)]"), "\(run.errors)")
    #expect(run.status == .exited(5))
    let record = try await ProgramRun.finish(["call", "--json"] + words.dropFirst())
    #expect(record.output.contains(#""rule": "\#(rule)", "severity": "error""#), "\(record.output)")
    #expect(record.status == .exited(5))
  }

  @Test func ofTheResultAsItCame() async throws {
    let body = #"{"jsonrpc":"2.0","id":1,"result":{"b":1.0,"a":1e2,"b":"\u00e9"}}"#
    let server = try ScriptedServer.http(body: body)
    let run = try await ProgramRun.finish(["call", server.url, "ping", "-5"])
    #expect(run.status == .exited(0))
    for part in ["1.0", "1e2", #""\u00e9""#] { #expect(run.output.contains(part)) }
    #expect(server.requests.first?.contains("[-5]") == true)
  }

  @Test func ofAnUnreachableTarget() async throws {
    let port = try Loopback.freePort()
    let run = try await ProgramRun.finish(["call", "http://127.0.0.1:\(port)/", "ping"])
    #expect(run.status == .exited(3))
    #expect(run.errors.contains("connection refused"))
  }

  @Test func ofATimeout() async throws {
    let server = try ScriptedServer.silent()
    let run = try await ProgramRun.finish(["call", "-m", "0.3", server.url, "ping"])
    #expect(run.status == .exited(3))
    #expect(run.errors.contains("no reply within"))
  }

  @Test func ofAnInterruption() async throws {
    let server = try ScriptedServer.silent()
    let run = try ProgramRun(["call", server.url, "ping"])
    let asked = try await eventually { server.requests.isEmpty ? nil : true }
    #expect(asked == true)
    run.signal(SIGINT)
    #expect(try await run.exit() == .exited(130))
  }

  /// Of several the weightiest: interruption, usage, no connection, credentials, malformed, error.
  @Test func ofSeveralStatements() async throws {
    let run = try await ProgramRun.finish([
      "demo", "-e", "subtract 3 1", "-e", "errors.application", "-e", "subtract 2 1",
    ])
    #expect(run.status == .exited(1), "\(run.errors)")
    #expect(run.lines == ["2", "1"])
    let worse = try await ProgramRun.finish([
      "demo", "-e", "errors.application", "-e", "broken.truncated", "-e", ".nonsense",
    ])
    #expect(worse.status == .exited(2), "\(worse.errors)")
    let malformed = try await ProgramRun.finish(
      ["demo", "-e", "errors.application ; broken.trailingComma"])
    #expect(malformed.status == .exited(5), "\(malformed.errors)")
  }
}
