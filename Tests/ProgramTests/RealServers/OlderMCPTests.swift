import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server on the first version of the MCP SDK: the handshake's era, over both transports.
@Suite(.seated) struct OlderMCPTests {
  private static let library = "\(Installed.environment)/mcp1"
  private static let script = "\(Installed.project)/Tests/ProgramTests/Servers/mcp1.py"
  private static let python = "\(Installed.environment)/bin/python"
  static var isInstalled: Bool {
    Installed.isRequired || access("\(library)/mcp", F_OK) == 0
  }

  private static func words(_ arguments: String...) -> [String] {
    ["env", "PYTHONPATH=\(library)", python, script] + arguments
  }

  private static func server() async throws -> LoopbackServer {
    try await LoopbackServer.start { port, _ in words("http", "\(port)") }
  }

  @Test(.enabled(if: isInstalled, "mcp 1 is not installed"), arguments: [false, true])
  func asksCompletesAndTells(isHTTP: Bool) async throws {
    let server = isHTTP ? try await Self.server() : nil
    let target = server.map { [$0.url("/mcp")] }
    let arguments = target ?? ["--dialect", "mcp", "--"] + Self.words("stdio")
    let shell = try TerminalRun(arguments, columns: 240, rows: 60)
    try await shell.waitFor("of older", within: 90)
    try await shell.waitFor("MCP 2025-11-25")
    try await shell.waitForPrompt()
    // By Tab alone.
    try await shell.type("pai\t")
    try await shell.type("\t")
    try await shell.waitFor("paint size=")
    try await shell.type("\t")
    try await shell.waitFor("small")
    #expect(try await shell.submit("large").contains("painted large"))
    try await shell.enter("order")
    try await shell.waitFor("name string>")
    try await shell.type("Ada\r")
    try await shell.waitFor("count integer 1…9 [1]>")
    try await shell.type("4\r")
    try await shell.waitFor("wrapped yes/no [false]>")
    #expect(try await shell.submit("y").contains("accept name='Ada' count=4 wrapped=True"))
    try await shell.enter("think")
    #expect(try await shell.submit("Because").contains("thought Because"))
    #expect(try await shell.enter("look").contains("file:///tmp/rpcscope-home-"))
    let count = try await shell.enter("count to=3")
    #expect(count.contains("count 3.0 of 3.0 (100 %)  step 3") && count.contains("at 2"))
    try await shell.type("review language=sw\t")
    try await shell.waitFor("language=swift")
    try await shell.press(.enter)
    try await shell.waitFor("Review this swift, short")
    #expect(try await shell.enter("profile name=ada").contains("profile of ada"))
    try await shell.quit()
    if let server { #expect(server.log.contains("DELETE /mcp")) }
  }

  @Test(.enabled(if: isInstalled, "mcp 1 is not installed"))
  func refusesInAScript() async throws {
    let server = try await Self.server()
    let refused = try await ProgramRun.finish(["call", server.url("/mcp"), "order"])
    #expect(refused.output.contains("isError"))
    let answered = try await ProgramRun.finish([
      "call", "--answer", #"elicitation/create={"name":"Bob","count":2}"#, server.url("/mcp"),
      "order",
    ])
    #expect(answered.status == .exited(0))
    #expect(answered.output.contains("accept name='Bob' count=2"))
  }
}
