import Recording
import Session
import TestChannels
import TestFolders
import Wire

@testable import Shell

/// A shell on a scripted server whose sessions are kept in a folder of the test.
final class KeptShell {
  let shell: ShellHarness
  let sessions: RecordingFolder

  init(
    _ place: ((RecordingFolder) -> RecordingOptions.Place)? = nil,
    change: (inout Connection) -> Void = { _ in }
  ) async throws {
    shell = try ShellHarness()
    sessions = RecordingFolder(path: shell.folder.path + "/sessions")
    shell.interpreter.recording = RecordingOptions(
      place?(sessions) ?? .folder(sessions), program: "rpcscope test")
    var connection = Connection(.tcp(host: "127.0.0.1", port: 1))
    let script = shell.server.script
    connection.channelMaker = { _ in ScriptedChannel(.tcp, script) }
    change(&connection)
    try await shell.interpreter.connect(connection)
  }

  /// Runs lines, and gives what the last one brought.
  @discardableResult
  func run(_ lines: String...) async throws -> ShellHarness.Outcome {
    var outcome = ShellHarness.Outcome(status: .ok, output: "", error: "")
    for line in lines { outcome = try await shell.run(line) }
    return outcome
  }

  /// The path of a file beside the shell's screen.
  func path(_ name: String) -> String { "\(shell.folder.path)/\(name)" }

  /// The exchanges of the newest session that was kept.
  var kept: [Exchange] {
    get throws {
      guard let path = try sessions.list().first else { return [] }
      return try SessionFile(opening: path).exchanges().map(\.exchange)
    }
  }
}
