import TestScreens
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope inspect`, as a script and as a person use it.
@Suite(.seated) struct InspectTests {
  private static let good = #"{"jsonrpc": "2.0", "result": 19, "id": 1}"#
  private static let bad = #"{"jsonrpc": "2.0", "result": [1, 2,], "id": 1}"#

  private static func write(_ text: String, _ name: String, in home: Home) throws -> String {
    let path = "\(home.path)/\(name)"
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    return path
  }

  @Test func readsStandardInput() async throws {
    for arguments in [["inspect"], ["inspect", "-"]] {
      let run = try await ProgramRun.finish(arguments, input: Self.good + "\n")
      #expect(run.status == .exited(0), "\(run.errors)")
      #expect(run.lines.last == "a 2.0 result, id 1, 41 B: nothing wrong")
      #expect(run.errors.isEmpty)
    }
  }

  @Test func pointsAtTheByteOfAFile() async throws {
    let home = try Home()
    _ = try Self.write(Self.bad + "\n", "reply.json", in: home)
    let run = try await ProgramRun.finish(["inspect", "reply.json"], home: home)
    #expect(run.status == .exited(5))
    #expect(run.output.contains(" --> reply.json:1:"))
    #expect(run.output.contains("\n1 | \(Self.bad)\n"))
    #expect(run.output.contains("1 error in "))
    // Plain text, since nobody looks.
    #expect(!run.output.contains("\u{1b}"))
    let colored = try await ProgramRun.finish(
      ["inspect", "--color", "always", "reply.json"], home: home)
    #expect(colored.output.contains("\u{1b}["))
  }

  @Test func holdsAReplyAgainstItsRequest() async throws {
    let home = try Home()
    let request = #"{"jsonrpc": "2.0", "method": "f", "id": "1"}"#
    let path = try Self.write(request, "request.json", in: home)
    for given in [path, request] {
      let run = try await ProgramRun.finish(
        ["inspect", "--request", given, "--json", Self.good], home: home)
      #expect(run.status == .exited(5), "\(run.errors)")
      #expect(run.lines.count == 1)
      for field in [
        #""file": "text""#, #""rule": "rpc.id-mismatch""#, #""severity": "error""#,
        #""byte": 39"#, #""length": 1"#, #""line": 1"#, #""column": 40"#, #""message": ""#,
        #""hint": ""#, #""section": "JSON-RPC 2.0 section 5""#,
      ] {
        #expect(run.output.contains(field), "\(field) in \(run.output)")
      }
    }
  }

  @Test func isAsStrictAsItIsTold() async throws {
    let old = #"{"result": 1, "error": null, "id": 1}"#
    let table: [([String], Int32)] = [
      ([], 0), (["--strict"], 5), (["--lenient"], 0), (["--strict", "--jsonrpc", "1.0"], 0),
      (["--strict", "--lenient"], 2),
    ]
    for (options, status) in table {
      let run = try await ProgramRun.finish(["inspect"] + options + [old])
      #expect(run.status == .exited(status), "\(options): \(run.output)\(run.errors)")
    }
  }

  @Test func saysWhatItCannotDo() async throws {
    let table: [([String], String)] = [
      (["/no/such/file"], "there is no file /no/such/file"), (["/"], "/ is a folder"),
      (["--as", "tea", "-"], "tea is no form of a text"),
      (["--jsonrpc", "3.0", "-"], "3.0 is no version of JSON-RPC"),
      (["--request", "/no/such/file", "-"], "there is no file /no/such/file"),
    ]
    for (arguments, words) in table {
      let run = try await ProgramRun.finish(["inspect"] + arguments)
      #expect(run.status == .exited(2), "\(arguments)")
      #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test func looksAtSeveralFiles() async throws {
    let home = try Home()
    _ = try Self.write(Self.bad, "bad.json", in: home)
    _ = try Self.write(Self.good, "good.json", in: home)
    let run = try await ProgramRun.finish(["inspect", "bad.json", "good.json"], home: home)
    #expect(run.status == .exited(5))
    #expect(run.output.contains("bad.json:1:"))
    #expect(run.lines.last?.hasSuffix("nothing wrong") == true)
  }

  @Test func listsItsRules() async throws {
    let run = try await ProgramRun.finish(["inspect", "--rules"])
    #expect(run.status == .exited(0))
    for rule in ["rpc.id-mismatch", "error", "note"] { #expect(run.output.contains(rule)) }
  }

  @Test func asksAPersonToPaste() async throws {
    let run = try TerminalRun(["inspect"])
    try await run.waitFor("paste the reply, then Ctrl-D")
    try await run.type("\(Self.bad)\n")
    try await run.press(.controlD)
    #expect(try await run.exit() == .exited(5))
    #expect(run.screen.text.contains("stdin:1:"))
    run.expectRestored()
  }
}
