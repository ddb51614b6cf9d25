import TestScreens
import Testing

/// Statements that come from a file or a pipe, and output that programs read.
@Suite(.seated) struct ScriptTests {
  @Test func runsAScriptFromStandardInput() async throws {
    let script = """
      subtract 42 23
      x = subtract minuend=10 subtrahend=4

      echo $x
      {"jsonrpc": "2.0", "id": 9, "method": "add",
       "params": [1, 2]}
      echo [[1.0, 2]] | .[0]
      .quit
      echo never
      """
    let run = try await ProgramRun.finish(["demo"], input: script + "\n")
    #expect(run.status == .exited(0), "\(run.errors)")
    #expect(run.lines == ["19", "6", "3", "1.0"] || run.lines == ["19", "6", "6", "3", "1.0"])
    #expect(!run.output.contains("\u{1B}"))
    #expect(!run.errors.contains("\u{1B}"))
  }

  @Test func namesTheLinesOfAScript() async throws {
    let script = """
      # a remark

      subtract 42 23
      .bogus
      echo {"a":
        1} $nosuch
      .nope
      """
    let run = try await ProgramRun.finish(["demo"], input: script + "\n")
    #expect(run.status == .exited(2), "\(run.errors)")
    #expect(run.errors.contains("error: line 4: there is no command .bogus"), "\(run.errors)")
    #expect(run.errors.contains("error: line 5: there is no variable $nosuch"), "\(run.errors)")
    #expect(run.errors.contains("error: line 7: there is no command .nope"), "\(run.errors)")
    let typed = try await ProgramRun.finish(["demo", "-e", ".bogus"])
    #expect(typed.errors.contains("error: there is no command .bogus"), "\(typed.errors)")
  }

  @Test(arguments: [
    (
      ["call", "http://127.0.0.1:1", "--timeout", "2", "m"],
      "--timeout must stand before the target"
    ),
    (["serve", "--nope"], "See 'rpcscope serve --help'"),
    (["replay", "--nope"], "See 'rpcscope replay --help'"),
  ])
  func namesItselfInUsage(words: [String], text: String) async throws {
    let run = try await ProgramRun.finish(words)
    #expect(run.status == .exited(2))
    #expect(run.errors.contains(text), "\(run.errors)")
  }

  @Test func writesEachExchangeAsALineOfJSON() async throws {
    let run = try await ProgramRun.finish([
      "demo", "--json", "-e", "subtract 42 23", "-e", "errors.data", "-e", "text.unicode", "-e",
      "broken.truncated",
    ])
    #expect(run.status == .exited(5), "\(run.errors)")
    #expect(run.lines.count == 4)
    let tool = try ProgramRun(["-c", Self.check], program: "python3")
    try await tool.write(run.output)
    tool.closeInput()
    #expect(try await tool.exit() == .exited(0), "\(tool.errorText)")
    #expect(tool.outputText == "subtract 19\nerrors.data 1002\ntext.unicode\nbroken.truncated\n")
  }

  private static let check = """
    import json, sys
    for line in sys.stdin.buffer.read().decode("utf-8").split("\\n")[:-1]:
        record = json.loads(line)
        what = record.get("result", record.get("error", {}).get("code"))
        print(record["method"], *([what] if isinstance(what, int) else []))
    """

  @Test func pipesAndWritesResults() async throws {
    let run = try await ProgramRun.finish([
      "demo", "-e", "echo [[3,1,2]] | tr -d '[] ' ", "-e", "echo [[1.50]] > out.json", "-e",
      "echo [[2]] >> out.json",
    ])
    #expect(run.status == .exited(0), "\(run.errors)")
    #expect(run.output.hasPrefix("3,1,2"))
    #expect(run.home.read("out.json") == "[1.50]\n[2]\n")
  }

  /// Who reads us may go: no message, no crash.
  @Test func endsQuietlyWhenNobodyReads() async throws {
    let run = try ProgramRun(
      [
        "-c", "\"$0\" demo -e 'large 20000' 2>err | head -c 10 >/dev/null; cat err",
        BuiltProgram.path,
      ],
      program: "sh")
    #expect(try await run.exit() == .exited(0))
    #expect(!run.outputText.contains("rror"), "\(run.outputText)")
  }

  @Test func readsFromADumbTerminalWithoutRedrawing() async throws {
    let shell = try TerminalRun(["demo"], environment: ["TERM": "dumb"])
    try await shell.wait(for: "a prompt") { $0.beforeCursor.hasSuffix("> ") ? true : nil }
    try await shell.type("subtract 42 23\r")
    try await shell.waitFor("19")
    try await shell.type(".quit\r")
    #expect(try await shell.exit() == .exited(0))
    #expect(!shell.transcriptText.contains("\u{1B}["))
  }
}
