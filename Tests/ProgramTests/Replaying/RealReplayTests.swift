import Testing

/// Sessions with real servers, sent again to the same server and to a mock made of the recording: the
/// one differs in nothing but what time explains, the other in nothing at all.
@Suite(.seated) struct RealReplayTests {
  private func prove(_ server: RecordedServer, options: [String] = []) async throws {
    let home = try await server.record()
    let again = try await server.replay(home, options)
    #expect(again.isSame(server.count), "\(again.output)\(again.errors)")
    // The new session is kept, and is as different as the screen said.
    let new = try await ProgramRun.finish(
      ["diff", "session.jsonl", "last"] + server.varying, home: home)
    #expect(new.status == .exited(0), "\(new.output)\(new.errors)")
    let mocked = try await server.replayToMock(home, options)
    #expect(mocked.isSame(server.count), "\(mocked.output)\(mocked.errors)")
  }

  @Test(.enabled(if: Installed.runs("aria2c"), "aria2 is not installed"))
  func aria2() async throws {
    let server = try await LoopbackServer.aria2()
    let token = "token:s3cret"
    let recorded = RecordedServer(
      target: [server.url("/jsonrpc")],
      statements: [
        "aria2.getVersion \(token)",
        #"gid = aria2.addUri \#(token) ["http://127.0.0.1:9/file"] {"pause":"true"}"#,
        "aria2.tellStatus \(token) $gid", "aria2.tellStatus \(token) zzz",
        "aria2.remove \(token) $gid", "! aria2.getVersion wrong", "system.listMethods",
      ], varying: ["--vary", "hash:$..gid", "--vary", "hash:$.result"], count: 7)
    try await prove(recorded, options: ["--secret", "token=s3cret"])
  }

  @Test(.enabled(if: Installed.runs("ovsdb-server"), "ovsdb-server is not installed"))
  func ovsdb() async throws {
    let server = try await LoopbackServer.ovsdb()
    let recorded = RecordedServer(
      target: ["tcp:127.0.0.1:\(server.port)"],
      statements: [
        "list_dbs", "no_such",
        #"row = transact Open_vSwitch {"op":"insert","table":"Open_vSwitch","row":{"db_version":"9"}}"#,
        """
        transact Open_vSwitch {"op":"delete","table":"Open_vSwitch",\
        "where":[["_uuid","==",["uuid",$row[0].uuid[1]]]]}
        """,
        #"transact NoDb {"op":"select","table":"x","where":[]}"#, "get_schema Open_vSwitch",
      ], connection: ["--jsonrpc", "1.0"], varying: ["--vary", "uuid"],
      place: ["--tcp", "127.0.0.1:0"], count: 6)
    try await prove(recorded)
  }

  @Test(.enabled(if: Installed.runs("mcp-server-time"), "mcp-server-time is not installed"))
  func mcpOverStandardStreams() async throws {
    let recorded = RecordedServer(
      target: ["--", "mcp-server-time", "--local-timezone", "UTC"],
      statements: [
        "tools/list", #"tools/call name=get_current_time arguments:={"timezone":"Asia/Tokyo"}"#,
        "tools/call name=nope arguments:={}", "no/such",
      ], varying: ["--vary", "time"], place: ["--stdio"], count: 4)
    try await prove(recorded)
  }

  @Test(.enabled(if: Installed.runs("mcp"), "mcp is not installed"))
  func mcpOverHTTPWithoutASession() async throws {
    let server = try await LoopbackServer.mcp()
    let recorded = RecordedServer(
      target: [server.url("/mcp")],
      statements: [
        "tools/list", #"tools/call name=multiply arguments:={"left":6,"right":7}"#,
        #"tools/call name=count arguments:={"to":2}"#, "no/such",
      ], count: 4)
    try await prove(recorded)
    let text = try await recorded.record().read("session.jsonl") ?? ""
    #expect(text.contains("server/discover") && text.contains("2026-07-28"))
  }

  @Test(.enabled(if: Installed.runs("clangd"), "clangd is not installed"))
  func clangd() async throws {
    let folder = try Home()
    let uri = "file://\(folder.path)/main.c"
    let document = #"{"uri":"\#(uri)","languageId":"c","version":1,"text":"int main(){}"}"#
    let recorded = RecordedServer(
      target: ["--", "env", "-C", folder.path, "clangd", "--log=error"],
      statements: [
        ".notify textDocument/didOpen textDocument:=\(document)",
        #"textDocument/hover textDocument:={"uri":"\#(uri)"} position:={"line":0,"character":5}"#,
        #"textDocument/documentSymbol textDocument:={"uri":"\#(uri)"}"#, "no/such",
      ], connection: ["--framing", "headers", "--dialect", "lsp"], place: ["--stdio"], count: 4)
    try await prove(recorded)
  }
}
