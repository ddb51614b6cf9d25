import Testing

/// The harness itself, on programs that every system has.
@Suite(.seated) struct HarnessTests {
  @Test func runsAProgramWithPipes() async throws {
    let run = try ProgramRun(["-c", "read x; echo \"got $x\"; echo no >&2; exit 7"], program: "sh")
    try await run.write("hello\n")
    #expect(try await run.exit() == .exited(7))
    #expect(run.outputText == "got hello\n")
    #expect(run.errorText == "no\n")
  }

  @Test func givesTheProgramATerminalOfItsOwn() async throws {
    let run = try TerminalRun(
      ["-c", "stty size; test -t 0 && test -t 1 && echo yes; cat </dev/tty"], columns: 50,
      rows: 12, program: "sh")
    try await run.waitFor("12 50\nyes")
    try await run.type("typed\r")
    try await run.waitFor("typed\ntyped")
    try await run.press(.controlC)
    #expect(try await run.exit() == .signalled(2))
    #expect(run.attributes == run.attributesBefore)
  }

  @Test func findsTheProgram() async throws {
    #expect(try await ProgramRun.finish(["--version"]).status == .exited(0))
  }
}
