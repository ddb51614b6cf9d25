import TestScreens
import Testing

/// Calls of real servers that were reached with the plainest command, typed with Tab alone.
@Suite(.seated) struct CompletedCallTests {
  @Test(.enabled(if: Installed.runs("aria2c"), "aria2 is not installed"))
  func aria2() async throws {
    let server = try await LoopbackServer.aria2()
    let home = try Home()
    let shell = try TerminalRun([server.url("/jsonrpc")], columns: 110, rows: 40, home: home)
    try await shell.waitFor("36 methods")
    #expect(try await shell.enter(".template aria2 s3cret").contains("token:…"))
    // A part of the name finds it, and the params are counted without the token.
    try await shell.type("addU\t")
    try await shell.wait(for: "the whole name") {
      $0.beforeCursor.hasSuffix("aria2.addUri ") ? true : nil
    }
    let added = try await shell.submit(#"[["http://127.0.0.1:1/x"]]"#)
    #expect(added.contains(#""params": ["token:s3cret", ["#))
    // The id that came is offered where one is wanted.
    try await shell.type("aria2.tellSta\t\t")
    try await shell.wait(for: "the id") { screen in
      let words = screen.beforeCursor.split(separator: " ")
      return words.last?.count == 16 ? true : nil
    }
    #expect(try await shell.submit().contains("\"gid\""))
    #expect(try await shell.enter(".find queue").contains("known by heart"))
    #expect(try await shell.enter(".describe aria2.tellStatus").contains("known by heart"))
    try await shell.quit()
    // Nothing that is kept has the secret but the template itself.
    for file in try home.files() where !file.hasPrefix("state/rpcscope/templates/") {
      #expect(home.read(file)?.contains("s3cret") != true, "\(file)")
    }

    // The next run knows the template and the methods at once.
    let again = try TerminalRun([server.url("/jsonrpc")], columns: 110, rows: 40, home: home)
    try await again.waitFor("calls of aria2.* are wrapped as before here")
    try await again.waitFor("remembered from system.listMethods")
    #expect(try await again.enter("aria2.getVersion").contains("\"version\": \"1."))
    #expect(try await again.enter(".discover").contains("system.listMethods: 36 methods"))
    try await again.quit()
  }

  @Test(.enabled(if: Installed.runs("ovsdb-server"), "ovsdb-server is not installed"))
  func ovsdb() async throws {
    let server = try await LoopbackServer.ovsdb()
    let shell = try TerminalRun(
      ["unix:\(server.home.path)/db.sock"], columns: 160, rows: 40)
    try await shell.waitFor("methods of OVSDB (Open_vSwitch")
    try await shell.type("get_s\tO\t")
    try await shell.wait(for: "the database") {
      $0.beforeCursor.hasSuffix("get_schema Open_vSwitch ") ? true : nil
    }
    #expect(try await shell.submit("| .name").contains("Open_vSwitch"))
    // Names of tables and columns, inside JSON.
    try await shell.type("trans\tO\t{\"op\": \"sel\t")
    try await shell.type(", \"ta\t\"Open\t")
    try await shell.type(", \"where\": [], \"col\t[\"ovs_v\t]}")
    try await shell.wait(for: "the columns") {
      $0.beforeCursor.hasSuffix("\"columns\": [\"ovs_version\"]}") ? true : nil
    }
    #expect(try await shell.submit().contains("rows"))
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("mopidy"), "mopidy is not installed"))
  func mopidy() async throws {
    let server = try await LoopbackServer.mopidy()
    let shell = try TerminalRun([server.url("/mopidy/rpc")], columns: 110, rows: 40)
    try await shell.waitFor("62 methods of Mopidy")
    try await shell.type("set_vol\tvol\t33")
    try await shell.wait(for: "the call") {
      $0.beforeCursor.hasSuffix("core.mixer.set_volume volume=33") ? true : nil
    }
    #expect(try await shell.submit().contains("true"))
    #expect(try await shell.enter(".find volume").contains("Set the volume."))
    // Another Tab tells what each does.
    try await shell.type("core.mixer.\t\t")
    try await shell.waitFor("Set mute state.")
    try await shell.press(.controlC)
    try await shell.quit()
  }

  @Test(
    .enabled(if: Installed.runs("deltachat-rpc-server"), "deltachat-rpc-server is not installed"))
  func deltachat() async throws {
    let home = try Home()
    let shell = try TerminalRun(
      ["--", "deltachat-rpc-server"], columns: 110, rows: 40, home: home,
      environment: ["DC_ACCOUNTS_PATH": "\(home.path)/accounts"])
    // It describes itself for an option of its command line.
    try await shell.waitFor("181 methods")
    try await shell.type("add_acc\t")
    #expect(try await shell.submit().contains("1"))
    try await shell.type("get_account_i\t\t")
    try await shell.wait(for: "the account") {
      $0.beforeCursor.hasSuffix("get_account_info 1 ") ? true : nil
    }
    #expect(try await shell.submit().contains("Unconfigured"))
    try await shell.quit()
  }

  @Test func demo() async throws {
    let shell = try TerminalRun(["demo"], columns: 110, rows: 40)
    try await shell.waitFor("methods")
    // Field by field, and the line that comes of it.
    try await shell.enter(".fill subtract", until: "minuend")
    try await shell.type("42\r")
    try await shell.waitFor("subtrahend")
    try await shell.type("23\r")
    try await shell.wait(for: "the line") {
      $0.beforeCursor.contains("subtract ") && $0.beforeCursor.contains("23") ? true : nil
    }
    try await shell.press(.enter)
    try await shell.waitFor("19")
    try await shell.waitForPrompt()
    try await shell.press(.up)
    try await shell.wait(for: "the history") {
      $0.beforeCursor.contains("subtract ") && $0.beforeCursor.contains("42") ? true : nil
    }
    try await shell.press(.controlC)
    try await shell.quit()
  }
}

extension TerminalRun {
  /// Types a line whose command asks something, and waits for the question.
  fileprivate func enter(_ line: String, until question: String) async throws {
    try await waitForPrompt()
    try await type(line + "\r")
    try await waitFor(question)
  }
}
