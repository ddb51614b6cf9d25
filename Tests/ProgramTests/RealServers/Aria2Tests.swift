import Testing

/// aria2: HTTP, `system.listMethods`, errors in HTTP 400.
@Suite(.seated, .enabled(if: Installed.runs("aria2c"), "aria2 is not installed"))
struct Aria2Tests {
  @Test func talksAndCompletes() async throws {
    let server = try await LoopbackServer.aria2()
    let shell = try TerminalRun([server.url("/jsonrpc")], columns: 100, rows: 40)
    try await shell.waitFor("36 methods")
    #expect(
      try await shell.enter(#"aria2.getVersion "token:s3cret""#).contains(#""version": "1."#))

    // One Tab completes to the end.
    try await shell.type("system.listNo\t")
    try await shell.waitFor("system.listNotifications")
    #expect(try await shell.submit().contains("aria2.onDownloadStart"))

    // The common part of two, and both in a list.
    try await shell.type("aria2.getGlo\t\t")
    try await shell.waitFor("aria2.getGlobalStat")
    try await shell.waitFor("aria2.getGlobalOption")
    #expect(try await shell.submit(#"Stat "token:s3cret""#).contains("downloadSpeed"))
    try await shell.quit()
  }

  @Test func showsItsErrors() async throws {
    let server = try await LoopbackServer.aria2()
    let shell = try TerminalRun([server.url("/jsonrpc")], columns: 100, rows: 40)
    let shown = try await shell.enter("aria2.tellStatus token:s3cret zzz")
    #expect(shown.contains("Invalid GID zzz"))
    #expect(shown.contains("400"))
    #expect(try await shell.enter("! aria2.getVersion wrong").contains("Unauthorized"))
    #expect(try await shell.enter("! aria2.tellActive {}").contains("32602"))
    try await shell.quit()
  }

  @Test func answersACallFromTheCommandLine() async throws {
    let server = try await LoopbackServer.aria2()
    let url = server.url("/jsonrpc")
    let good = try await ProgramRun.finish(["call", url, "aria2.getGlobalStat", "token:s3cret"])
    #expect(good.status == .exited(0))
    #expect(good.output.contains(#""numActive""#))
    let bad = try await ProgramRun.finish(["call", url, "aria2.tellStatus", "token:s3cret", "zzz"])
    #expect(bad.status == .exited(1))
    #expect(bad.errors.contains("Invalid GID zzz"))
    #expect(bad.output.isEmpty)
  }
}
