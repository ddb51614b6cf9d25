public import JSONRPC
import LosslessJSON
public import Wire

/// What the server asks, and the streams on which it speaks unasked.
extension MCPDialect {
  /// Answers `ping` and `roots/list`; the rest takes a person.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard let id = call.id else { return nil }
    switch call.method {
    case "ping": return Response(.result([:]), id: id)
    case "roots/list":
      let roots = offer.roots.map { uri -> JSON in
        let name = uri.split(separator: "/").last.map(String.init) ?? uri
        return ["uri": JSON(uri), "name": JSON(name)]
      }
      return Response(.result(["roots": .array(roots)]), id: id)
    default: return nil
    }
  }

  /// `ping`.
  public var keepAlives: Set<String> { ["ping"] }

  /// That nobody is there; in the words that the protocol has for a model's answer.
  public func refusal(of call: ReceivedCall) -> Response.Outcome {
    let words = "refused: nobody is there to answer"
    let code = call.method == "sampling/createMessage" ? -1 : ErrorCode.methodNotFound.rawValue
    return .error(ErrorObject(code: code, message: words, data: ["method": JSON(call.method)]))
  }

  /// `notifications/cancelled` from the server.
  public func withdrawn(by call: ReceivedCall) -> RequestID? {
    guard call.method == "notifications/cancelled" else { return nil }
    return call.params?["requestId"].map { RequestID($0) }
  }

  /// `notifications/progress`, whose token is the request's id.
  public func progressing(by call: ReceivedCall) -> RequestID? {
    guard call.method == "notifications/progress" else { return nil }
    return call.params?["progressToken"].map { RequestID($0) }
  }

  /// `notifications/cancelled`; without sessions over HTTP closing the stream says it.
  public func cancellation(of id: RequestID) -> Request? {
    if case .stateless = era, line == .http { return nil }
    if era == .unknown { return nil }
    let params: JSON = ["requestId": id.json, "reason": "the user cancelled it"]
    return try? .notification("notifications/cancelled", params: params)
  }

  // MARK: - Streams

  /// A GET in the handshake's era, and anew behind the last event that came.
  public func listening(after lastEventID: String) -> SendOptions? {
    guard line == .http, case .handshake = era else { return nil }
    var options = SendOptions(timeout: .zero, verb: "GET")
    options.headers = headers(for: nil, params: nil).filter { !$0.isNamed("Accept") }
    options.headers.append(HeaderField("Accept", "text/event-stream"))
    if !lastEventID.isEmpty { options.headers.append(HeaderField("Last-Event-ID", lastEventID)) }
    return options
  }

  /// `subscriptions/listen` in the stateless era, for the lists that the server says may change.
  public func subscription(_ id: RequestID) -> Request? {
    guard case .stateless = era else { return nil }
    let areas = ["tools", "prompts", "resources"].filter {
      capabilities?[$0]?["listChanged"]?.bool == true
    }
    if areas.isEmpty { return nil }
    let wanted = areas.map { ("\($0)ListChanged", JSON(true)) }
    return try? Request(
      "subscriptions/listen", params: ["notifications": JSON.object(wanted)], id: id)
  }

  // MARK: - The session

  /// HTTP 404 to a request with the session's id.
  public func isForgotten(by exchange: Exchange) -> Bool {
    guard line == .http, case .handshake(_, _?) = era else { return false }
    return exchange.head?.status == 404
  }

  /// Whether it is the same session.
  public func isSame(as other: any Dialect) -> Bool { (other as? MCPDialect)?.era == era }

  /// DELETE ends a session over HTTP.
  public var farewell: SendOptions? {
    guard line == .http, case .handshake(_, _?) = era else { return nil }
    return SendOptions(headers: headers(for: nil, params: nil), verb: "DELETE")
  }
}
