public import JSONRPC
public import LosslessJSON
import Wire

/// The Model Context Protocol in both its eras: with a handshake (2024-11-05 to 2025-11-25), and
/// stateless (2026-07-28), where every request says which version it is in.
public struct MCPDialect: Dialect {
  /// How the server was found to want it.
  public enum Era: Sendable, Equatable {
    /// Not yet asked.
    case unknown
    /// A handshake was done; over HTTP with the id of the session, if the server gave one.
    case handshake(version: String, session: String?)
    /// Every request stands for itself.
    case stateless(version: String)
  }

  /// How the server was found to want it.
  public private(set) var era = Era.unknown
  /// Name and version of the server, as it told, or empty.
  public private(set) var serverName = ""
  /// What the server says that it can do; nil before it was asked.
  public private(set) var capabilities: JSON?

  /// What a server is told that this client can do, and says when it is asked.
  public struct Offer: Sendable, Hashable {
    /// The folders that a server may look at, as `file:` URIs.
    public var roots: [String] = []
    /// Whether somebody can be asked for input.
    public var canElicit = false
    /// Whether somebody can write what a model would.
    public var canSample = false
    /// The least level of log messages that are wanted; nil leaves it to the server.
    public var logLevel: String?

    /// A client with no folders and nobody to ask.
    public init() {}
  }

  /// What a server is told that this client can do; a handshake tells it once.
  public var offer: Offer

  /// The kind of transport; only HTTP takes headers.
  var line = ChannelTraits.Kind.http

  /// The newest version with a handshake.
  static let newestHandshake = "2025-11-25"
  /// The version without one.
  static let stateless = "2026-07-28"

  /// The dialect, before any server was asked.
  public init(offer: Offer = Offer()) { self.offer = offer }

  /// `mcp`.
  public var name: String { "mcp" }
  /// 2.0.
  public var version: ProtocolVersion { .v2 }
  /// It has to be found out which era it is.
  public var needsOpening: Bool { true }

  /// The version agreed on, or empty.
  public var protocolVersion: String {
    switch era {
    case .unknown: ""
    case .handshake(let version, _), .stateless(let version): version
    }
  }

  // MARK: - Opening

  /// Asks as the stateless era does; a server that does not know that is greeted with a handshake.
  public func open(_ line: any OpeningLine) async -> (any Dialect)? {
    var candidate = self
    candidate.line = line.traits.kind
    // A server that wanted a handshake before will want one again.
    if case .handshake = era, let opened = await candidate.greet(line) { return opened }
    candidate.era = .stateless(version: Self.stateless)
    let asked = candidate.wrapped(nil, token: nil)
    let exchange = await line.ask(
      "server/discover", asked, headers: candidate.headers(for: "server/discover", params: asked))
    if let found = exchange.response?.result, found["supportedVersions"] != nil {
      candidate.take(found, serverInfo: found["_meta"]?[Self.metaServerInfo])
      return candidate
    }
    if Self.isOver(exchange) { return nil }
    return await candidate.greet(line)
  }

  private func greet(_ line: any OpeningLine) async -> (any Dialect)? {
    var opened = self
    opened.era = .handshake(version: Self.newestHandshake, session: nil)
    let params: JSON = [
      "protocolVersion": JSON(Self.newestHandshake), "capabilities": opened.capabilitiesOfClient,
      "clientInfo": Self.clientInfo,
    ]
    let exchange = await line.ask(
      "initialize", params, headers: opened.line == .http ? [Self.accept] : [])
    guard let result = exchange.response?.result, let version = result["protocolVersion"]?.string
    else { return nil }
    opened.era = .handshake(version: version, session: exchange.head?.header("mcp-session-id"))
    opened.take(result, serverInfo: result["serverInfo"])
    await line.tell(
      "notifications/initialized", nil,
      headers: opened.headers(for: "notifications/initialized", params: nil))
    if let level = offer.logLevel, opened.capabilities?["logging"] != nil {
      let asked: JSON = ["level": JSON(level)]
      _ = await line.ask(
        "logging/setLevel", asked, headers: opened.headers(for: "logging/setLevel", params: asked))
    }
    return opened
  }

  /// Whether there is nobody to go on asking.
  private static func isOver(_ exchange: Exchange) -> Bool {
    switch exchange.ending {
    case .failed, .cancelled: true
    default: false
    }
  }

  private mutating func take(_ result: JSON, serverInfo: JSON?) {
    capabilities = result["capabilities"]
    let words = [serverInfo?["name"]?.string, serverInfo?["version"]?.string]
    serverName = words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    if case .stateless = era, let versions = result["supportedVersions"],
      !versions.elements.contains(where: { $0.string == Self.stateless }),
      let other = versions.elements.compactMap(\.string).max()
    {
      era = .stateless(version: other)
    }
  }

  // MARK: - What we say of ourselves

  static let metaVersion = "io.modelcontextprotocol/protocolVersion"
  static let metaClientInfo = "io.modelcontextprotocol/clientInfo"
  static let metaCapabilities = "io.modelcontextprotocol/clientCapabilities"
  static let metaServerInfo = "io.modelcontextprotocol/serverInfo"
  static let metaLogLevel = "io.modelcontextprotocol/logLevel"
  static let accept = HeaderField("Accept", "application/json, text/event-stream")
  static let clientInfo: JSON = ["name": "rpcscope", "version": "1"]

  /// What the server is told that we can do, in both eras.
  var capabilitiesOfClient: JSON {
    var offers: [(String, JSON)] = []
    let isHandshake = if case .handshake = era { true } else { false }
    offers.append(("roots", isHandshake ? ["listChanged": true] : [:]))
    if offer.canSample { offers.append(("sampling", [:])) }
    if offer.canElicit { offers.append(("elicitation", ["form": [:], "url": [:]])) }
    return JSON.object(offers)
  }
}
