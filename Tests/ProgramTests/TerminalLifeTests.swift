import TestScreens
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal is as it was, however the program ends.
@Suite(.seated) struct TerminalLifeTests {
  enum Ending: String, CaseIterable { case quit, controlD, terminate, hangUp }

  @Test(arguments: Ending.allCases)
  func leavesTheTerminalAsItWas(ending: Ending) async throws {
    let shell = try TerminalRun(["demo"])
    try await shell.enter("subtract 42 23")
    try await shell.type("half a line")
    try await shell.waitFor("half a line")
    #expect(shell.attributes != shell.attributesBefore)
    switch ending {
    case .quit:
      try await shell.press(.controlU)
      try await shell.type(".quit\r")
      #expect(try await shell.exit() == .exited(0))
    case .controlD:
      try await shell.press(.controlU)
      try await shell.press(.controlD)
      #expect(try await shell.exit() == .exited(0))
    case .terminate:
      shell.signal(SIGTERM)
      let status = try await shell.exit()
      #expect([.signalled(SIGTERM), .exited(128 + SIGTERM)].contains(status))
    case .hangUp:
      shell.signal(SIGHUP)
      let status = try await shell.exit()
      #expect([.signalled(SIGHUP), .exited(128 + SIGHUP)].contains(status))
    }
    shell.expectRestored()
  }

  @Test func leavesTheTerminalAsItWasDuringACall() async throws {
    let shell = try TerminalRun(["demo"])
    try await shell.waitForPrompt()
    try await shell.type("slow 1000 1000\r")
    try await shell.waitFor("progress")
    shell.signal(SIGTERM)
    _ = try await shell.exit()
    shell.expectRestored()
  }

  @Test(arguments: [Ending.quit, .terminate, .hangUp])
  func endsItsChildren(ending: Ending) async throws {
    let home = try Home()
    let script = "echo $$ >child; while read -r x; do :; done; sleep 1000"
    let shell = try TerminalRun(["--no-discover", "--", "sh", "-c", script], home: home)
    try await shell.waitForPrompt()
    let child = try await eventually { home.read("child").flatMap { pid_t($0.dropLast()) } }
    let pid = try #require(child)
    switch ending {
    case .quit, .controlD: try await shell.type(".quit\r")
    case .terminate: shell.signal(SIGTERM)
    case .hangUp: shell.signal(SIGHUP)
    }
    _ = try await shell.exit()
    let gone = try await eventually(within: 20) { kill(pid, 0) != 0 ? true : nil }
    #expect(gone == true)
  }

  @Test func cancelsACallAndKeepsTheSession() async throws {
    let shell = try TerminalRun(["demo"])
    try await shell.waitForPrompt()
    try await shell.type("slow 1000 1000\r")
    try await shell.waitFor("progress")
    try await shell.press(.controlC)
    try await shell.waitFor("cancelled")
    #expect(try await shell.enter("subtract 42 23").contains("19"))
    #expect(!shell.screen.text.contains("connecting again"))
    // At the prompt it clears the line.
    try await shell.type("subtract 1")
    try await shell.press(.controlC)
    #expect(try await shell.enter("subtract 3 2").contains("1"))
    try await shell.quit()
  }

