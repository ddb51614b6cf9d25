import Testing

/// The real servers start, so that what follows fails for the program's reasons only.
@Suite(.seated) struct FixtureTests {
  @Test(.enabled(if: Installed.runs("aria2c"), "aria2 is not installed"))
  func startsAria2() async throws { _ = try await LoopbackServer.aria2() }

  @Test(.enabled(if: Installed.runs("ovsdb-server"), "ovsdb-server is not installed"))
  func startsOVSDB() async throws { _ = try await LoopbackServer.ovsdb() }

  @Test(.enabled(if: Installed.runs("mopidy"), "mopidy is not installed"))
  func startsMopidy() async throws { _ = try await LoopbackServer.mopidy() }

  @Test(.enabled(if: Installed.runs("mcp"), "mcp is not installed"))
  func startsMCP() async throws { _ = try await LoopbackServer.mcp() }
}
