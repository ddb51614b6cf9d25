public import JSONRPC
public import LosslessJSON

/// The Language Server Protocol: a handshake, answers to what a server wants to know of its client,
/// and an orderly end.
public struct LSPDialect: Dialect {
  /// The folder that the server is told of, as a `file:` URI; nil for none.
  public var root: String?
  /// The settings that the server may ask for, an object; nil for none.
  public var configuration: JSON?
  /// Whether somebody is there to choose where the server asks for a choice.
  public var hasUser = false
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
    let params: JSON = [
      "processId": .null, "clientInfo": ["name": "rpcscope"],
      "rootUri": root.map { JSON($0) } ?? .null, "workspaceFolders": folders,
      "capabilities": Self.clientCapabilities,
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

  /// The `WorkspaceFolder`s: the one folder, or null.
  var folders: JSON {
    root.map { root in
      let name = root.split(separator: "/").last.map(String.init) ?? root
      return [["uri": JSON(root), "name": JSON(name)]]
    } ?? .null
  }

  /// `shutdown`, and `exit`, without which many servers never end.
  public var closing: [Request] {
    guard capabilities != nil else { return [] }
    let shutdown = try? Request("shutdown", id: RequestID("rpcscope-shutdown"))
    let exit = try? Request.notification("exit")
    return [shutdown, exit].compactMap { $0 }
  }
}
