import Catalog
import LosslessJSON
import TestChannels
import Testing
import Wire

@testable import Shell

@Suite("Words where there is no shell", .timeLimit(.minutes(2)))
struct ProgramWordsTests {
  /// What `rpcscope call` says on standard error.
  private static func call(
    _ method: String, _ words: [String] = [], methods: [Method] = [],
    _ kind: ChannelTraits.Kind = .tcp
  ) async throws -> String {
    let shell = try ShellHarness(kind, methods: methods)
    shell.interpreter.settings.update { $0.timeout = .milliseconds(20) }
    _ = await shell.interpreter.call(method, words: words, id: nil, asNotification: false)
    return try shell.error
  }

  @Test(
    "no hint names a command of the shell",
    arguments: [
      ("silent", [], "-m 120 waits longer"), ("die", [], "--jsonrpc 1.0"),
      ("subtract", ["1"], "without --openrpc it is sent unchecked"),
      ("subtract", ["[1]"], "'[[1]]' sends it as the only param"),
      ("subtarct", ["1", "2"], "did you mean subtract?"),
    ])
  func hints(_ method: String, _ words: [String], _ hint: String) async throws {
    let error = try await Self.call(method, words, methods: [TestMethods.subtract])
    #expect(error.contains(hint), "\(error)")
    #expect(!error.contains("`."), "\(error)")
    #expect(!error.contains("next call"), "\(error)")
  }

  @Test("every transport error has words without the shell's commands")
  func wire() {
    let errors: [WireError] = [
      .timedOut(after: .seconds(1)), .tooLarge(limit: 5), .truncatedBody(message: "x"),
      .connectFailed(peer: "p", errno: 111), .closed(.asked), .closed(.byPeer),
      .closed(.exited(1)), .closed(.signalled(9)),
    ]
    for error in errors {
      let hint = Complaint(error, isShell: false).hint
      #expect(!hint.contains("`.") && !hint.contains("next call"), "\(hint)")
    }
    #expect(Complaint(.tooLarge(limit: 5), isShell: false).hint.contains("--max-size"))
  }
}
