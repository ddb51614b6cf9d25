public import JSONRPC
public import LosslessJSON
public import Wire

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

  /// The kind of transport; only HTTP takes headers.
  private var line = ChannelTraits.Kind.http

  /// The newest version with a handshake.
  static let newestHandshake = "2025-11-25"
  /// The version without one.
  static let stateless = "2026-07-28"

  /// The dialect, before any server was asked.
  public init() {}

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
      "protocolVersion": JSON(Self.newestHandshake), "capabilities": Self.clientCapabilities,
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

  // MARK: - Requests

  /// In the stateless era, puts the version and the client's capabilities into the params; in both,
  /// asks for progress of a tool, with the request's id as the token.
  public func wrap(_ request: Request) -> Request {
    let token = request.method == "tools/call" ? request.id : nil
    if case .stateless = era {} else if token == nil { return request }
    guard request.params?.kind != .array else { return request }
    let params = wrapped(request.params, token: token)
    let wrapped =
      request.id.map { id in try? Request(request.method, params: params, id: id) }
      ?? (try? Request.notification(request.method, params: params))
    return wrapped ?? request
  }

  private func wrapped(_ params: JSON?, token: RequestID?) -> JSON {
    var members = params?.members.map { ($0.name, $0.value) } ?? []
    var meta = params?["_meta"]?.members.map { ($0.name, $0.value) } ?? []
    var facts: [(String, JSON)] = []
    if let token { facts.append(("progressToken", token.json)) }
    if case .stateless(let version) = era {
      facts += [
        (Self.metaVersion, JSON(version)), (Self.metaClientInfo, Self.clientInfo),
        (Self.metaCapabilities, Self.statelessCapabilities),
      ]
    }
    // What the user wrote stays.
    for fact in facts where !meta.contains(where: { $0.0 == fact.0 }) { meta.append(fact) }
    members.removeAll { $0.0 == "_meta" }
    members.append(("_meta", JSON.object(meta)))
    return JSON.object(members)
  }

  /// The headers of Streamable HTTP.
  public func decorate(method: String?, params: JSON?) -> SendOptions {
    var options = SendOptions()
    options.headers = headers(for: method, params: params)
    return options
  }

  private func headers(for method: String?, params: JSON?) -> [HeaderField] {
    guard line == .http else { return [] }
    var headers = [Self.accept]
    switch era {
    case .unknown: break
    case .handshake(let version, let session):
      headers.append(HeaderField("MCP-Protocol-Version", version))
      if let session { headers.append(HeaderField("Mcp-Session-Id", session)) }
    case .stateless(let version):
      headers.append(HeaderField("MCP-Protocol-Version", version))
      guard let method else { break }
      headers.append(HeaderField("Mcp-Method", method))
      let named = ["tools/call": "name", "prompts/get": "name", "resources/read": "uri"]
      if let member = named[method], let value = params?[member]?.string {
        headers.append(HeaderField("Mcp-Name", value))
      }
    }
    return headers
  }

  // MARK: - Requests from the server

  /// Answers `ping` and `roots/list`; what needs a person is refused with words.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard let id = call.id else { return nil }
    switch call.method {
    case "ping": return Response(.result([:]), id: id)
    case "roots/list": return Response(.result(["roots": []]), id: id)
    case "sampling/createMessage", "elicitation/create":
      return Response(
        .error(ErrorObject(code: -1, message: "refused: nobody is there to answer")), id: id)
    default: return nil
    }
  }

  // MARK: - What we say of ourselves

  private static let metaVersion = "io.modelcontextprotocol/protocolVersion"
  private static let metaClientInfo = "io.modelcontextprotocol/clientInfo"
  private static let metaCapabilities = "io.modelcontextprotocol/clientCapabilities"
  private static let metaServerInfo = "io.modelcontextprotocol/serverInfo"
  private static let accept = HeaderField("Accept", "application/json, text/event-stream")
  private static let clientInfo: JSON = ["name": "rpcscope", "version": "1"]
  private static let clientCapabilities: JSON = ["roots": ["listChanged": false]]
  private static let statelessCapabilities: JSON = [:]
}
