import TestScreens
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope serve`, as its users meet it.
@Suite(.seated) struct ServeTests {
  static let places: [[String]] = [
    ["--listen", "127.0.0.1:0"], ["--tcp", "127.0.0.1:0"],
    ["--tcp", "127.0.0.1:0", "--framing", "headers"],
    ["--tcp", "127.0.0.1:0", "--framing", "lines"], ["--unix", "socket"],
  ]

  @Test(
    "the demo is served everywhere, logs each exchange and ends with a signal", arguments: places)
  func servesDemo(place: [String]) async throws {
    let home = try Home()
    let place = place.map { $0 == "socket" ? "\(home.path)/socket" : $0 }
    let server = try await ServedProgram(["serve"] + place, home: home)
    let framing = place.firstIndex(of: "--framing").map { [place[$0], place[$0 + 1]] } ?? []
    let outcome = try await ProgramRun.finish(
      ["call"] + framing + [server.url, "subtract", "42", "23"])
    #expect(outcome.output == "19\n")
    #expect(outcome.status == .exited(0))
    server.run.signal(SIGTERM)
    #expect(try await server.run.exit() == .exited(0))
    let log = server.run.errorText
    #expect(log.contains("serving rpcscope demo at \(server.url)"))
    #expect(
      log.range(of: #"--> {"jsonrpc": "2.0", "method": "subtract", "params": [42, 23]"#) != nil)
    #expect(log.range(of: #"<-- {"jsonrpc": "2.0", "result": 19"#) != nil)
    #expect(log.hasSuffix("ended\n"))
  }

  @Test("what runs at the end is answered, and a quiet server says nothing")
  func endsCleanly() async throws {
    let server = try await ServedProgram.start("--quiet", "--grace", "30")
    let call = try ProgramRun(["call", server.url, "slow", "1", "1"])
    // The call must have begun: another one is answered after it.
    try await Task.sleep(for: .milliseconds(300))
    server.run.signal(SIGINT)
    #expect(try await call.exit() == .exited(0))
    #expect(call.outputText.range(of: "steps") != nil)
    #expect(try await server.run.exit() == .exited(0))
    #expect(server.run.errorText == "")
  }

  @Test("a mock checks params, answers from examples and describes itself")
  func mock() async throws {
    let home = try Home()
    let file = try home.write(
      "api.json",
      #"""
      {"openrpc": "1.3.2", "info": {"title": "Shop", "version": "3"}, "methods": [
        {"name": "price", "summary": "Tell a price.",
         "params": [{"name": "item", "required": true, "schema": {"enum": ["tea", "cup"]}},
                    {"name": "count", "schema": {"type": "integer", "minimum": 1}}],
         "result": {"name": "price", "schema": {"type": "number"}},
         "examples": [{"name": "tea", "params": [{"name": "item", "value": "tea"}],
                       "result": {"name": "price", "value": 2.50}},
                      {"name": "cup", "params": [{"name": "item", "value": "cup"}],
                       "result": {"name": "price", "value": 19}}]}]}
      """#)
    let server = try await ServedProgram.start("--openrpc", file, home: home)
    #expect(try await server.call("price", "cup").output == "19\n")
    #expect(try await server.call("price", "tea").output == "2.50\n")
    let wrong = try await server.call("price", "pot")
    #expect(wrong.status == .exited(1))
    #expect(wrong.errors.contains(#"parameter "item" must be one of "tea", "cup", not "pot""#))
    #expect(try await server.call("price", "tea", "0").errors.contains("must be at least 1"))
    // By completion only, as one who knows nothing of it.
    let shell = try TerminalRun([server.url], columns: 100, rows: 40)
    try await shell.waitFor("of Shop 3")
    try await shell.waitForPrompt()
    try await shell.type("pric\t")
    try await shell.wait(for: "the method") { $0.beforeCursor.hasSuffix("> price ") ? true : nil }
    try await shell.type("item=t\t")
    try await shell.wait(for: "the value") { $0.beforeCursor.contains("item=tea") ? true : nil }
    #expect(try await shell.submit().contains("2.50"))
    try await shell.quit()
  }

  @Test("faults are provoked for all methods and for one, and the client sees them")
  func faults() async throws {
    let server = try await ServedProgram.start(
      "--faults", "trailing-comma", "--fault", "echo=wrong-id", "--fault", "add=html",
      "--fault", "sum=delay:1ms", "--fault", "nothing=drop")
    #expect(try await server.call("subtract", "1", "2").status == .exited(5))
    #expect(try await server.call("add", "1", "2").status == .exited(5))
    #expect(try await server.call("sum", "1", "2").output == "3\n")
    let wrongID = try await server.call("echo", "1")
    #expect(wrongID.errors.contains("rpc.id-mismatch"))
    #expect(wrongID.status == .exited(5))
    #expect(try await server.call("--timeout=0.5", "nothing").status == .exited(3))
    server.run.signal(SIGTERM)
    _ = try await server.run.exit()
    #expect(server.run.errorText.range(of: "(200 OK, ") != nil)
    #expect(server.run.errorText.range(of: ", trailing-comma)") != nil)
  }

  @Test("HTTP over a Unix socket, as the log says how to reach it")
  func httpOverUnix() async throws {
    let home = try Home()
    let path = "\(home.path)/socket"
    let server = try await ServedProgram(["serve", "--unix", path, "--http"], home: home)
    #expect(server.url == "http+unix:\(path)")
    let outcome = try await ProgramRun.finish(
      ["call", "--unix-socket", path, "http://localhost/", "subtract", "42", "23"])
    #expect(outcome.output == "19\n")
    server.run.signal(SIGTERM)
    #expect(try await server.run.exit() == .exited(0))
    #expect(server.run.errorText.contains("(rpcscope --unix-socket \(path) http://localhost/)"))
    #expect(server.run.errorText.contains("(200 OK"))
  }

  @Test("faults take texts, files and some calls only")
  func madeFaults() async throws {
    let home = try Home()
    let file = try home.write(
      "reply.json", #"{"jsonrpc": "2.0", "result": "from a file", "id": $id}"#)
    let server = try await ServedProgram.start(
      "--faults", "value:[007\\,]:#2", "--fault", "echo=text:@\(file)", home: home)
    #expect(try await server.call("add", "1", "2").output == "3\n")
    let second = try await server.call("add", "1", "2")
    #expect(second.errors.contains("json.leading-zero"))
    #expect(second.errors.contains("json.trailing-comma"))
    #expect(try await server.call("add", "1", "2").output == "3\n")
    #expect(try await server.call("echo", "1").output == "\"from a file\"\n")
  }

  @Test("the faults are listed")
  func list() async throws {
    let outcome = try await ProgramRun.finish(["serve", "--list-faults"])
    #expect(outcome.status == .exited(0))
    #expect(outcome.lines.count > 40)
    #expect(outcome.output.contains("  trailing-comma          a comma before a closing brace"))
    #expect(outcome.lines.contains("The grammar"))
  }

  @Test(
    "command lines that make no sense are told so, with status 2",
    arguments: [
      ["--listen", "nowhere"], ["--tcp", "1", "--unix", "x"], ["--framing", "lines"],
      ["--stdio", "--framing", "x"], ["--http"], ["--unix", "x", "--http", "--framing", "lines"],
      ["--faults", "text:@/nonexistent"], ["--faults", "nope"], ["--fault", "drop"],
      ["--demo", "--openrpc", "x"], ["--openrpc", "/nonexistent"], ["--grace", "-1"],
    ])
  func usage(options: [String]) async throws {
    let outcome = try await ProgramRun.finish(["serve"] + options)
    #expect(outcome.status == .exited(2))
    #expect(!outcome.errors.isEmpty)
    #expect(outcome.output == "")
  }

  @Test("a port that is taken is an error with status 3")
  func taken() async throws {
    let server = try await ServedProgram.start()
    let port = server.url.split(separator: ":").last.map { $0.filter(\.isNumber) } ?? ""
    let outcome = try await ProgramRun.finish(["serve", "--listen", "127.0.0.1:\(port)"])
    #expect(outcome.status == .exited(3))
    #expect(outcome.errors.contains("Address already in use"))
  }

  @Test("a server on standard input and output, with either framing")
  func stdio() async throws {
    for framing in ["lines", "headers"] {
      let outcome = try await ProgramRun.finish([
        "call", "--framing", framing,
        "stdio:\(BuiltProgram.path) serve --quiet --stdio --framing \(framing)", "add", "1", "2",
      ])
      #expect(outcome.output == "3\n", "\(outcome.errors)")
    }
  }

  @Test("the demo over HTTP, explored with Tab alone")
  func explored() async throws {
    let server = try await ServedProgram.start("--quiet")
    let shell = try TerminalRun([server.url], columns: 100, rows: 40)
    try await shell.waitFor("methods of rpcscope demo")
    try await shell.type("subt\t")
    try await shell.wait(for: "the name") { $0.beforeCursor.hasSuffix("> subtract ") ? true : nil }
    #expect(try await shell.submit("42 23").contains("19"))
    // Faults of the frame are explained over HTTP too.
    #expect(try await shell.enter("broken.trailingComma").contains("json."))
    #expect(try await shell.enter("broken.html").contains("502"))
    #expect(try await shell.enter("subtract 1 2").contains("-1"))
    try await shell.quit()
  }
}

extension String {
  fileprivate func contains(_ text: String) -> Bool { range(of: text) != nil }
}