  @Test func keepsWhatIsTypedDuringACall() async throws {
    let shell = try TerminalRun(["demo"])
    try await shell.waitForPrompt()
    try await shell.type("slow 1 20\r")
    try await shell.waitFor("progress")
    try await shell.type("subtract 42 23\r")
    try await shell.waitFor("19")
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.has("bash"), "bash is not installed"))
  func stopsAndGoesOn() async throws {
    let shell = try TerminalRun(
      ["--norc", "--noprofile", "-i"], environment: ["PS1": "outer$ "], program: "bash")
    try await shell.waitFor("outer$")
    try await shell.type("\(BuiltProgram.path) demo\r")
    try await shell.enter("subtract 42 23")
    try await shell.waitFor("19")
    try await shell.type("echo left")
    try await shell.waitFor("echo left")
    try await shell.press(.controlZ)
    try await shell.waitFor("Stopped")
    try await shell.type("stty -a | grep -c ' icanon'; echo in $((40+2)) between\r")
    try await shell.waitFor("in 42 between")
    try await shell.type("fg\r")
    // What was typed is there again, and goes on.
    try await shell.wait(for: "the line") { $0.beforeCursor.hasSuffix("> echo left") ? true : nil }
    #expect(try await shell.submit("over").contains("leftover"))
    try await shell.type(".quit\r")
    try await shell.wait(for: "the outer shell") {
      $0.beforeCursor.hasPrefix("outer$") ? true : nil
    }
    try await shell.type("exit 7\r")
    #expect(try await shell.exit() == .exited(7))
  }

  @Test func followsTheSizeOfTheTerminal() async throws {
    let shell = try TerminalRun(["demo"], columns: 100, rows: 30)
    try await shell.waitForPrompt()
    let text = "echo " + String(repeating: "long ", count: 12)
    try await shell.type(text)
    try await shell.waitFor(text.dropLast(1).description)
    shell.resize(columns: 44, rows: 20)
    try await shell.wait(for: "two rows") { screen in
      screen.columns == 44 && screen.lines.joined().components("long") == 12
        && screen.lines.filter { $0.contains("long") }.count >= 2 ? true : nil
    }
    try await shell.press(.controlU)
    let wide = try await shell.enter("text.unicode")
    #expect(!wide.isEmpty)
    shell.resize(columns: 120, rows: 40)
    #expect(try await shell.enter("subtract 42 23").contains("19"))
    try await shell.quit()
  }

  @Test func keepsHistoryForTheNextTime() async throws {
    let home = try Home()
    let first = try TerminalRun(["demo"], home: home)
    try await first.enter("subtract 42 23")
    try await first.enter(" subtract 1 1")
    try await first.quit()
    let second = try TerminalRun(["demo"], home: home)
    try await second.waitForPrompt()
    try await second.press(.up)
    try await second.press(.up)
    try await second.wait(for: "the entry") {
      $0.beforeCursor.hasSuffix("> subtract 42 23") ? true : nil
    }
    try await second.press(.controlC)
    try await second.quit()
  }
}

/// The shell where nothing may be redrawn.
@Suite(.seated) struct PlainTerminalTests {
  @Test(arguments: [true, false])
  func writesNoEscapeSequence(isDumb: Bool) async throws {
    let shell = try TerminalRun(
      isDumb ? ["demo"] : ["demo", "--plain"],
      environment: isDumb ? ["TERM": "dumb"] : [:])
    try await shell.waitFor("65 methods")
    try await shell.waitFor("Ctrl-D leaves")
    try await shell.type("subtr\t")
    try await shell.wait(for: "the method") {
      $0.beforeCursor.hasSuffix("> subtract ") ? true : nil
    }
    try await shell.type("42 23\r")
    try await shell.waitFor("--> {")
    try await shell.waitFor("<-- {")
    try await shell.wait(for: "the result") { $0.everything.contains("19") ? true : nil }
    try await shell.press(.up)
    try await shell.wait(for: "the entry") {
      $0.beforeCursor.hasSuffix("> subtract 42 23") ? true : nil
    }
    try await shell.press(.controlC)
    try await shell.type("slow 1000 1000\r")
    try await shell.waitFor("progress")
    try await shell.press(.controlC)
    try await shell.waitFor("cancelled")
    try await shell.type(".quit\r")
    #expect(try await shell.exit() == .exited(0))
    shell.expectRestored()
    #expect(!shell.transcriptText.contains("\u{1b}"))
  }
}

/// Calls that leave the prompt free.
@Suite(.seated) struct BackgroundCallTests {
  @Test func aServersQuestionIsAnsweredWhileItsCallRuns() async throws {
    let shell = try TerminalRun(["demo"], columns: 110, rows: 40)
    try await shell.waitFor("65 methods")
    try await shell.enter("x = ask confirm [1] 20 &")
    try await shell.waitFor("answer it with")
    let request = try #require(shell.screen.text.range(of: "answer it with {"))
    let rest = String(shell.screen.text[request.upperBound...])
    let advice = "{" + rest.prefix { $0 != "}" } + "}"
    #expect(advice.contains("\"result\": null"))
    // Ctrl-C at the prompt clears the line, and ends no call.
    try await shell.type("half")
    try await shell.press(.controlC)
    try await shell.enter(advice)
    try await shell.waitFor("kept as $x")
    try await shell.enter(".pending")
    try await shell.waitFor("nothing runs in the background")
    try await shell.quit()
  }

  @Test func aScriptWaitsForThem() async throws {
    let run = try await ProgramRun.finish([
      "demo", "-e", "slow 0.3 1 &", "-e", "subtract 3 2", "-e", "errors.application &",
    ])
    #expect(run.output.contains("1\n"))
    #expect(run.output.hasSuffix("{\"steps\": 1}\n"), "\(run.output)")
    #expect(run.status == .exited(1))
  }
}
