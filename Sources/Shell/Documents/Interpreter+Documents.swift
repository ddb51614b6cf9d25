import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

/// Documents that are open at a language server.
extension Interpreter {
  /// The workspace of a language server, or a complaint that there is none.
  func languageWorkspace() throws(Complaint) -> (workspace: Workspace, client: Client) {
    let client = try connected()
    guard let workspace, workspace.kind == .language else {
      throw Complaint(
        "documents are opened at language servers, and this one is spoken to as \(client.dialect.name)",
        hint: "`--dialect lsp` says that it is one")
    }
    return (workspace, client)
  }

  /// Sees to it that the server has been greeted, and has the documents as their files are now.
  ///
  /// Gives how many it was told of.
  @discardableResult
  func syncDocuments(_ workspace: Workspace, _ client: Client) async -> Int {
    await client.open()
    guard workspace.kind == .language, isGreeted(client) else { return 0 }
    let work = workspace.due()
    for fault in work.faults { screen.note(StyledText(SafeText.escape(fault), .warning)) }
    await tell(work.messages, client)
    await pullDiagnostics(workspace, client)
    noteDocuments(workspace)
    return work.count
  }

  /// Whether the server is there and has been greeted; where it is not, the call itself tells why.
  private func isGreeted(_ client: Client) -> Bool {
    client.isConnected && (client.dialect as? LSPDialect)?.capabilities != nil
  }

  /// Opens a file, or sends it anew if it changed.
  func openDocument(
    _ path: String, language: String? = nil, _ workspace: Workspace, _ client: Client
  ) async throws(Complaint) {
    let file: (text: DocumentText, isUTF8: Bool, stamp: FileStamp)
    do throws(SourceFile.Fault) { file = try SourceFile.read(path) } catch {
      throw Complaint(error.message)
    }
    if !file.isUTF8 {
      screen.note(
        StyledText(
          "\(SafeText.escape(SourceFile.shown(path))) is not UTF-8: what is none was replaced",
          .warning))
    }
    guard isGreeted(client) else {
      throw Complaint(
        "the server did not answer when it was greeted", hint: "`.log` shows what came",
        status: .unreachable)
    }
    let messages = workspace.open(path, language: language, file.text, file.stamp)
    await tell(messages, client)
    noteDocuments(workspace)
  }

  func tell(_ messages: [OpenDocuments.Message], _ client: Client) async {
    for message in messages {
      // Their methods and params are always well-formed.
      _ = try? await client.notify(message.method, params: message.params)
    }
  }

  /// Tells completion of the open documents.
  func noteDocuments(_ workspace: Workspace) {
    let names = workspace.update { $0.documents.all.map { SourceFile.shown($0.path) } }
    knowledge.update { $0.documents = names }
  }

  /// Adds what the server registered since it was greeted to what it offers.
  func noteRegistrations(_ workspace: Workspace) {
    let (capabilities, hasRegistered) = workspace.update { ($0.capabilities, $0.hasRegistered) }
    guard hasRegistered else { return }
    let methods = KnownMethods.lsp(capabilities)
    knowledge.update { known in
      guard known.catalog.source == "initialize", known.catalog.methods.count != methods.count
      else { return }
      known.catalog = MethodCatalog(
        source: known.catalog.source, title: known.catalog.title, methods: methods)
    }
  }

  // MARK: - Faults that have to be asked for

  /// Asks for the faults of documents that changed, where the server does not tell by itself.
  func pullDiagnostics(_ workspace: Workspace, _ client: Client) async {
    for question in workspace.dueQuestions() {
      let exchange = await interruption.during({ client.cancelAll() }) {
        try? await client.call(
          "textDocument/diagnostic", params: question.params,
          options: CallOptions(timeout: settings.value.timeout))
      }
      guard let exchange else { return }
      if exchange.ending != .replied { return }
      // A server may want to be asked again later (ServerCancelled); the next call does.
      guard let report = exchange.response?.result else { continue }
      let lines = workspace.take(report, of: question.uri)
      if !settings.value.json { for line in lines { screen.note(line) } }
    }
  }
}

extension Workspace {
  /// What the server has to be told, and which files can't be read any more.
  fileprivate func due() -> (messages: [OpenDocuments.Message], count: Int, faults: [String]) {
    let sync = update { $0.capabilities.sync }
    var messages = update { state -> [OpenDocuments.Message] in
      let fresh = state.documents.all.filter { !$0.isTold }.map(\.path)
      state.stale.formUnion(fresh)
      return state.documents.reopen(sync)
    }
    var count = messages.count
    var faults: [String] = []
    for document in update({ $0.documents.all }) {
      let stamp = SourceFile.stamp(document.path)
      if stamp == document.stamp, stamp != nil { continue }
      do throws(SourceFile.Fault) {
        let file = try SourceFile.read(document.path)
        let changes = open(document.path, language: document.language, file.text, file.stamp)
        messages += changes
        if document.text.text != file.text.text { count += 1 }
      } catch {
        // Said once; the document stays open as the server has it.
        let fault = "\(error.message); the server keeps what it has of it"
        if update({ $0.told.insert(fault).inserted }) { faults.append(fault) }
      }
    }
    return (messages, count, faults)
  }

  /// Takes the text of a file; gives what the server has to be told.
  func open(
    _ path: String, language: String?, _ text: DocumentText, _ stamp: FileStamp
  ) -> [OpenDocuments.Message] {
    update { state in
      let known = state.documents[path]
      if known?.text.text != text.text || known?.isTold != true {
        state.stale.insert(path)
        // What was said of the old text is no answer to the new one.
        state.waiters[path] = nil
        state.answered.remove(path)
      }
      return state.documents.open(
        path, language: language ?? known?.language ?? LanguageID.guess(path), text, stamp,
        state.capabilities.sync, state.capabilities.encoding)
    }
  }

  /// The questions for faults that are to be asked now.
  fileprivate func dueQuestions() -> [(uri: String, params: JSON)] {
    update { state in
      defer { state.stale = [] }
      guard state.capabilities.pullsDiagnostics else { return [] }
      let identifier = state.capabilities.diagnosticIdentifier
      return state.documents.all.compactMap { document in
        guard state.stale.contains(document.path), !state.pushed.contains(document.path) else {
          return nil
        }
        var params: [(String, JSON)] = [("textDocument", ["uri": JSON(document.uri)])]
        if let identifier { params.append(("identifier", JSON(identifier))) }
        if let id = state.diagnostics[document.path]?.resultID {
          params.append(("previousResultId", JSON(id)))
        }
        return (document.uri, JSON.object(params))
      }
    }
  }

  /// Takes the answer to such a question; gives what is to be told.
  fileprivate func take(_ report: JSON, of uri: String) -> [StyledText] {
    let key = FileURI.key(uri)
    let news = update { state in
      state.answered.insert(key)
      return state.diagnostics.take(report, of: uri)
    }
    update { $0.waiters.removeValue(forKey: key) }?.reach()
    return diagnosticLines(uri, news)
  }
}
