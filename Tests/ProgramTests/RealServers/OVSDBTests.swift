import TestScreens
import Testing

/// ovsdb-server: JSON-RPC 1.0, values one after another without framing, keep-alive requests.
@Suite(.seated, .enabled(if: Installed.runs("ovsdb-server"), "ovsdb-server is not installed"))
struct OVSDBTests {
  @Test(arguments: ["tcp", "unix"])
  func talks(way: String) async throws {
    let server = try await LoopbackServer.ovsdb()
    let target =
      way == "tcp" ? "tcp:127.0.0.1:\(server.port)" : "unix:\(server.home.path)/db.sock"
    let shell = try TerminalRun(["--jsonrpc", "1.0", target], columns: 100, rows: 40)
    #expect(try await shell.enter("list_dbs").contains("Open_vSwitch"))
    #expect(try await shell.enter("no_such").contains("unknown method"))
    let failure = try await shell.enter(#"transact NoDb {"op":"select","table":"x","where":[]}"#)
    #expect(failure.contains("unknown database"))
    #expect(try await shell.enter("get_schema Open_vSwitch | .name").contains("Open_vSwitch"))
    try await shell.quit()
  }

  @Test func showsUpdatesThatItMonitors() async throws {
    let server = try await LoopbackServer.ovsdb()
    let target = "tcp:127.0.0.1:\(server.port)"
    let shell = try TerminalRun(["--jsonrpc", "1.0", target], columns: 100, rows: 40)
    try await shell.enter(
      #"monitor Open_vSwitch "mine" {"Open_vSwitch":{"columns":["db_version"]}}"#)
    let insert = #"{"op":"insert","table":"Open_vSwitch","row":{"db_version":"9.9.9"}}"#
    try await shell.enter("transact Open_vSwitch \(insert)")
    try await shell.waitFor("notification")
    try await shell.waitFor("9.9.9")
    try await shell.quit()
  }

  /// The server hangs up ten seconds after a keep-alive that was not answered.
  @Test func staysConnectedWhileNothingIsTyped() async throws {
    let server = try await LoopbackServer.ovsdb()
    let target = "tcp:127.0.0.1:\(server.port)"
    let shell = try TerminalRun(["--jsonrpc", "1.0", target], columns: 100, rows: 40)
    try await shell.enter(".set log on")
    try await shell.enter("list_dbs")
    // The first is shown; the log counts the others.
    try await shell.waitFor("answered by the dialect")
    let deadline = ContinuousClock.now + .seconds(60)
    var keepAlives = 0
    while keepAlives < 3, ContinuousClock.now < deadline {
      keepAlives = try await shell.enter(".log").components("echo")
      try await Task.sleep(for: .milliseconds(500))
    }
    #expect(keepAlives >= 3)
    #expect(try await shell.enter("list_dbs").contains("Open_vSwitch"))
    #expect(!shell.screen.text.contains("connecting again"))
    #expect(!shell.screen.text.contains("closed the connection"))
    try await shell.quit()
  }

  @Test func answersACallFromTheCommandLine() async throws {
    let server = try await LoopbackServer.ovsdb()
    let target = "tcp:127.0.0.1:\(server.port)"
    let good = try await ProgramRun.finish(["call", "--jsonrpc", "1.0", target, "list_dbs"])
    #expect(good.status == .exited(0))
    #expect(good.output.contains("_Server"))
    let bad = try await ProgramRun.finish(["call", "--jsonrpc", "1.0", target, "no_such"])
    #expect(bad.status == .exited(1))
    // It hangs up on "jsonrpc", and the hint says what may help.
    let wrong = try await ProgramRun.finish(["call", target, "list_dbs"])
    #expect(wrong.status == .exited(3))
    #expect(wrong.errors.contains("1.0"))
  }
}

extension String {
  /// How often a text stands in this one.
  func components(_ text: String) -> Int {
    var (count, rest) = (0, self[...])
    while let found = String(rest).range(of: text) {
      count += 1
      let whole = String(rest)
      rest = whole[found.upperBound...]
    }
    return count
  }
}
