import TestScreens
import Testing

/// MCP in both eras over both transports, with a server that does all of it.
@Suite(.seated) struct ScriptedMCPTests {
  @Test(arguments: ScriptedMCP.allCases)
  func knowsAllPages(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await ServerQuestionTests.shell(run)
    let methods = try await shell.enter(".methods")
    for name in ["echo", "again", "review", "profile", "resources/read"] {
      #expect(methods.contains(name), "\(name)")
    }
    // A prompt and a template are called by their own names.
    let review = try await shell.enter("review language=c")
    #expect(review.contains("prompts/get") && review.contains(#"review {\"language\": \"c\"}"#))
    let profile = try await shell.enter("profile id='a b' lang=de")
    #expect(profile.contains("read users://a%20b/profile?lang=de"))
    #expect(try await shell.enter(".describe review").contains("prompt, by prompts/get"))
    try await run.quit(shell)
  }

  @Test(arguments: ScriptedMCP.allCases)
  func completes(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await ServerQuestionTests.shell(run)
    try await shell.type("paint colour=\t")
    try await shell.waitFor("red")
    try await shell.waitFor("blue")
    #expect(try await shell.submit("green").contains("painted green"))
    try await shell.type("review style=long language=s")
    // The first Tab may find the server still thinking.
    try await shell.wait(for: "the server's values") { screen in
      screen.text.contains("sql") ? true : nil
    } whileDoing: {
      try await shell.press(.tab)
    }
    try await shell.press(.controlU)
    try await shell.type("profile id=al\t")
    try await shell.waitFor("profile id=alan")
    try await shell.press(.controlU)
    try await shell.type("resources/read uri=c\t")
    try await shell.waitFor("uri=config://app")
    try await shell.press(.enter)
    try await shell.waitFor("read config://app")
    try await run.quit(shell)
    #expect(
      run.notes.contains {
        $0.hasPrefix(#"complete {"name": "review", "type": "ref/prompt"} language s"#)
          && $0.contains("long")
      })
  }

  @Test(arguments: ScriptedMCP.allCases)
  func showsProgressInOneLineAndLogs(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await ServerQuestionTests.shell(run)
    let count = try await shell.enter("count to=9")
    #expect(count.contains("count 9 of 9 (100 %)  step 9"))
    #expect(!count.contains("step 4") && count.contains("counted to 9"))
    #expect(shell.transcriptText.contains("step 4"))
    #expect(try await shell.enter("chat").contains("server info| chat: hello there"))
    try await run.quit(shell)
  }

  @Test(arguments: ScriptedMCP.allCases)
  func tellsWhoCancelsACall(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await ServerQuestionTests.shell(run)
    try await shell.type("sleep\r")
    try await run.waitForNote("sleeps")
    try await shell.press(.controlC)
    try await shell.waitFor("cancelled")
    try await run.waitForNote("woke")
    if kind != .statelessOverHTTP { try await run.waitForNote("cancelled") }
    try await run.quit(shell)
  }

  @Test(arguments: ScriptedMCP.allCases)
  func noticesThatTheToolsChange(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await ServerQuestionTests.shell(run)
    if kind == .handshakeOverHTTP { try await run.waitForNote("listening") }
    if kind.isStateless { try await run.waitForNote("listens") }
    try await shell.enter("grow")
    try await shell.waitFor("what the server offers changed: +grown")
    try await shell.waitForPrompt()
    try await shell.type("gro\t\t")
    try await shell.waitFor("grown")
    try await shell.press(.controlU)
    try await run.quit(shell)
  }

  @Test func greetsAServerAnewThatForgotTheSession() async throws {
    let run = try await ScriptedMCP.handshakeOverHTTP.start([
      "-e", "forget", "-e", "echo text=back",
    ])
    let outcome = try await run.finish()
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("back"))
    #expect(outcome.errors.contains("no longer knows the session"))
    #expect(run.notes.filter { $0.hasPrefix("session") }.count == 2)
    // The session that was open at the end is given back.
    #expect(run.notes.last == "deleted True")
  }

  @Test func takesUpAStreamThatBrokeOff() async throws {
    let run = try await ScriptedMCP.handshakeOverHTTP.start(["-e", "drop"])
    let outcome = try await run.finish()
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("picked up"))
  }
}

extension TerminalRun {
  /// Waits until the screen is as wanted, and does something between the looks.
  fileprivate func wait(
    for wish: String, _ question: (Screen) -> Bool?, whileDoing act: () async throws -> Void
  ) async throws {
    for _ in 0..<100 {
      try await act()
      let isThere = try? await wait(for: wish, within: 0.5) { question($0) }
      if isThere != nil { return }
    }
    throw TooLate(description: "no \(wish) on the screen:\n\(screen.text)")
  }
}
