import JSONRPC
import LosslessJSON

/// What a message asks, told apart from who asks it and when: without ids, and without what a dialect
/// says of itself.
struct ReplayQuestion: Sendable, Hashable {
  /// The method, or what else the message is.
  var method: String
  /// The params; of a batch its elements.
  var params: JSON?
  /// Whether no reply is due.
  var isNotification: Bool

  /// A message's question; nil if it answers one.
  init?(_ message: [UInt8]) {
    guard let json = try? JSON(reading: message) else {
      self.init(raw: message)
      return
    }
    switch Message(json) {
    case .request(let call), .notification(let call): self.init(call)
    case .batch:
      self.init(
        method: Self.batch, params: JSON.array(json.elements.map(Self.element)),
        isNotification: false)
    case .response: return nil
    case .other: self.init(raw: message)
    }
  }

  private init(method: String, params: JSON?, isNotification: Bool) {
    (self.method, self.params, self.isNotification) = (method, params, isNotification)
  }

  private init(raw: [UInt8]) {
    // A framing may leave blanks around a text, or take them away.
    let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    let start = raw.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start.startIndex
    let text = String(decoding: start[..<end], as: UTF8.self)
    self.init(method: Self.raw, params: JSON(text), isNotification: false)
  }

  private init(_ call: ReceivedCall) {
    let params = MCPFacts.removed(from: call.params)
    // No params and empty ones are the same question.
    let isEmpty = params.map { $0.count == 0 && [.array, .object].contains($0.kind) } ?? true
    self.init(
      method: call.method, params: isEmpty ? nil : params?.detached(),
      isNotification: call.id == nil)
  }

  private static func element(_ json: JSON) -> JSON {
    guard json.kind == .object else { return json }
    let members = json.members.filter { $0.name != "id" }.map { ($0.name, $0.value) }
    return JSON.object(members + [("id", JSON(json["id"] != nil))])
  }

  /// What a batch has for a method; no server can have such a one.
  static let batch = "\u{0}batch"
  /// The same of text that is no request.
  static let raw = "\u{0}raw"

  /// Whether its params say nothing about the question: a client greets with its own facts.
  var isGreeting: Bool {
    [
      "initialize", "server/discover", "notifications/initialized", "initialized",
      "build/initialize", "build/initialized",
    ].contains(method)
  }

  /// Whether another question is the same, where this one's secrets are masked and members may stand
  /// in any order.
  func covers(_ other: ReplayQuestion) -> Bool {
    guard method == other.method, isNotification == other.isNotification else { return false }
    guard let params, let others = other.params else { return params == other.params }
    return Self.covers(params, others, depth: 0)
  }

  private static func covers(_ one: JSON, _ other: JSON, depth: Int) -> Bool {
    guard one.kind == other.kind, depth < 200 else { return false }
    switch one.kind {
    case .array:
      return one.count == other.count
        && zip(one.elements, other.elements).allSatisfy { covers($0, $1, depth: depth + 1) }
    case .object:
      guard one.count == other.count else { return false }
      return one.members.allSatisfy { member in
        other[member.name].map { covers(member.value, $0, depth: depth + 1) } ?? false
      }
    case .string: return MaskedText.covers(one.string ?? "", other.string ?? "")
    default: return one == other
    }
  }
}
