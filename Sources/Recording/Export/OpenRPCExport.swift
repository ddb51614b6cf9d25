import JSONRPC
import LosslessJSON
import Session
import Wire

/// An OpenRPC document as the traffic suggests it.
///
/// A param is required if every call had it; a method that was never called is not in it, nor is one that
/// the server does not know, nor those that OpenRPC keeps for itself (`rpc.…`).
public enum OpenRPCExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "openrpc" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "json" }
  /// One line about it.
  public static var summary: String {
    "OpenRPC inferred from the calls that were made (no methods that were not called)"
  }

  fileprivate struct Seen {
    /// Params by name, or by place as `param0`, in the order of first appearance.
    var order: [String] = []
    var params: [String: SchemaSketch] = [:]
    var counts: [String: Int] = [:]
    var calls = 0
    var isByName = false
    var isByPlace = false
    /// The names that stand for places.
    var places: Set<String> = []
    /// How many calls had params by name.
    var named = 0
    /// Whether some reply was another than that there is no such method.
    var isThere = false
    /// Whether some request for it had an id.
    var isCalled = false
    var result: SchemaSketch?
    var errors: [Int: String] = [:]
  }

  /// The document.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var order: [String] = []
    var methods: [String: Seen] = [:]
    for exchange in session.own {
      for (call, response) in calls(exchange) {
        if methods[call.method] == nil { order.append(call.method) }
        methods[call.method, default: Seen()].take(call, response)
      }
    }
    let found = order.sorted().compactMap { name -> JSON? in
      guard let seen = methods[name], seen.isThere, !name.hasPrefix("rpc.") else { return nil }
      return method(name, seen)
    }
    let title = session.header.target.isEmpty ? "Recorded service" : session.header.target
    let document = JSON.object([
      ("openrpc", "1.3.2"),
      ("info", JSON.object([("title", JSON(title)), ("version", "0.0.0")])),
      ("methods", JSON.array(found)),
    ])
    return JSONFormatter().bytes(document)
  }

  private static func calls(_ exchange: Exchange) -> [(ReceivedCall, Response?)] {
    guard let json = try? JSON(reading: exchange.request) else { return [] }
    switch JSONRPC.Message(json) {
    case .request(let call), .notification(let call): return [(call, exchange.response)]
    case .batch(let elements):
      return elements.compactMap { element in
        switch element {
        case .request(let call), .notification(let call):
          (call, exchange.responses.first { $0.id != nil && $0.id == call.id })
        default: nil
        }
      }
    default: return []
    }
  }

  private static func method(_ name: String, _ seen: Seen) -> JSON {
    // Which place is which name, nobody said: where both were used, the names tell more.
    let names = seen.isByName ? seen.order.filter { !seen.places.contains($0) } : seen.order
    let required = names.filter { seen.isRequired($0) }
    let params = (required + names.filter { !seen.isRequired($0) }).map { param in
      JSON.object([
        ("name", JSON(param)), ("required", JSON(seen.isRequired(param))),
        ("schema", seen.params[param]?.schema ?? [:]),
      ])
    }
    let style = seen.isByName ? "by-name" : seen.isByPlace ? "by-position" : "either"
    var members: [(String, JSON)] = [
      ("name", JSON(name)), ("paramStructure", JSON(style)), ("params", JSON.array(params)),
    ]
    // Without a result it would be a notification.
    if seen.result != nil || seen.isCalled {
      let schema = seen.result?.schema ?? [:]
      members.append(("result", JSON.object([("name", "result"), ("schema", schema)])))
    }
    if !seen.errors.isEmpty {
      let errors = seen.errors.sorted { $0.key < $1.key }.map { code, message in
        JSON.object([("code", JSON(code)), ("message", JSON(message))])
      }
      members.append(("errors", JSON.array(errors)))
    }
    return JSON.object(members)
  }
}

extension OpenRPCExport.Seen {
  fileprivate mutating func take(_ call: ReceivedCall, _ response: Response?) {
    if response?.code != -32601 { isThere = true }
    if call.id != nil { isCalled = true }
    note(response)
    // Params that were refused tell nothing of those that are meant.
    if let code = response?.code, (-32602 ... -32600).contains(code) { return }
    calls += 1
    switch call.params?.kind {
    case .object?:
      isByName = true
      named += 1
      for member in call.params?.members.map({ $0 }) ?? [] { note(member.name, member.value) }
    case .array?:
      isByPlace = true
      for (place, value) in (call.params?.elements.map { $0 } ?? []).enumerated() {
        places.insert("param\(place)")
        note("param\(place)", value)
      }
    default: break
    }
  }

  private mutating func note(_ response: Response?) {
    guard let response else { return }
    switch response.outcome {
    case .result(let value):
      var sketch = result ?? SchemaSketch()
      sketch.take(value)
      result = sketch
    case .error(let error):
      if let code = error.code { errors[code] = error.message ?? "" }
    }
  }

  /// Whether every call had it, as far as it tells names at all.
  func isRequired(_ param: String) -> Bool {
    counts[param] == (isByName && isByPlace ? named : calls)
  }

  private mutating func note(_ name: String, _ value: JSON) {
    if params[name] == nil { order.append(name) }
    params[name, default: SchemaSketch()].take(value)
    counts[name, default: 0] += 1
  }
}
