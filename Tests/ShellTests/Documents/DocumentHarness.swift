import Session
import Terminal
import TestChannels
import TestFolders
import Wire

@testable import Shell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An interpreter on a scripted language server, in a folder of its own.
final class DocumentHarness {
  let interpreter: Interpreter
  let server: ScriptedLanguageServer
  let folder: TemporaryFolder
  private let descriptors: [Int32]

  init(
    _ server: ScriptedLanguageServer = ScriptedLanguageServer(), dialect: String = "lsp",
    hasUser: Bool = false
  ) async throws {
    self.server = server
    let folder = try TemporaryFolder()
    self.folder = folder
    descriptors = ["output", "error"].map { name in
      open("\(folder.path)/\(name)", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }
    interpreter = Interpreter(
      screen: Screen(
        color: .never, outputDescriptor: descriptors[0], errorDescriptor: descriptors[1]))
    interpreter.awaitsConnections = hasUser
    if hasUser { interpreter.settings.update { $0.requests = .ask } }
    try await connect(dialect: dialect)
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  func connect(dialect: String = "lsp") async throws {
    var connection = Connection(.child(["language-server"]))
    connection.dialectName = dialect
    connection.root = folder.path
    let script = server.script
    connection.channelMaker = { _ in ScriptedChannel(.child, script) }
    try await interpreter.connect(connection)
  }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  func remove(_ name: String) { unlink(path(name)) }

  func uri(_ name: String) -> String { FileURI.of(path: path(name)) }

  /// What a line brought to both screens; `FOLDER` stands for the folder.
  @discardableResult
  func run(_ line: String) async throws -> (status: ExitStatus, text: String) {
    let (output, error) = (try folder.read("output"), try folder.read("error"))
    let status = await interpreter.run(
      line.split(separator: "FOLDER", omittingEmptySubsequences: false)
        .joined(separator: folder.path))
    let text =
      try folder.read("error").dropFirst(error.count)
      + folder.read("output").dropFirst(output.count)
    return (status, shown(String(text)))
  }

  /// Everything on the screen of remarks.
  var remarks: String { get throws { shown(try folder.read("error")) } }

  private func shown(_ text: String) -> String {
    text.split(separator: folder.path, omittingEmptySubsequences: false).joined(
      separator: "FOLDER")
  }
}
