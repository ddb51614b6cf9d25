public import JSONRPC
public import LosslessJSON
public import Wire

/// How requests to the server are written.
extension MCPDialect {
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

  func wrapped(_ params: JSON?, token: RequestID?) -> JSON {
    var members = params?.members.map { ($0.name, $0.value) } ?? []
    var meta = params?["_meta"]?.members.map { ($0.name, $0.value) } ?? []
    var facts: [(String, JSON)] = []
    if let token { facts.append(("progressToken", token.json)) }
    if case .stateless(let version) = era {
      facts += [
        (Self.metaVersion, JSON(version)), (Self.metaClientInfo, Self.clientInfo),
        (Self.metaCapabilities, capabilitiesOfClient),
      ]
      if let level = offer.logLevel { facts.append((Self.metaLogLevel, JSON(level))) }
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
    // The session keeps the time: a server may ask a person something before it answers.
    if line == .http, era != .unknown { options.timeout = .zero }
    return options
  }

  func headers(for method: String?, params: JSON?) -> [HeaderField] {
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
        headers.append(HeaderField("Mcp-Name", Self.fieldValue(value)))
      }
    }
    return headers
  }

  /// A text as a header's value: what would not come through as it is goes in Base64, marked so.
  public static func fieldValue(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let isPlain =
      bytes.allSatisfy { (0x20...0x7E).contains($0) } && bytes.first != 0x20 && bytes.last != 0x20
      && !bytes.isEmpty && !text.hasPrefix("=?base64?")
    return isPlain ? text : "=?base64?\(base64(bytes))?="
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? 0x3D : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
