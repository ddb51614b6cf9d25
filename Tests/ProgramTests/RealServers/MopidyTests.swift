import Testing

/// Mopidy: HTTP, strict 2.0, params by name, tracebacks in errors, empty replies.
@Suite(.seated, .enabled(if: Installed.runs("mopidy"), "mopidy is not installed"))
struct MopidyTests {
  @Test func talks() async throws {
    let server = try await LoopbackServer.mopidy()
    let shell = try TerminalRun([server.url("/mopidy/rpc")], columns: 100, rows: 40)
    #expect(try await shell.enter("core.get_version").contains("\"3."))
    #expect(try await shell.enter("core.mixer.set_volume volume=42").contains("true"))
    #expect(try await shell.enter("core.mixer.get_volume").contains("42"))

    let failure = try await shell.enter("core.mixer.set_volume volume=4200")
    #expect(failure.contains("Application error"))
    #expect(failure.contains("Expected number smaller or equal to 100, not 4200"))
    #expect(failure.contains("Traceback"))
    #expect(try await shell.enter("core.no_such").contains("-32601"))

    // A notification is answered with 200 and nothing, which is no fault.
    let sent = try await shell.enter(".notify core.mixer.set_volume volume=7")
    #expect(!sent.contains("error"))
    #expect(try await shell.enter("core.mixer.get_volume").contains("7"))

    let batch = try await shell.enter(
      ".batch core.get_version ; core.no_such ; core.get_uri_schemes")
    #expect(batch.contains("\"3.") && batch.contains("-32601") && batch.contains("file"))
    try await shell.quit()
  }
}
