public import JSONRPC
public import LosslessJSON

/// The Language Server Protocol: a handshake, answers to what a server wants to know of its client,
/// and an orderly end.
public struct LSPDialect: Dialect {
  /// The folder that the server is told of, as a `file:` URI; nil for none.
  public var root: String?
  /// What the server says that it can do; nil before it was asked.
  public private(set) var capabilities: JSON?
  /// Name and version of the server, as it told, or empty.
  public private(set) var serverName = ""

  /// A client in that folder.
  public init(root: String? = nil) { self.root = root }

  /// `lsp`.
  public var name: String { "lsp" }
  /// 2.0.
  public var version: ProtocolVersion { .v2 }
  /// Nothing is answered before `initialize`.
  public var needsOpening: Bool { true }

  /// `initialize` and `initialized`.
  public func open(_ line: any OpeningLine) async -> (any Dialect)? {
    let uri = root.map { JSON($0) } ?? .null
    let folders: JSON =
      root.map { [["uri": JSON($0), "name": JSON(Self.lastComponent($0))]] } ?? .null
    let params: JSON = [
      "processId": .null, "clientInfo": ["name": "rpcscope"], "rootUri": uri,
      "workspaceFolders": folders, "capabilities": Self.clientCapabilities,
    ]
    let exchange = await line.ask("initialize", params, headers: [])
    guard let result = exchange.response?.result, let offered = result["capabilities"] else {
      return nil
    }
    var opened = self
    opened.capabilities = offered
    let words = [result["serverInfo"]?["name"]?.string, result["serverInfo"]?["version"]?.string]
    opened.serverName = words.compactMap { $0 }.joined(separator: " ")
    await line.tell("initialized", [:], headers: [])
    return opened
  }

  private static func lastComponent(_ uri: String) -> String {
    uri.split(separator: "/").last.map(String.init) ?? uri
  }

  /// Answers what every client answers; the rest is left to the user.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard let id = call.id else { return nil }
    switch call.method {
    case "workspace/configuration":
      // A value for each item: null means that there is nothing set.
      let items = call.params?["items"]?.count ?? 0
      return Response(.result(JSON.array(Array(repeating: .null, count: items))), id: id)
    case "workspace/workspaceFolders":
      let folders: JSON =
        root.map { [["uri": JSON($0), "name": JSON(Self.lastComponent($0))]] } ?? .null
      return Response(.result(folders), id: id)
    case "workspace/applyEdit":
      return Response(
        .result(["applied": false, "failureReason": "rpcscope changes no files"]), id: id)
    case "client/registerCapability", "client/unregisterCapability",
      "window/workDoneProgress/create", "window/showMessageRequest",
      "workspace/semanticTokens/refresh", "workspace/inlayHint/refresh",
      "workspace/codeLens/refresh", "workspace/diagnostic/refresh":
      return Response(.result(.null), id: id)
    default: return nil
    }
  }

  /// `shutdown`, and `exit`, without which many servers never end.
  public var closing: [Request] {
    guard capabilities != nil else { return [] }
    let shutdown = try? Request("shutdown", id: RequestID("rpcscope-shutdown"))
    let exit = try? Request.notification("exit")
    return [shutdown, exit].compactMap { $0 }
  }

  private static let clientCapabilities: JSON = [
    "workspace": ["configuration": true, "workspaceFolders": true, "applyEdit": true],
    "window": ["workDoneProgress": true, "showMessage": [:]],
    "general": ["positionEncodings": ["utf-8", "utf-16"]],
    "textDocument": [
      "synchronization": ["didSave": true],
      "hover": ["contentFormat": ["plaintext", "markdown"]],
      "completion": ["completionItem": ["documentationFormat": ["plaintext", "markdown"]]],
      "definition": ["linkSupport": true],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "publishDiagnostics": ["relatedInformation": true],
      "rename": ["prepareSupport": true],
      "codeAction": [
        "codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix", "refactor"]]]
      ],
    ],
  ]
}
