import TestScreens
import Testing

/// The demo server, which needs no installation.
@Suite(.seated) struct DemoTests {
  @Test func talksAndCompletes() async throws {
    let shell = try TerminalRun(["demo"], columns: 100, rows: 40)
    try await shell.waitFor("methods")
    #expect(try await shell.enter("subtract 42 23").contains("19"))
    #expect(try await shell.enter("subtract subtrahend=23 minuend=42").contains("19"))
    #expect(try await shell.enter("echo 1.0e+5").contains("1.0e+5"))
    #expect(
      try await shell.enter("echo 12345678901234567890123").contains("12345678901234567890123"))

    try await shell.type("subt\t")
    try await shell.wait(for: "the whole name") {
      $0.beforeCursor.hasSuffix("> subtract ") ? true : nil
    }
    #expect(try await shell.submit("1 2").contains("-1"))
    // The common part, and a list with what each does.
    try await shell.type("clo\t")
    try await shell.wait(for: "the common part") {
      $0.beforeCursor.hasSuffix("> clock.st") ? true : nil
    }
    try await shell.type("\t")
    try await shell.waitFor("clock.start")
    try await shell.waitFor("clock.stop")
    try await shell.press(.controlC)
    try await shell.quit()
  }

  @Test func showsNotificationsAboveWhatIsTyped() async throws {
    let shell = try TerminalRun(["demo"], columns: 100, rows: 40)
    try await shell.enter("clock.start 0.05 5")
    try await shell.type("echo typed meanwhile")
    try await shell.waitFor(#""tick": 5"#)
    try await shell.wait(for: "the line") {
      $0.beforeCursor.hasSuffix("> echo typed meanwhile") ? true : nil
    }
    try await shell.press(.controlU)
    try await shell.quit()
  }

  @Test func showsControlCharactersSafely() async throws {
    let shell = try TerminalRun(["demo"], columns: 100, rows: 60)
    let shown = try await shell.enter("errors.text")
    #expect(shown.contains(#"bad\u001b[31m red\u202etxt"#), "\(shown)")
    let samples = try await shell.enter("text.unicode")
    #expect(samples.contains(#"\u001b[31mred"#))
    #expect(!shell.transcriptText.contains("\u{1B}]0;title"))
    #expect(!shell.transcriptText.contains("\u{202E}"))
    try await shell.quit()
  }

  @Test func showsTimingLogAndBatches() async throws {
    let shell = try TerminalRun(["demo"], columns: 100, rows: 40)
    let batch = try await shell.enter(".batch subtract 42 23 ; errors.application ; .notify notify")
    #expect(batch.contains("19") && batch.contains("1001"))
    try await shell.enter("subtract 5 3")
    #expect(try await shell.enter(".timing").contains("first byte"))
    #expect(try await shell.enter(".log").contains("subtract"))
    #expect(try await shell.enter(".describe subtract").contains("minuend"))
    #expect(try await shell.enter(".methods text.*").contains("text.unicode"))
    #expect(try await shell.enter(".help batch").contains(".batch"))
    try await shell.quit()
  }
}
