import JSONRPC
import LosslessJSON

/// What can be said of an exchange at once: whether the reply is JSON, JSON-RPC, and the right one.
enum Checks {
  /// The findings of an exchange that ended.
  static func findings(of exchange: Exchange, correlates: Bool) -> [Finding] {
    guard let reply = exchange.reply else { return [] }
    switch reply.content {
    case .failure(let error): return [Finding(error)]
    case .success(let json):
      if exchange.kind == .batch { return batch(exchange, json) }
      return single(exchange, json)
    }
  }

  private static func single(_ exchange: Exchange, _ json: JSON) -> [Finding] {
    guard let response = exchange.response else { return [notJSONRPC(json)] }
    guard let expected = exchange.ids.first, exchange.ids.count == 1, response.id != expected else {
      return []
    }
    return [mismatch(response, expected)]
  }

  private static func batch(_ exchange: Exchange, _ json: JSON) -> [Finding] {
    json.kind == .array || exchange.response != nil ? [] : [notJSONRPC(json)]
  }

  private static func notJSONRPC(_ json: JSON) -> Finding {
    Finding(
      "rpc.not-a-response", .error, range: json.range,
      message: "this is JSON, but no JSON-RPC reply: it has neither a result nor an error",
      section: "JSON-RPC 2.0 section 5")
  }

  private static func mismatch(_ response: Response, _ expected: RequestID) -> Finding {
    guard let id = response.id else {
      return Finding(
        "rpc.id-missing", .warning, range: response.json.range,
        message: "the reply has no id; \(expected) was asked", section: "JSON-RPC 2.0 section 5")
    }
    if id == .null {
      // The specification's way to say that the request's id could not be read.
      return Finding(
        "rpc.id-null", response.ok ? .warning : .note, range: response.json["id"]?.range,
        message: "the reply has id null instead of \(expected)",
        hint: "the server could not read the request's id", section: "JSON-RPC 2.0 section 5")
    }
    return Finding(
      "rpc.id-mismatch", .error, range: response.json["id"]?.range,
      message: "the reply has id \(id) instead of \(expected)",
      hint: "a client that matches replies by id would never see it",
      section: "JSON-RPC 2.0 section 5")
  }

  /// The findings of a message that belongs to no request.
  static func unmatched(_ received: ReceivedMessage, recent: RecentIDs) -> [Finding] {
    switch received.content {
    case .failure(let error): return [Finding(error)]
    case .success(let json):
      guard let response = Response(received: json) else {
        return json.kind == .array ? [] : [notJSONRPC(json)]
      }
      return [unmatched(response, recent)]
    }
  }

  private static func unmatched(_ response: Response, _ recent: RecentIDs) -> Finding {
    let range = response.json["id"]?.range ?? response.json.range
    guard let id = response.id, id != .null else {
      return Finding(
        "rpc.id-null", .warning, range: range,
        message: "a reply without an id while several requests were waiting, or none",
        section: "JSON-RPC 2.0 section 5")
    }
    switch recent[id] {
    case .answered(let number):
      return Finding(
        "rpc.id-duplicate", .error, range: range,
        message: "a second reply with id \(id), which exchange \(number) had already answered")
    case .givenUp(let number, _):
      return Finding(
        "rpc.id-late", .note, range: range,
        message: "the reply to exchange \(number), which was no longer waited for")
    case nil:
      return Finding(
        "rpc.id-unknown", .error, range: range,
        message: "a reply with id \(id), which nothing was sent with")
    }
  }
}
