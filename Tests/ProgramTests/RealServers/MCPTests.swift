import Testing

/// Servers of the Model Context Protocol, their handshake typed by hand.
@Suite(.seated) struct MCPTests {
  private static let initialize =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","#
    + #""capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#

  @Test(.enabled(if: Installed.runs("mcp-server-time"), "mcp-server-time is not installed"))
  func talksOverStandardStreams() async throws {
    let shell = try TerminalRun(
      ["--", "mcp-server-time", "--local-timezone", "UTC"], columns: 100, rows: 50)
    #expect(try await shell.enter("tools/list").contains("get_current_time"))
    // A tool is a method, its arguments typed by its schema.
    let time = try await shell.enter("get_current_time timezone=Asia/Tokyo")
    #expect(time.contains("tools/call") && time.contains("Asia/Tokyo"))
    #expect(try await shell.enter("get_current_time").contains("missing param: timezone"))
    #expect(
      try await shell.enter("tools/call name=nope arguments:={}").contains("Unknown tool: nope"))
    #expect(try await shell.enter("no/such").contains("-32601"))
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("mcp"), "mcp is not installed"))
  func talksOverHTTPWithoutBeingTold() async throws {
    let server = try await LoopbackServer.mcp()
    let call = try await ProgramRun.finish(
      ["call", server.url("/mcp"), "multiply", "left=6", "right=7"])
    #expect(call.status == .exited(0))
    #expect(call.output.contains("42"))
    let shell = try TerminalRun([server.url("/mcp")], columns: 100, rows: 50)
    try await shell.waitFor("methods of counter 1.0, MCP 2026-07-28")
    let counting = try await shell.enter("count to=2")
    #expect(counting.contains("step 2") && counting.contains("counted to 2"))
    // What the server wants first comes with the result, and the call is made again.
    try await shell.enter("order")
    try await shell.waitFor("name string>")
    try await shell.type("Ada\r")
    try await shell.waitFor("count integer 1…9 [1]>")
    #expect(try await shell.submit("4").contains("ordered 4 for Ada"))
    try await shell.enter("grow")
    try await shell.waitFor("what the server offers changed: +grown")
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("mcp"), "mcp is not installed"))
  func talksOverHTTPInASession() async throws {
    let server = try await LoopbackServer.mcp()
    let shell = try TerminalRun(
      [
        server.url("/mcp"), "--no-discover", "--dialect", "plain", "-H",
        "Accept: application/json, text/event-stream",
        "-H", "MCP-Protocol-Version: 2025-06-18",
      ], columns: 100, rows: 50)
    #expect(try await shell.enter(Self.initialize).contains("serverInfo"))
    let headers = try await shell.enter(".last headers")
    let name = "< mcp-session-id: "
    let line = try #require(
      headers.split(separator: "\n").first { $0.lowercased().hasPrefix(name) })
    let session = ".call --header 'Mcp-Session-Id: \(line.dropFirst(name.count))'"
    #expect(try await shell.enter("\(session) tools/list").contains("multiply"))
    let product = try await shell.enter(
      #"\#(session) tools/call name=multiply arguments:={"left":6,"right":7}"#)
    #expect(product.contains("42"))
    #expect(try await shell.enter("\(session) no/such").contains("-32601"))
    // Each event of a stream is shown: the steps of progress in one line, and the result.
    let counting = try await shell.enter(
      #"\#(session) tools/call name=count arguments:={"to":2} _meta:={"progressToken":"p"}"#)
    #expect(counting.contains("step 2"))
    #expect(counting.contains("counted to 2"))
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("mcp"), "mcp is not installed"))
  func talksOverHTTPWithoutASession() async throws {
    let server = try await LoopbackServer.mcp()
    let headers = [
      "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2026-07-28",
      "Mcp-Method: tools/list",
    ]
    let meta =
      #"_meta:={"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
      + #""io.modelcontextprotocol/clientCapabilities":{}}"#
    let options = headers.flatMap { ["-H", $0] } + [server.url("/mcp")]
    let good = try await ProgramRun.finish(
      ["call", "--dialect", "plain"] + options + ["tools/list", meta])
    #expect(good.status == .exited(0))
    #expect(good.output.contains("multiply"))
    // The header must name the method, or HTTP 400 carries the error.
    let bad = try await ProgramRun.finish(
      ["call", "--dialect", "plain"] + options + ["prompts/list", meta])
    #expect(bad.status == .exited(1))
    #expect(bad.errors.contains("-32020"))
  }
}
