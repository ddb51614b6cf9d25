import JSONRPC
import LosslessJSON
public import Wire

/// What came over a connection while a request waited, and was not its reply.
struct Meanwhile {
  private var notifications: [String] = []
  private var requests: [String] = []
  private var replies: [String] = []
  private var others = 0
  private var blanks = 0
  private var strays = 0
  /// Whether a notification holds what belongs into the reply.
  private var hasWrappedReply = false

  /// Notes a message.
  mutating func note(_ received: ReceivedMessage, _ ids: [RequestID], isAnswered: Bool) {
    switch received.message {
    case .notification(let call):
      notifications.append(call.method)
      if Self.holdsReply(call.params, ids) { hasWrappedReply = true }
    case .request(let call):
      if !isAnswered { requests.append(call.method) }
    case .response(let response): replies.append(response.id?.json.text ?? "none")
    default: others += 1
    }
  }

  /// Notes bytes that are no message.
  mutating func note(_ diagnostic: Diagnostic) {
    guard diagnostic.source == .stray, !diagnostic.bytes.isEmpty else { return }
    if diagnostic.isBlank { blanks += 1 } else { strays += 1 }
  }

  private static func holdsReply(_ params: JSON?, _ ids: [RequestID]) -> Bool {
    guard let params, params.kind == .object else { return false }
    if params["id"].map({ id in ids.contains { $0.json == id } }) ?? false { return true }
    return params["result"] != nil || params["error"] != nil
  }

  // MARK: - In words

  /// What is said when no reply came in time; nil if nothing else did.
  var finding: Finding? {
    let came = [
      Self.words(notifications, "the notification", "notifications"),
      Self.words(requests, "the request", "requests of the server's"),
      Self.words(replies, "a reply with id", "replies with other ids"),
      Self.count(
        others, "a message that is none of JSON-RPC", "messages that are none of JSON-RPC"),
      Self.count(blanks, "an empty line", "empty lines"),
      Self.count(strays, "text that is no message", "pieces of text that are no message"),
    ].compactMap { $0 }
    if came.isEmpty { return nil }
    let isHarmless = replies.isEmpty && requests.isEmpty && others + blanks + strays == 0
    return Finding(
      RPCRule.missingResponse.rawValue, isHarmless && !hasWrappedReply ? .warning : .error,
      message: "no reply came; what came instead: " + came.joined(separator: ", "),
      hint: hint, section: RPCRule.missingResponse.section)
  }

  private var hint: String {
    if hasWrappedReply {
      return
        "the notification looks like the reply: a reply has no \"method\" and no \"params\", but "
        + "\"result\" or \"error\", and the request's \"id\""
    }
    if !requests.isEmpty { return "the server may wait for the answer to its own request" }
    if !replies.isEmpty { return "the server must copy the request's id, its type included" }
    if strays > 0 { return "did the server print what it should send, or fail? its text is above" }
    if blanks > 0 {
      return "the server ended a line without writing anything on it: is what it replies empty?"
    }
    return "a message with a \"method\" is no reply: does the server answer in one?"
  }

  private static func words(_ names: [String], _ one: String, _ many: String) -> String? {
    guard let first = names.first else { return nil }
    if names.count == 1 { return "\(one) \(brief(first))" }
    return "\(names.count) \(many) (the first: \(brief(first)))"
  }

  private static func brief(_ name: String) -> String {
    name.count > 40 ? "\(name.prefix(40))…" : name
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String? {
    number == 0 ? nil : number == 1 ? one : "\(number) \(many)"
  }
}

/// What is said of a message that stopped before its end.
enum UnfinishedMessage {
  /// How much of it is kept as evidence.
  private static let evidenceLimit = 4 << 10

  /// That it stopped, and what was open; nil if there is none.
  static func finding(_ text: [UInt8]) -> Finding? {
    guard text.contains(where: { $0 > 0x20 }) else { return nil }
    let diagnosis = JSONDiagnosis(of: text)
    let end = diagnosis.findings.first { $0.rule == JSONRule.truncated.rawValue }
    let dropped = max(0, text.count - evidenceLimit)
    let place = (end?.range?.lowerBound ?? text.count) - dropped
    let count = text.count == 1 ? "1 byte" : "\(text.count) bytes"
    return Finding(
      WireRule.stalled.rawValue, .error, range: max(0, place)..<max(0, place),
      evidence: Array(text.dropFirst(dropped)),
      message: "a message began and stopped after \(count)" + (end.map { ": \($0.message)" } ?? ""),
      hint: "the server did not send the rest, or did not flush its output")
  }
}

extension Diagnostic {
  /// Whether it is nothing but line ends and blanks.
  public var isBlank: Bool {
    !bytes.isEmpty && bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }
}
