import LosslessJSON
import Session
import Terminal
import View

/// Commands about documents that are open at a language server.
enum DocumentCommands {
  static let all: [Command] = [
    Command(
      "open", usage: "[--language NAME] [FILE …]",
      summary: "open files at a language server; alone: the open ones",
      help: """
        .open src/main.c              tells the server of the file; its faults follow
        .open                         the open files
        textDocument/hover src/main.c:3:7
                                      a call names a place as FILE:LINE:COLUMN, from 1, columns
                                      in characters; a file that is not open is opened by itself
        textDocument/codeAction src/main.c:3:1-4:9
                                      a range, up to before its end; FILE:3 is a line, FILE all
        Before each call, what changed on disk is sent anew. `--language` overrules the name.
        """,
      options: [
        .init(name: "--language", value: "NAME", summary: "the protocol's name of the language")
      ],
      argument: .path, run: open),
    Command(
      "close", usage: "FILE …", summary: "close files at a language server", argument: .document,
      run: close),
    Command(
      "sync", summary: "send what changed on disk to a language server now", run: sync),
    Command(
      "diagnostics", aliases: ["diag"], usage: "[FILE …]",
      summary: "the faults that a language or build server found",
      help: """
        .diagnostics            of all documents that it told of
        .diagnostics src/a.c    of this one, opened if it is not; waits until the server tells
        """, argument: .path, run: diagnostics),
    Command(
      "apply", summary: "make the edits that a language server proposed last, in the files",
      help: """
        textDocument/rename src/a.c:3:7 newName=count
        .apply
        Edits are only ever made by this command; those that a server asks to make by itself are
        refused, and this makes them too. Files are not made, renamed or deleted.
        """, run: apply),
  ]

  @Sendable
  private static func open(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    var words = try line.words()
    let (workspace, client) = try shell.languageWorkspace()
    var language: String?
    if let first = words.first, first == "--language" || first.hasPrefix("--language=") {
      words.removeFirst()
      language =
        first.contains("=")
        ? String(first.dropFirst("--language=".count)) : words.isEmpty ? nil : words.removeFirst()
      guard language?.isEmpty == false, !words.isEmpty else {
        throw Complaint("a language and a file must follow --language")
      }
    }
    await shell.syncDocuments(workspace, client)
    if words.isEmpty { return list(shell, workspace) }
    for word in words {
      try await shell.openDocument(SourceFile.absolute(word), language: language, workspace, client)
    }
    await shell.pullDiagnostics(workspace, client)
    let last = workspace.update { $0.documents.all.last }
    if !shell.isLogged, let last, words.count == 1 {
      shell.screen.note(
        StyledText(
          "\(SafeText.escape(SourceFile.shown(SourceFile.absolute(words[0])))) is open"
            + (last.path == SourceFile.absolute(words[0])
              ? " (\(SafeText.escape(last.language)), version \(last.version))" : ""),
          .dim))
    }
    return .ok
  }

  private static func list(_ shell: Interpreter, _ workspace: Workspace) -> ExitStatus {
    let (documents, diagnostics) = workspace.update { ($0.documents.all, $0.diagnostics) }
    if documents.isEmpty {
      shell.screen.note(StyledText("none; `.open FILE` opens one", .dim))
      return .ok
    }
    var table = Table([
      .init("file", isFlexible: true), .init("language"), .init("version", isRight: true),
      .init("lines", isRight: true, isOptional: true), .init("faults"),
    ])
    for document in documents {
      let faults = diagnostics[document.path].map { DiagnosticText.count($0.items) } ?? "not told"
      table.add([
        StyledText(SafeText.escape(SourceFile.shown(document.path)), .method),
        StyledText(SafeText.escape(document.language)),
        StyledText("\(document.version)", .number),
        StyledText("\(document.text.lineCount)", .number), StyledText(faults),
      ])
    }
    shell.screen.show(StyledText(lines: table.lines(width: shell.screen.width)))
    return .ok
  }

  @Sendable
  private static func close(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (workspace, client) = try shell.languageWorkspace()
    let words = try line.words()
    if words.isEmpty { throw Complaint("which file?", hint: "`.open` lists the open ones") }
    for word in words {
      let path = SourceFile.absolute(word)
      guard workspace.update({ $0.documents[path] }) != nil else {
        throw Complaint("\(word) is not open", hint: "`.open` lists the open ones")
      }
      let messages = workspace.update { state in
        state.diagnostics.remove(path)
        state.pushed.remove(path)
        return state.documents.close(path, state.capabilities.sync)
      }
      await shell.tell(messages, client)
    }
    shell.noteDocuments(workspace)
    return .ok
  }

  @Sendable
  private static func sync(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (workspace, client) = try shell.languageWorkspace()
    let count = await shell.syncDocuments(workspace, client)
    let words =
      switch count {
      case 0: "nothing changed"
      case 1: "1 document was sent"
      default: "\(count) documents were sent"
      }
    shell.screen.note(StyledText(words, .dim))
    return .ok
  }

  @Sendable
  private static func apply(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (workspace, client) = try shell.languageWorkspace()
    await shell.syncDocuments(workspace, client)
    guard let edit = workspace.update({ $0.edit }) else {
      throw Complaint(
        "no edit was proposed", hint: "such as by textDocument/rename FILE:LINE:COLUMN newName=…")
    }
    let files = try EditApplication(workspace: workspace).apply(edit)
    workspace.update { $0.edit = nil }
    let count = files.count == 1 ? "1 file was" : "\(files.count) files were"
    let names = files.isEmpty ? "" : ": \(SafeText.escape(files.joined(separator: ", ")))"
    shell.screen.note(StyledText("\(count) changed\(names)", .success))
    await shell.syncDocuments(workspace, client)
    return .ok
  }
}
