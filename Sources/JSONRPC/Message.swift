public import LosslessJSON

/// What a JSON value that came over the wire is, taken leniently.
public enum Message: Sendable {
  /// A request: it has a method and an id.
  case request(ReceivedCall)
  /// A notification: it has a method and no id (or, without `jsonrpc`, a null one, as in 1.0).
  case notification(ReceivedCall)
  /// A reply: it has a result or an error.
  case response(Response)
  /// An array of messages.
  case batch([Message])
  /// JSON that is no JSON-RPC.
  case other(JSON)

  /// Tells what a value is.
  public init(_ json: JSON) {
    switch json.kind {
    case .array: self = .batch(json.elements.map { Message(element: $0) })
    default: self = Message(element: json)
    }
  }

  private init(element json: JSON) {
    if let method = json["method"]?.string {
      let call = ReceivedCall(json: json, method: method)
      self = call.id == nil ? .notification(call) : .request(call)
    } else if let response = Response(received: json) {
      self = .response(response)
    } else {
      self = .other(json)
    }
  }
}

/// A request or notification as it came over the wire.
public struct ReceivedCall: Sendable, Hashable {
  /// The exact message.
  public let json: JSON
  /// The name of the method.
  public let method: String
  /// The id, or nil if it wants no reply.
  public let id: RequestID?

  init(json: JSON, method: String) {
    self.json = json
    self.method = method
    let id = json["id"]
    let isOldNotification = id?.isNull == true && json["jsonrpc"] == nil
    self.id = isOldNotification ? nil : id.map { RequestID($0) }
  }

  /// The params as sent, of whatever kind.
  public var params: JSON? { json["params"] }

  /// The version it claims, `1.0` without a `jsonrpc` member.
  public var version: ProtocolVersion { json["jsonrpc"] == nil ? .v1 : .v2 }
}
