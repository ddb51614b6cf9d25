import TestScreens
import Testing

/// When output has colours.
@Suite(.seated) struct ColorTests {
  @Test func onATerminalThereAreColors() async throws {
    let shell = try TerminalRun(["demo"])
    #expect(try await shell.enter("echo hello").contains("hello"))
    #expect(shell.screen.hasStyles)
    try await shell.quit()
  }

  @Test(arguments: [
    ["NO_COLOR": "1"], ["TERM": "xterm-256color", "NO_COLOR": "yes"],
  ])
  func noColorMeansNone(environment: [String: String]) async throws {
    let shell = try TerminalRun(["demo"], environment: environment)
    #expect(try await shell.enter("echo hello").contains("hello"))
    #expect(try await shell.enter("errors.data").contains("1002"))
    #expect(!shell.transcriptText.hasColors)
    try await shell.quit()
  }

  @Test func neverMeansNone() async throws {
    let shell = try TerminalRun(["demo", "--color=never"])
    #expect(try await shell.enter("echo hello").contains("hello"))
    #expect(!shell.transcriptText.hasColors)
    try await shell.quit()
  }

  @Test func pipesHaveNoneUnlessAskedFor() async throws {
    let plain = try await ProgramRun.finish(["demo", "-e", "echo hello"])
    #expect(plain.output == "\"hello\"\n")
    let forced = try await ProgramRun.finish(["demo", "--color=always", "-e", "echo hello"])
    #expect(forced.output.hasColors)
    #expect(forced.output.contains("hello"))
    let stronger = try await ProgramRun.finish(
      ["demo", "--color=always", "-e", "echo hello"], environment: ["NO_COLOR": "1"])
    #expect(stronger.output.hasColors)
  }
}

extension String {
  /// Whether an SGR sequence that changes a colour stands in the text.
  fileprivate var hasColors: Bool {
    split(separator: "\u{1B}[", omittingEmptySubsequences: false).dropFirst().contains { part in
      let parameters = part.prefix { $0.isNumber || $0 == ";" }
      return part.dropFirst(parameters.count).first == "m"
        && parameters.split(separator: ";").contains { Int($0).map { $0 >= 30 } ?? false }
    }
  }
}
