import Testing

/// What an MCP server asks of a person, in both eras over both transports.
@Suite(.seated) struct ServerQuestionTests {
  /// A shell at its prompt, in which the server's tools are known.
  static func shell(_ run: ScriptedMCPRun) async throws -> TerminalRun {
    let shell = try TerminalRun(run.arguments, columns: 240, rows: 60, home: run.home)
    try await shell.waitFor("of scripted 1")
    try await shell.waitForPrompt()
    return shell
  }

  @Test(arguments: ScriptedMCP.allCases)
  func asksFieldByField(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await Self.shell(run)
    let form = try await shell.enter("order")
    #expect(form.contains("the server asks: What may it be?") && form.contains("Your name"))
    #expect(try await shell.submit("A").contains("at least 2 characters"))
    // The default stands behind the next prompt as a ghost.
    try await shell.type("Ada\r")
    try await shell.waitFor("size integer 1…9 [3]> 3")
    try await shell.press(.enter)
    try await shell.waitFor("2  g  Green")
    // Tab knows the values, and titles.
    try await shell.type("Gr\t")
    try await shell.waitFor("optional> Green")
    try await shell.press(.enter)
    try await shell.waitFor("gift yes/no, optional>")
    try await shell.press(.enter)
    try await shell.waitFor("days some, with commas, optional>")
    let reply = try await shell.submit("we, 1")
    #expect(reply.contains("ordered") && reply.contains("accept"))
    try await run.quit(shell)
    if !kind.isStateless {
      let answer = #"{"colour": "g", "days": ["we", "mo"], "name": "Ada", "size": 3}"#
      #expect(run.notes.contains { $0.contains(answer) })
    } else {
      #expect(run.notes.contains("state s-1"))
    }
  }

  @Test(arguments: ScriptedMCP.allCases)
  func declinesAtControlC(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await Self.shell(run)
    try await shell.enter("order")
    try await shell.press(.controlC)
    try await shell.waitFor(#"ordered {\"action\": \"decline\"}"#)
    try await shell.waitForPrompt()
    // It was the question that was declined: the call went on, and so does the shell.
    #expect(try await shell.enter("echo text=on").contains(#""on""#))
    try await run.quit(shell)
  }

  @Test(arguments: ScriptedMCP.allCases)
  func asksForConsentToALinkAndForText(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start()
    let shell = try await Self.shell(run)
    let link = try await shell.enter("visit")
    // What would turn the address round is shown.
    #expect(link.contains(#"https://example.org/\u202egrant"#) && link.contains("not opened"))
    #expect(try await shell.submit("y").contains(#"visited {\"action\": \"accept\"}"#))
    let question = try await shell.enter("think")
    #expect(question.contains("system| Be brief.") && question.contains("user| Why?"))
    #expect(try await shell.submit("For a reason").contains("thought For a reason"))
    #expect(try await shell.enter("look").contains("roots file:///tmp/rpcscope-home-"))
    try await run.quit(shell)
  }

  @Test func waitsForTheAnswerToABackgroundCall() async throws {
    let run = try await ScriptedMCP.handshakeOverStreams.start()
    let shell = try await Self.shell(run)
    try await shell.enter("order &")
    try await shell.waitFor("`.answer` asks it")
    #expect(try await shell.enter("echo text=still").contains("still"))
    #expect(try await shell.enter(".answer colour=blue").contains("error"))
    try await shell.enter(".answer name=Eve size=4")
    try await shell.waitFor(#"\"name\": \"Eve\", \"size\": 4"#)
    try await shell.enter("think &")
    try await shell.waitFor("a model's answer")
    try await shell.enter(".answer decline")
    try await shell.waitFor("the client refused: refused by the user")
    #expect(try await shell.enter(".answer").contains("asks nothing"))
    try await run.quit(shell)
  }

  @Test(arguments: ScriptedMCP.allCases)
  func neverLetsAScriptHang(_ kind: ScriptedMCP) async throws {
    let run = try await kind.start(["-e", "order"])
    let refused = try await run.finish()
    #expect(refused.status == .exited(1))
    #expect(refused.errors.contains("--answer"))
    let ready = try await kind.start([
      "--answer", #"elicitation/create={"name":"Bob","size":2}"#,
      "--answer", "sampling/createMessage=All of it", "--root", "/srv/app", "-e", "order", "-e",
      "think", "-e", ".set server-requests refuse", "-e", "order", "-e", "look",
    ])
    let answered = try await ready.finish()
    #expect(answered.lines.count >= 3)
    #expect(answered.output.contains(#"\"name\": \"Bob\""#))
    #expect(answered.output.contains("thought All of it"))
    // What lies ready is given by every policy; the roots are not.
    #expect(answered.output.ranges(of: "Bob").count == 2)
    #expect(!answered.output.contains("/srv/app"))
    #expect(answered.status == .exited(1))
  }

  @Test func givesUpAServerThatWantsInputForEver() async throws {
    let run = try await ScriptedMCP.statelessOverStreams.start(["-e", "again"])
    let outcome = try await run.finish()
    #expect(outcome.status == .exited(1))
    #expect(outcome.errors.contains("given up"))
  }
}
