import TestChannels
import TestFolders
import Testing
import Wire

@testable import Shell

@Suite("Raw text, batches and replies that are none", .timeLimit(.minutes(2)))
struct RawTests {
  @Test(
    "raw text goes out as it was typed",
    arguments: [
      #"{"jsonrpc": "2.0",  "method": "echo", "params": [1.0], "id": 7}"#,
      #"{"jsonrpc":"2.0","method":"echo","params":{"s":"$x @f | > ;"},"id":"a"}"#,
    ])
  func raw(_ text: String) async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(text).status == .ok)
    #expect(shell.server.messages == [text])
  }

  @Test("broken or unfinished raw text goes out too, with a warning")
  func broken() async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run(#"{"a": oops} | .x"#)
    #expect(shell.sent == #"{"a": oops} | .x"#)
    #expect(outcome.error.contains("'oops' is no JSON value"))
    #expect(outcome.error.contains("it is sent as it stands"))
    #expect(outcome.status == .errorReply)
    _ = try await shell.run(#"{"a": "#)
    #expect(shell.sent == #"{"a":"#)
  }

  @Test("newlines between tokens become blanks where a message is a line")
  func newlines() async throws {
    let text = "{\"jsonrpc\": \"2.0\",\n\"method\": \"echo\",\r\n\"id\": 1}"
    let lines = try ShellHarness(.child)
    let outcome = try await lines.run(text)
    #expect(lines.sent == #"{"jsonrpc": "2.0", "method": "echo",  "id": 1}"#)
    #expect(outcome.error.contains("newlines became blanks"))
    let values = try ShellHarness(.tcp)
    _ = try await values.run(text)
    #expect(values.sent == text)
  }

  @Test("bytes are sent untouched")
  func exact() async throws {
    let shell = try ShellHarness()
    try shell.folder.write("request", "{\"jsonrpc\": \"2.0\",\n \"method\": \"echo\", \"id\": 3}\n")
    _ = try await shell.run(".send @\(shell.folder.path)/request")
    #expect(shell.sent == "{\"jsonrpc\": \"2.0\",\n \"method\": \"echo\", \"id\": 3}\n")
    _ = try await shell.run(#".send --exact {"id": 1, "method": > x"#)
    #expect(shell.sent == #"{"id": 1, "method": > x"#)
    let count = shell.server.messages.count
    for line in [".send", ".send x", ".send @/no/such/file", ".send @"] {
      #expect(try await shell.run(line).status == .usage)
    }
    #expect(shell.server.messages.count == count)
  }

  @Test("a batch is one message, and its table pairs replies with requests")
  func batch() async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run(
      ".batch subtract 42 23 ; .notify log 'a ; b' ; echo m='x > y'")
    #expect(
      shell.sent == #"[{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}, "#
        + #"{"jsonrpc": "2.0", "method": "log", "params": ["a ; b"]}, "#
        + #"{"jsonrpc": "2.0", "method": "echo", "params": {"m": "x > y"}, "id": 2}]"#)
    #expect(outcome.status == .ok)
    #expect(outcome.output.contains("19"))
    #expect(outcome.output.contains("notification"))
    #expect(outcome.output.contains("out of order"))
    #expect(try await shell.run(".batch fail ; echo").status == .errorReply)
    #expect(try await shell.run("b = .batch echo 1 ; echo 2").status == .ok)
    #expect(try await shell.run("$b[0].result").output == "[2]\n")
    let count = shell.server.messages.count
    for line in [".batch ;", ".batch a ; .help", ".batch a ; 'b", ".batch a > f ; b"] {
      #expect(try await shell.run(line).status == .usage, "\(line)")
    }
    #expect(shell.server.messages.count == count)
  }

  @Test("a batch is collected line by line")
  func collecting() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(".batch").error.contains("an empty line sends"))
    for line in ["subtract 42 23", ".notify log 1"] { _ = try await shell.run(line) }
    #expect(try await shell.run("echo 'open").status == .usage)
    #expect(try await shell.run(".help").status == .usage)
    let raw = try await shell.run(#"{"jsonrpc": "2.0", "method": "x", "id": 1}"#)
    #expect(raw.error.contains("can't be an element of a batch"))
    #expect(shell.server.messages == [])
    #expect(shell.interpreter.collecting == ["subtract 42 23", ".notify log 1"])
    let outcome = try await shell.run("")
    #expect(outcome.output.contains("19"))
    #expect(shell.server.messages.count == 1)
    #expect(shell.interpreter.collecting == nil)
    _ = try await shell.run(".batch")
    _ = try await shell.run("echo 1")
    #expect(try await shell.run(".").error.contains("given up"))
    #expect(shell.server.messages.count == 1)
    _ = try await shell.run(".batch")
    #expect(try await shell.run("").status == .ok)
    #expect(shell.server.messages.count == 1)
  }

  @Test(
    "a reply that is none is shown, told, and the session goes on",
    arguments: [
      ("", "http.empty-body"), ("{\"jsonrpc\": \"2.0\"}", "rpc.outcome-missing"),
      ("5", "rpc.not-a-response"), ("{\"jsonrpc\": \"2.0\", \"result\": 1, \"id\": 1", "json."),
      ("{\"jsonrpc\": \"2.0\", \"result\": 1, \"id\": 99}", "rpc.id-mismatch"),
      ("{\"jsonrpc\": \"2.0\", \"result\": 1, \"id\": \"1\"}", "rpc.id-mismatch"),
    ])
  func malformed(_ reply: String, _ rule: String) async throws {
    let shell = try ShellHarness(.http)
    let argument = reply.replacing("\"", with: "\\\"")
    let outcome = try await shell.run("raw \"\(argument)\"")
    #expect(outcome.status == .malformed)
    #expect(outcome.error.contains("[\(rule)"), "\(outcome.error)")
    #expect(try await shell.run("subtract 2 1").output == "1\n")
  }

  @Test(
    "a reply of HTTP that is no JSON-RPC has a hint and a status",
    arguments: [
      (
        "status 404 'Not Found' '<html>'", "[http.not-found]",
        Shell.ExitStatus.malformed
      ),
      ("status 401 Unauthorized no", "[http.unauthorized]", .refused),
      ("status 403 Forbidden no", "[http.forbidden]", .refused),
      ("status 407 Proxy no", "[http.proxy-authentication]", .refused),
      ("status 500 Oops ''", "[http.server-error]", .malformed),
      ("status 200 OK ''", "[http.empty-body]", .malformed),
      ("status 302 Found x", "[http.redirect]", .malformed),
      ("status 405 No x", "[http.method-not-allowed]", .malformed),
      (
        #"status 500 Error '{"jsonrpc": "2.0", "error": {"code": 1, "message": "m"}, "id": 1}'"#,
        "error 1: m", .errorReply
      ),
      (
        #"status 401 No '{"jsonrpc": "2.0", "error": {"code": 1, "message": "m"}, "id": 1}'"#,
        "error 1: m", .errorReply
      ),
    ])
  func http(_ line: String, _ words: String, _ status: Shell.ExitStatus) async throws {
    let shell = try ShellHarness(.http)
    let outcome = try await shell.run(line)
    #expect(outcome.status == status)
    #expect(outcome.error.contains(words), "\(outcome.error)")
  }
}
