import LosslessJSON
import Session
import Terminal
import View

extension DocumentCommands {
  /// How long the faults of a document are waited for.
  private static let patience = Duration.seconds(10)

  @Sendable
  static func diagnostics(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let client = try shell.connected()
    guard let workspace = shell.workspace else {
      throw Complaint(
        "only language and build servers tell of faults",
        hint: "`--dialect lsp` or `--dialect bsp` says that it is one")
    }
    let paths = try line.words().map(SourceFile.absolute)
    workspace.update { $0.isListing = true }
    defer { workspace.update { $0.isListing = false } }
    await shell.syncDocuments(workspace, client)
    if workspace.kind == .language {
      for path in paths where workspace.update({ $0.documents[path] }) == nil {
        try await shell.openDocument(path, workspace, client)
      }
      await shell.pullDiagnostics(workspace, client)
      await wait(for: paths, shell, workspace)
    }
    show(paths, shell, workspace)
    return .ok
  }

  /// Waits until the server has told of the open documents, those named or all.
  private static func wait(
    for paths: [String], _ shell: Interpreter, _ workspace: Workspace
  ) async {
    let open = workspace.update { $0.documents.all.map(\.path) }
    let deadline = ContinuousClock.now + patience
    let reminder = shell.remind("the server has not told yet; Ctrl-C goes on without")
    defer { reminder?.cancel() }
    for path in paths.isEmpty ? open : paths {
      let milestone = workspace.waiter(for: path)
      if workspace.update({ $0.answered.contains(path) }) { continue }
      let count = shell.interruption.count
      await milestone.wait(atMost: deadline - .now, shell.interruption)
      if shell.interruption.count > count { return }
    }
  }

  private static func show(_ paths: [String], _ shell: Interpreter, _ workspace: Workspace) {
    let sources = workspace.sources
    let diagnostics = workspace.update { $0.diagnostics }
    for path in paths where diagnostics[path] == nil {
      shell.screen.note(
        StyledText(
          "the server told nothing of \(SafeText.escape(SourceFile.shown(path)))", .note))
    }
    let entries = paths.isEmpty ? diagnostics.all : paths.compactMap { diagnostics[$0] }
    var all: [PublishedDiagnostic] = []
    for entry in entries {
      let text = sources.text(entry.uri)
      for item in entry.items {
        shell.screen.show(
          DiagnosticText.draw(item, of: entry.uri, sources, text: text, showsLine: true))
      }
      all += entry.items
    }
    guard !entries.isEmpty || paths.isEmpty else { return }
    let files = entries.count == 1 ? sources.name(entries[0].uri) : "\(entries.count) documents"
    shell.screen.note(StyledText("\(files): \(DiagnosticText.count(all))", .dim))
  }
}
