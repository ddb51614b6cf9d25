import JSONRPC
import LosslessJSON
import Session

/// Makes of a step's text what the session sends.
enum ReplayMessage {
  /// The message: what the dialect has to add to is handed over as a request, all else as it stands.
  static func outgoing(_ bytes: [UInt8], _ exchange: Exchange, _ dialect: any Dialect) -> Outgoing {
    let isOne = exchange.kind == .call || exchange.kind == .notification
    guard isOne, let json = try? JSON(reading: bytes),
      let call = call(json), let request = request(call, dialect)
    else { return Outgoing(raw: bytes) }
    let isMCP = dialect.name.hasPrefix("mcp")
    return isMCP || request.bytes == bytes
      ? Outgoing(request) : Outgoing(exactly: bytes, as: exchange.kind)
  }

  private static func call(_ json: JSON) -> ReceivedCall? {
    switch Message(json) {
    case .request(let call), .notification(let call): call
    default: nil
    }
  }

  private static func request(_ call: ReceivedCall, _ dialect: any Dialect) -> Request? {
    let isMCP = dialect.name.hasPrefix("mcp")
    let params = isMCP ? MCPFacts.removed(from: call.params) : call.params
    if let id = call.id {
      return try? Request(call.method, params: params, id: id, version: dialect.version)
    }
    return try? Request.notification(call.method, params: params, version: dialect.version)
  }
}

/// What the dialect of MCP puts into every request by itself.
enum MCPFacts {
  private static let names: Set<String> = [
    "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo",
    "io.modelcontextprotocol/clientCapabilities", "io.modelcontextprotocol/logLevel",
    "progressToken",
  ]

  /// Params without them, so that the dialect puts those of today in; nil if nothing is left.
  static func removed(from params: JSON?) -> JSON? {
    guard let params, params.kind == .object, let meta = params["_meta"] else { return params }
    let rest = meta.members.filter { !names.contains($0.name) }
    var members = params.members.filter { $0.name != "_meta" }.map { ($0.name, $0.value) }
    if !rest.isEmpty {
      members.append(("_meta", JSON.object(rest.map { ($0.name, $0.value) })))
    }
    return members.isEmpty ? nil : JSON.object(members)
  }
}
