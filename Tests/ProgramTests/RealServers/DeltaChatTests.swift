import Testing

/// deltachat-rpc-server: a child that speaks lines, described by an OpenRPC document.
@Suite(
  .seated,
  .enabled(if: Installed.runs("deltachat-rpc-server"), "deltachat-rpc-server is not installed"))
struct DeltaChatTests {
  /// A home that holds the server's description of itself.
  private func described() async throws -> Home {
    let home = try Home()
    let run = try ProgramRun(["--openrpc"], home: home, program: "deltachat-rpc-server")
    run.closeInput()
    #expect(try await run.exit() == .exited(0))
    try home.write("deltachat.json", run.outputText)
    return home
  }

  @Test func talksAndCompletesFromItsDescription() async throws {
    let home = try await described()
    let shell = try TerminalRun(
      ["--openrpc", "deltachat.json", "--", "deltachat-rpc-server"], columns: 100, rows: 40,
      home: home, environment: ["DC_ACCOUNTS_PATH": "\(home.path)/accounts"])
    try await shell.waitForPrompt()
    try await shell.type("get_system_i\t")
    try await shell.waitFor("get_system_info")
    #expect(try await shell.submit().contains("deltachat_core_version"))
    #expect(try await shell.enter("add_account").contains("1"))
    // A string param takes the word's text, even if it reads as a number.
    try await shell.enter("set_config 1 displayname 42")
    #expect(try await shell.enter("get_config 1 displayname").contains("\"42\""))
    #expect(try await shell.enter(".describe get_config").contains("accountId"))
    #expect(try await shell.enter(".methods get_chat*").contains("get_chatlist_entries"))

    let failure = try await shell.enter("get_config 77 displayname")
    #expect(failure.contains("account with id 77 not found"))
    #expect(try await shell.enter("get_sistem_info").contains("get_system_info"))
    try await shell.quit()
  }

  @Test func answersACallFromTheCommandLine() async throws {
    let home = try await described()
    let target = "stdio:deltachat-rpc-server"
    let accounts = ["DC_ACCOUNTS_PATH": "\(home.path)/accounts"]
    let good = try await ProgramRun.finish(
      ["call", target, "get_all_account_ids"], home: home, environment: accounts)
    #expect(good.status == .exited(0))
    #expect(good.output == "[]\n")
    let bad = try await ProgramRun.finish(
      ["call", target, "no_such"], home: home, environment: accounts)
    #expect(bad.status == .exited(1))
    #expect(bad.errors.contains("-32601"))
  }
}
