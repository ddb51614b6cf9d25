import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Output that takes no more: who runs the program learns that results are lost.
@Suite(.seated, .enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"))
struct FullOutputTests {
  private static let complaint =
    "rpcscope: cannot write to standard output: No space left on device\n"

  @Test(arguments: [
    #""$0" demo -e 'echo 1'"#,
    #""$0" demo --json -e 'echo 1'"#,
    #"echo 'echo 1' | "$0" demo"#,
    #"echo .methods | "$0" demo"#,
    #""$0" inspect '{"a": 1,}'"#,
    #""$0" inspect --json '{"a": 1,}'"#,
    #""$0" inspect --rules"#,
    #""$0" sessions"#,
    #""$0" sessions --json"#,
    #""$0" show last"#,
    #""$0" show --json last"#,
    #""$0" export last curl"#,
    #""$0" diff --json last last"#,
    #""$0" --version"#,
    #""$0" --help"#,
    #""$0" shell --help"#,
    #""$0" serve --list-faults"#,
  ])
  func isToldOnce(command: String) async throws {
    let home = try Home()
    let first = try await ProgramRun.finish(["demo", "-e", "echo 1"], home: home)
    #expect(first.status == .exited(0), "\(first.errors)")
    let run = try ProgramRun(
      ["-c", "\(command) >/dev/full", BuiltProgram.path], home: home, program: "sh")
    #expect(try await run.exit() == .exited(2))
    #expect(run.errorText.hasSuffix(Self.complaint), "\(run.errorText)")
    let told = run.errorText.split(separator: "\n").filter { $0.hasPrefix("rpcscope: cannot") }
    #expect(told.count == 1, "\(run.errorText)")
  }

  @Test func isToldOfTheOnlyCall() async throws {
    let server = try ScriptedServer.http(body: #"{"jsonrpc":"2.0","id":1,"result":[1]}"#)
    for option in ["", "--json", "--color always"] {
      let run = try ProgramRun(
        ["-c", "\"$0\" call \(option) \"$1\" m 1 >/dev/full", BuiltProgram.path, server.url],
        program: "sh")
      #expect(try await run.exit() == .exited(2), "\(option)")
      #expect(run.errorText == Self.complaint, "\(option)")
    }
  }

  @Test func endsAScriptAtTheFirstLoss() async throws {
    let home = try Home()
    let run = try ProgramRun(
      ["-c", "\"$0\" demo -e 'echo 1' -e 'echo 2 > later' >/dev/full", BuiltProgram.path],
      home: home, program: "sh")
    #expect(try await run.exit() == .exited(2))
    #expect(home.read("later") == nil)
  }

  /// No file or connection of ours may come to stand where results are written.
  @Test func isToldOfAClosedOutput() async throws {
    let run = try ProgramRun(
      ["-c", "\"$0\" demo -e 'echo 1' >&-", BuiltProgram.path], program: "sh")
    #expect(try await run.exit() == .exited(2))
    #expect(
      run.errorText == "rpcscope: cannot write to standard output: Bad file descriptor\n")
  }

  @Test(arguments: ["--help", "--version", "call --help"])
  func isToldThatNobodyTakesIt(words: String) async throws {
    let run = try ProgramRun(["-c", "\"$0\" \(words) >&-", BuiltProgram.path], program: "sh")
    #expect(try await run.exit() == .exited(2))
    #expect(
      run.errorText == "rpcscope: cannot write to standard output: Bad file descriptor\n")
  }

  @Test func saysNothingWhereThatCannotBe() async throws {
    let run = try ProgramRun(["-c", "\"$0\" --bogus 2>&-", BuiltProgram.path], program: "sh")
    #expect(try await run.exit() == .exited(2))
  }

  @Test(arguments: [
    "echo 1 > /dev/full", "echo 1 >> /dev/full", ".last raw > /dev/full",
    ".methods > /dev/full", ".export curl > /dev/full",
  ])
  func leavesTheSessionWhereAFileIsFull(line: String) async throws {
    let run = try await ProgramRun.finish(["demo", "-e", "echo 0", "-e", line, "-e", "echo 2"])
    #expect(run.status == .exited(2), "\(run.errors)")
    #expect(run.lines == ["0", "2"])
    #expect(
      run.errors == "error: /dev/full can't be written: No space left on device\n",
      "\(run.errors)")
  }

  @Test func exportsIntoNoFullFile() async throws {
    let home = try Home()
    _ = try await ProgramRun.finish(["demo", "-e", "echo 1"], home: home)
    let run = try await ProgramRun.finish(["export", "last", "har", "-o", "/dev/full"], home: home)
    #expect(run.status == .exited(2))
    #expect(
      run.errors == "error: /dev/full can't be written: No space left on device\n",
      "\(run.errors)")
  }

  @Test func staysQuietWhereAPipeIsClosed() async throws {
    for command in ["demo -e 'large 20000'", "shell --help", "inspect --rules"] {
      let run = try ProgramRun(
        ["-c", "\"$0\" \(command) | true", BuiltProgram.path], program: "sh")
      #expect(try await run.exit() == .exited(0))
      #expect(run.errorText.isEmpty, "\(command): \(run.errorText)")
    }
  }
}
