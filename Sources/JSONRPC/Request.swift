public import LosslessJSON

/// A request, or a notification, which is a request without an id.
public struct Request: Sendable, Hashable {
  /// The version it is written in.
  public let version: ProtocolVersion
  /// The name of the method. Names beginning with `rpc.` are allowed: `rpc.discover` is one.
  public let method: String
  /// An array or an object; nil leaves the member out (in 1.0 it becomes `[]`).
  public let params: JSON?
  /// The id; nil makes a notification.
  public let id: RequestID?

  /// A request that wants a reply.
  public init(
    _ method: String, params: JSON? = nil, id: RequestID, version: ProtocolVersion = .v2
  ) throws(MessageError) {
    switch version {
    case .v1: if id == .null { throw .nullID }
    case .v2: if !id.isAllowedIn2 { throw .idKind }
    }
    try self.init(checked: method, params, id, version)
  }

  /// A notification: nobody answers it.
  public static func notification(
    _ method: String, params: JSON? = nil, version: ProtocolVersion = .v2
  ) throws(MessageError) -> Request {
    try Request(checked: method, params, nil, version)
  }

  private init(
    checked method: String, _ params: JSON?, _ id: RequestID?, _ version: ProtocolVersion
  ) throws(MessageError) {
    if let params {
      switch params.kind {
      case .array: break
      case .object: if version == .v1 { throw .paramsNotArray }
      default: throw .paramsNotStructured
      }
    }
    self.version = version
    self.method = method
    self.params = params
    self.id = id
  }

  /// Whether nobody answers it.
  public var isNotification: Bool { id == nil }

  /// The message, members in the order that the specifications write them.
  public var json: JSON {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.finished()
  }

  /// The message's text.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if version == .v2 {
      writer.key("jsonrpc")
      writer.string("2.0")
    }
    writer.key("method")
    writer.string(method)
    if let params = params ?? (version == .v1 ? [] : nil) {
      writer.key("params")
      writer.value(params)
    }
    if let id = id ?? (version == .v1 ? .null : nil) {
      writer.key("id")
      writer.value(id.json)
    }
    writer.endObject()
  }
}
