import JSONRPC
import LosslessJSON

/// A reply that is wrong in one way. `%` stands for the id of the request; the newline that frames
/// a reply is part of the text.
struct BrokenReply: Sendable {
  /// The part of the method's name after `broken.`.
  let name: String
  /// What is wrong, for the method's summary.
  let summary: String
  /// What is written; nothing at all if it is empty.
  let text: [UInt8]
  /// Whether the connection ends after it.
  var hangsUp = false

  private init(_ name: String, _ summary: String, _ text: String, hangsUp: Bool = false) {
    self.init(name, summary, bytes: Array(text.utf8), hangsUp: hangsUp)
  }

  private init(_ name: String, _ summary: String, bytes: [UInt8], hangsUp: Bool = false) {
    self.name = name
    self.summary = summary
    self.text = bytes
    self.hangsUp = hangsUp
  }

  /// A proper reply but for its result.
  private init(_ name: String, _ summary: String, result: String) {
    self.init(name, summary, "{\"jsonrpc\": \"2.0\", \"result\": \(result), \"id\": %}\n")
  }

  /// A proper reply but for what stands between version and id.
  private init(_ name: String, _ summary: String, members: String) {
    self.init(name, summary, "{\"jsonrpc\": \"2.0\", \(members)\"id\": %}\n")
  }

  /// The exact bytes of the reply to the request with that id.
  func bytes(id: RequestID) -> [UInt8] {
    let spelling = name == "idType" ? Self.otherType(id) : Array(id.json.bytes)
    return Array(
      text.split(separator: 0x25, omittingEmptySubsequences: false).joined(separator: spelling))
  }

  /// The id as the other of number and string.
  private static func otherType(_ id: RequestID) -> [UInt8] {
    if id.json.kind == .number { return [0x22] + id.json.bytes + [0x22] }
    if let text = id.json.string, let number = Int(text) { return Array("\(number)".utf8) }
    return Array("0".utf8)
  }

  /// One for each common fault.
  static let all: [BrokenReply] = grammar + text + shape + conversation

  private static let grammar = [
    BrokenReply("trailingComma", "a comma before a closing brace", result: "{\"a\": 1, \"b\": 2,}"),
    BrokenReply("missingComma", "no comma between two members", result: "{\"a\": 1 \"b\": 2}"),
    BrokenReply("unquotedKey", "a key without quotes", result: "{a: 1}"),
    BrokenReply("singleQuotes", "a string in single quotes", result: "'ok'"),
    BrokenReply("nan", "NaN for a number", result: "NaN"),
    BrokenReply("leadingZero", "a number that begins with 0", result: "007"),
    BrokenReply("pythonLiteral", "True instead of true", result: "True"),
    BrokenReply("comment", "a comment", result: "1 /* one */"),
    BrokenReply(
      "truncated", "a text that stops in the middle",
      "{\"jsonrpc\": \"2.0\", \"id\": %, \"result\": {\"items\": [1, 2, \"thr\n"),
    BrokenReply(
      "leadingText", "a line of log before the JSON",
      "DEBUG cache miss: {\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %}\n"),
    BrokenReply(
      "twoValues", "two values where one belongs",
      "{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %} {\"more\": true}\n"),
    BrokenReply(
      "html", "a page instead of JSON",
      "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>"
        + "<body><h1>502 Bad Gateway</h1></body></html>\n"),
  ]

  private static let text = [
    BrokenReply(
      "invalidUTF8", "a byte that is not UTF-8",
      bytes: Array("{\"jsonrpc\": \"2.0\", \"result\": \"caf".utf8) + [0xE9]
        + Array("\", \"id\": %}\n".utf8)),
    BrokenReply("loneSurrogate", "half of a surrogate pair", result: "\"\\ud83d\""),
    BrokenReply("control", "a raw tab in a string", result: "\"a\tb\""),
    BrokenReply("duplicateKeys", "a key that stands twice", result: "{\"a\": 1, \"a\": 2}"),
    BrokenReply(
      "bom", "a byte order mark before the text",
      "\u{FEFF}{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %}\n"),
  ]

  private static let shape = [
    BrokenReply("noVersion", "no \"jsonrpc\"", "{\"result\": \"ok\", \"id\": %}\n"),
    BrokenReply(
      "versionNumber", "the version as a number",
      "{\"jsonrpc\": 2.0, \"result\": \"ok\", \"id\": %}\n"),
    BrokenReply(
      "idType", "the id as a string where it was a number, or the reverse",
      members: "\"result\": \"ok\", "),
    BrokenReply(
      "idNull", "null for the id", "{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": null}\n"),
    BrokenReply("idMissing", "no id", "{\"jsonrpc\": \"2.0\", \"result\": \"ok\"}\n"),
    BrokenReply(
      "idUnknown", "an id that nobody sent",
      "{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": \"never sent\"}\n"),
    BrokenReply(
      "resultAndError", "both a result and an error",
      members: "\"result\": \"ok\", \"error\": {\"code\": 1, \"message\": \"not ok\"}, "),
    BrokenReply("neither", "neither a result nor an error", members: ""),
    BrokenReply(
      "errorWithoutCode", "an error without a code",
      members: "\"error\": {\"message\": \"it broke\"}, "),
    BrokenReply(
      "errorCodeString", "an error whose code is a string",
      members: "\"error\": {\"code\": \"E42\", \"message\": \"it broke\"}, "),
    BrokenReply("errorString", "a string for the error", members: "\"error\": \"it broke\", "),
    BrokenReply(
      "extraMember", "a member that does not belong there",
      members: "\"result\": \"ok\", \"status\": 200, "),
    BrokenReply(
      "batch", "an array where a single reply belongs",
      "[{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %}]\n"),
  ]

  private static let conversation = [
    BrokenReply(
      "twice", "the same reply two times",
      "{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %}\n"
        + "{\"jsonrpc\": \"2.0\", \"result\": \"ok\", \"id\": %}\n"),
    BrokenReply(
      "notification", "a notification where the reply belongs",
      "{\"jsonrpc\": \"2.0\", \"method\": \"reply\", \"params\": {\"id\": %, \"result\": \"ok\"}}\n"
    ),
    BrokenReply("silence", "no reply at all", ""),
    BrokenReply(
      "exit", "the server dies in the middle of the reply",
      "{\"jsonrpc\": \"2.0\", \"result\": \"o", hangsUp: true),
  ]
}
