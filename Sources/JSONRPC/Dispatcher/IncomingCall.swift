import LosslessJSON

/// A value that was sent to a server, judged strictly: a call that can be run, or what is wrong.
enum IncomingCall {
  /// A proper request or notification.
  case call(ReceivedCall, id: RequestID?, version: ProtocolVersion)
  /// No request, and the reason.
  case invalid(String)
  /// A notification that is not proper: nobody waits to hear so.
  case ignored

  init(_ json: JSON, isInBatch: Bool, versions: Set<ProtocolVersion>) {
    guard json.kind == .object else {
      self = .invalid("a request must be an object, not \(json.kindInWords)")
      return
    }
    let claimed = json["jsonrpc"]
    // 1.0 has no batches, so inside one everything must be 2.0.
    let mayBeOld = !isInBatch && versions.contains(.v1)
    if mayBeOld, claimed.map({ $0.isString("1.0") }) ?? true {
      self = Self.old(json)
    } else if let claimed, claimed.isString("2.0"), versions.contains(.v2) {
      self = Self.new(json)
    } else {
      self = .invalid("the member \"jsonrpc\" must be \"2.0\"")
    }
  }

  private static func new(_ json: JSON) -> IncomingCall {
    guard let method = json["method"]?.string else {
      return .invalid("the member \"method\" must be a string")
    }
    if let params = json["params"], params.kind != .array, params.kind != .object {
      return .invalid("params must be an array or an object, not \(params.kindInWords)")
    }
    let id = json["id"].map { RequestID($0) }
    if let id, !id.isAllowedIn2 {
      return .invalid("an id must be a string, a number or null, not \(id.json.kindInWords)")
    }
    return .call(ReceivedCall(json: json, method: method), id: id, version: .v2)
  }

  /// 1.0 has exactly three members, which is all that tells such a request from something else.
  private static func old(_ json: JSON) -> IncomingCall {
    guard let method = json["method"]?.string else {
      return .invalid("the member \"method\" must be a string")
    }
    guard let params = json["params"], let id = json["id"] else {
      return .invalid(
        "without \"jsonrpc\": \"2.0\" it must be JSON-RPC 1.0, with \"method\", \"params\" and \"id\""
      )
    }
    guard params.kind == .array else {
      return id.isNull ? .ignored : .invalid("JSON-RPC 1.0 takes params as an array only")
    }
    guard json.count == (json["jsonrpc"] == nil ? 3 : 4) else {
      return .invalid("JSON-RPC 1.0 has no members but \"method\", \"params\" and \"id\"")
    }
    let call = ReceivedCall(json: json, method: method)
    return .call(call, id: id.isNull ? nil : RequestID(id), version: .v1)
  }
}
