import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

extension Interpreter {
  /// Shows what a language server's result says in words, and remembers an edit that it proposes.
  func showReading(_ exchange: Exchange, _ value: JSON, isShown: Bool) {
    guard let workspace, workspace.kind == .language, !value.isNull else { return }
    let params = (try? JSON(reading: exchange.request))?["params"]
    let uri = params?["textDocument"]?["uri"]?.string ?? params?["item"]?["uri"]?.string
    if let edit = Self.edit(in: value, uri) { workspace.update { $0.edit = edit } }
    guard isShown, screen.isInteractive else { return }
    let lines = LanguageResult(workspace.sources).lines(value, document: uri)
    for line in lines { screen.show(line) }
    if !lines.isEmpty, Self.edit(in: value, uri) != nil {
      screen.note(StyledText("nothing was changed; `.apply` makes these edits", .dim))
    }
  }

  /// Forgets an earlier proposal when another one was asked for, whatever came of that: `.apply` makes
  /// only edits that were seen last.
  func forgetProposal(before exchange: Exchange) {
    guard let method = exchange.method, Self.proposing.contains(method) else { return }
    workspace?.update { $0.edit = nil }
  }

  /// The methods whose results are edits, or actions that have some.
  private static let proposing: Set<String> = [
    "textDocument/rename", "textDocument/formatting", "textDocument/rangeFormatting",
    "textDocument/rangesFormatting", "textDocument/onTypeFormatting", "textDocument/codeAction",
    "textDocument/willSaveWaitUntil", "codeAction/resolve", "workspace/willCreateFiles",
    "workspace/willRenameFiles", "workspace/willDeleteFiles",
  ]

  /// The edit that a result proposes: a `WorkspaceEdit`, the edits of the document that was asked
  /// about, or those of the only code action.
  private static func edit(in value: JSON, _ uri: String?) -> JSON? {
    if value["changes"] != nil || value["documentChanges"] != nil { return value }
    if value["edit"] != nil, value["title"] != nil { return value["edit"] }
    guard value.kind == .array, let first = value[0] else { return nil }
    if let uri, TextEdits(value) != nil {
      return ["changes": JSON.object([(uri, value)])]
    }
    return value.count == 1 && first["title"] != nil ? first["edit"] : nil
  }

  /// Answers a request of the server.
  func answer(
    _ id: RequestID, _ result: JSON, _ client: Client
  ) async throws(Complaint) -> ExitStatus {
    let response = Response(.result(result), id: id, version: client.dialect.version)
    let outgoing = Outgoing(raw: Array(response.json.bytes))
    return try await send(outgoing, CallOptions(), Statement(action: .nothing))
  }
}
