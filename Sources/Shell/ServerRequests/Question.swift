import Catalog
import JSONRPC
import LosslessJSON

/// A request from the server as something to ask a person.
enum Question: Sendable {
  /// MCP's elicitation: values by a schema.
  case form(message: String, schema: Schema)
  /// MCP's elicitation by way of a page: a link, and whether the person agrees.
  case link(message: String, url: String)
  /// MCP's sampling: what a model would say.
  case sampling(JSON)
  /// LSP's question with answers to choose from, one of which is sent back as it came.
  case choice(message: String, actions: [JSON])
  /// Whatever else; the answer is any JSON.
  case other

  init(_ call: ReceivedCall) {
    let params = call.params ?? [:]
    switch call.method {
    case "elicitation/create":
      let message = params["message"]?.string ?? ""
      if let url = params["url"]?.string {
        self = .link(message: message, url: url)
      } else {
        let schema = params["requestedSchema"] ?? [:]
        self = .form(message: message, schema: Schema(schema, root: schema))
      }
    case "sampling/createMessage": self = .sampling(params)
    case "window/showMessageRequest":
      let actions = params["actions"]?.elements.map { $0 } ?? []
      self = .choice(message: params["message"]?.string ?? "", actions: actions)
    default: self = .other
    }
  }

  /// What an answer of a choice is called.
  static func title(_ action: JSON) -> String { action["title"]?.string ?? action.text }

  /// The request as a server writes it inside another message.
  static func call(_ key: String, _ request: JSON) -> ReceivedCall? {
    let method = request["method"] ?? .null
    let json: JSON = [
      "jsonrpc": "2.0", "id": JSON(key), "method": method, "params": request["params"] ?? [:],
    ]
    guard case .request(let call) = Message(json) else { return nil }
    return call
  }
}
