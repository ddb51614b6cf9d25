import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope serve --replay`, as its clients meet it.
@Suite(.seated) struct ReplayMockTests {
  private static let statements = [
    "subtract 42 23", "nope", "slow 0.05 2", "notify hello {}",
    ".batch add 1 2 ; nope ; subtract 5 3",
    "echo value=1", ".notify note 1",
  ]

  @Test(
    "a recorded stream is answered everywhere, messages of the server's own in their place",
    arguments: [
      ["--stdio"], ["--listen", "127.0.0.1:0"], ["--tcp", "127.0.0.1:0"], ["--unix", "socket"],
    ])
  func everywhere(place: [String]) async throws {
    let recorded = RecordedServer(
      target: ["stdio:\(BuiltProgram.path) demo-server"], statements: Self.statements,
      place: place, count: 7)
    let home = try await recorded.record()
    #expect(home.read("session.jsonl")?.contains(#""kind":"server-notification""#) == true)
    let run = try await recorded.replayToMock(home)
    #expect(run.isSame(7), "\(run.output)\(run.errors)")
    guard place != ["--listen", "127.0.0.1:0"] else { return }
    let diff = try await ProgramRun.finish(["diff", "session.jsonl", "last"], home: home)
    #expect(diff.status == .exited(0), "\(diff.output)\(diff.errors)")
  }

  @Test("broken replies come byte for byte, with the ids of whoever asks")
  func broken() async throws {
    let recorded = RecordedServer(
      target: ["stdio:\(BuiltProgram.path) demo-server"],
      statements: [
        "trailingComma", "idType", "idNull", "unquotedKey", "singleQuotes", "resultAndError",
        "noVersion", "duplicateKeys", "loneSurrogate", "invalidUTF8",
        "twice", "batch", "extraMember",
      ].map { "! broken.\($0)" }, place: ["--stdio"], count: 13)
    let home = try await recorded.record()
    // Other ids than then.
    let run = try await recorded.replayToMock(home, ["--ids", "decimal,start=700"])
    #expect(run.isSame(13), "\(run.output)\(run.errors)")
  }

  @Test("the status and the header fields of HTTP are those of then")
  func http() async throws {
    let server = try ScriptedServer { request, connection in
      let body =
        request.contains("gone") ? "<h1>Gone</h1>" : #"{"jsonrpc":"2.0","id":1,"result":1}"#
      let head =
        request.contains("gone")
        ? "410 Gone\r\nContent-Type: text/html\r\nX-Trace: 7" : "200 OK\r\nContent-Type: text/json"
      connection.write("HTTP/1.1 \(head)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      return true
    }
    let recorded = RecordedServer(target: [server.url], statements: ["one", "gone"], count: 2)
    let home = try await recorded.record()
    let run = try await recorded.replayToMock(home)
    #expect(run.isSame(2), "\(run.output)\(run.errors)")
    let text = home.read("session.jsonl") ?? ""
    #expect(text.contains("http."))
    let mock = try await ServedProgram.start("--replay", "session.jsonl", home: home)
    let shell = try await ProgramRun.finish(
      ["--no-record", "-e", "gone", "-e", ".last headers", mock.url], home: home)
    #expect(shell.output.contains("410 Gone"), "\(shell.output)\(shell.errors)")
    #expect(shell.output.contains("X-Trace: 7"))
  }

  @Test("what was not recorded is an error that says so, and is logged")
  func misses() async throws {
    let home = try Home()
    _ = try await ProgramRun.finish(
      ["demo", "--record", "s.jsonl", "-e", "subtract 42 23"], home: home)
    let mock = try await ServedProgram.start("--replay", "s.jsonl", home: home)
    #expect(try await mock.call("subtract", "42", "23").output == "19\n")
    // The last answer again, as often as it is asked for.
    #expect(try await mock.call("subtract", "42", "23").output == "19\n")
    let other = try await mock.call("subtract", "1", "2")
    #expect(other.status == .exited(1))
    #expect(other.errors.contains("the recording has subtract with other params only"))
    #expect(other.errors.contains("[[42, 23]]"))
    #expect(try await mock.call("add", "1").errors.contains("the recording has no add"))
    mock.run.signal(SIGTERM)
    #expect(try await mock.run.exit() == .exited(0))
    #expect(mock.run.errorText.contains("refused: the recording has no add: [1]"))
    #expect(mock.run.errorText.contains("had no answer for: add, subtract"))
    let loose = try await ServedProgram.start(
      "--replay", "s.jsonl", "--match", "method", home: home)
    #expect(try await loose.call("subtract", "1", "2").output == "19\n")
  }

  @Test("answers take as long as then, if told so")
  func paced() async throws {
    let home = try Home()
    let server = try ScriptedServer { _, connection in
      usleep(300_000)
      connection.respond(
        status: "200 OK", type: "application/json", body: #"{"jsonrpc":"2.0","id":1,"result":1}"#)
      return true
    }
    _ = try await ProgramRun.finish(
      ["call", "--record", "s.jsonl", server.url, "slow"], home: home)
    let mock = try await ServedProgram.start(
      "--replay", "s.jsonl", "--pace", "recorded", home: home)
    let start = ContinuousClock.now
    #expect(try await mock.call("slow").output == "1\n")
    #expect(ContinuousClock.now - start >= .milliseconds(300))
  }

  @Test(
    "command lines that make no sense are told so, with status 2",
    arguments: [
      ["--replay", "/nonexistent"], ["--replay", "s.jsonl", "--demo"], ["--pace", "recorded"],
      ["--replay", "s.jsonl", "--pace", "fast"], ["--replay", "s.jsonl", "--match", "luck"],
    ])
  func usage(options: [String]) async throws {
    let run = try await ProgramRun.finish(["serve"] + options)
    #expect(run.status == .exited(2))
    #expect(!run.errors.isEmpty)
  }
}

extension String {
  fileprivate func contains(_ text: String) -> Bool { range(of: text) != nil }
}
