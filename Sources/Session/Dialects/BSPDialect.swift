public import JSONRPC
public import LosslessJSON

/// The Build Server Protocol 2: a handshake, and an orderly end.
public struct BSPDialect: Dialect {
  /// The folder of the build, as a `file:` URI; nil for none.
  public var root: String?
  /// The version of the protocol that is asked for.
  public var bspVersion: String
  /// The languages that are asked for.
  public var languages: [String]
  /// What the server says that it can do; nil before it was asked.
  public private(set) var capabilities: JSON?
  /// Name and version of the server, as it told, or empty.
  public private(set) var serverName = ""

  /// The newest version known here.
  public static let newestVersion = "2.2.0"

  /// The languages that build servers are known for.
  public static let knownLanguages = [
    "scala", "java", "kotlin", "c", "cpp", "objective-c", "objective-cpp", "swift", "rust",
    "python", "go",
  ]

  /// A client in that folder.
  public init(
    root: String? = nil, bspVersion: String = newestVersion,
    languages: [String] = knownLanguages
  ) {
    self.root = root
    self.bspVersion = bspVersion
    self.languages = languages
  }

  /// `bsp`.
  public var name: String { "bsp" }
  /// 2.0.
  public var version: ProtocolVersion { .v2 }
  /// Nothing is answered before `build/initialize`.
  public var needsOpening: Bool { true }

  /// `build/initialize` and `build/initialized`.
  public func open(_ line: any OpeningLine) async -> (any Dialect)? {
    let params: JSON = [
      "displayName": "rpcscope", "version": "1", "bspVersion": JSON(bspVersion),
      "rootUri": JSON(root ?? ""),
      "capabilities": ["languageIds": .array(languages.map { JSON($0) })],
    ]
    let exchange = await line.ask("build/initialize", params, headers: [])
    guard let result = exchange.response?.result, let offered = result["capabilities"] else {
      return nil
    }
    var opened = self
    opened.capabilities = offered
    let words = [result["displayName"]?.string, result["version"]?.string]
    opened.serverName = words.compactMap { $0 }.joined(separator: " ")
    await line.tell("build/initialized", nil, headers: [])
    return opened
  }

  /// `build/shutdown` and `build/exit`.
  public var closing: [Request] {
    guard capabilities != nil else { return [] }
    let shutdown = try? Request("build/shutdown", id: RequestID("rpcscope-shutdown"))
    let exit = try? Request.notification("build/exit")
    return [shutdown, exit].compactMap { $0 }
  }
}
