import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Clients that send too much, too little, too slowly or nonsense.
@Suite(.seated) struct HostileClientTests {
  /// `RPCSCOPE_LONG=1` opens and drops ten thousand connections instead of some hundreds.
  private static let connections = Platform.environment["RPCSCOPE_LONG"] == nil ? "600" : "10000"

  @Test(
    "the server goes on, with bounded memory",
    .enabled(if: Installed.has("python3"), "python3 is not installed"))
  func survives() async throws {
    let server = try await ServedProgram.start("--quiet")
    let script = "\(Installed.project)/Tests/ProgramTests/Clients/hostile.py"
    let python = try #require(Installed.path(of: "python3"))
    let run = try ProgramRun(
      [script, server.url, "\(server.run.processID)", Self.connections], program: python)
    #expect(try await run.exit(within: 240) == .exited(0), "\(run.errorText)")
    #expect(run.outputText == "ok\n")
    server.run.signal(SIGTERM)
    #expect(try await server.run.exit() == .exited(0))
    #expect(server.run.errorText == "")
  }
}
