import LosslessJSON

/// The parts of a proper reply as they are spelt, to be put together wrongly.
struct ReplyParts {
  /// The reply itself.
  let reply: [UInt8]
  /// What it answers.
  let request: [UInt8]
  var version: [UInt8]?
  var outcome: (name: String, value: [UInt8])
  var id: [UInt8]
  /// Whether it has an `error: null` or `result: null` besides, as replies of 1.0 have.
  let isOld: Bool

  /// The parts of a reply that a service wrote; nil if it is none.
  init?(_ reply: JSON, to request: [UInt8] = []) {
    guard let id = reply["id"] else { return nil }
    let error = reply["error"].flatMap { $0.isNull ? nil : $0 }
    guard let value = error ?? reply["result"] else { return nil }
    self.reply = Array(reply.bytes)
    self.request = request
    version = reply["jsonrpc"].map { Array($0.bytes) }
    outcome = (error == nil ? "result" : "error", Array(value.bytes))
    self.id = Array(id.bytes)
    isOld = reply["error"] != nil && reply["result"] != nil
  }

  /// The reply of these parts.
  var text: [UInt8] { object([("jsonrpc", version), (outcome.name, outcome.value), ("id", id)]) }

  /// An object of the members that are there.
  func object(_ members: [(String, [UInt8]?)]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for case (let name, let value?) in members {
      if text.count > 1 { text += ", ".utf8 }
      text += "\"\(name)\": ".utf8
      text += value
    }
    return text + [UInt8(ascii: "}")]
  }

  /// The reply with other members between version and id.
  func with(_ members: [(String, [UInt8]?)]) -> [UInt8] {
    object([("jsonrpc", version)] + members + [("id", id)])
  }

  /// The reply with another value in the place of the result or error.
  func with(value: [UInt8]) -> [UInt8] { with([(outcome.name, value)]) }

  /// The reply with another member, as it is written, in the place of the result or error.
  func with(outcome member: [UInt8]) -> [UInt8] {
    let head = version.map { Array("{\"jsonrpc\": ".utf8) + $0 + Array(", ".utf8) }
    return (head ?? Array("{".utf8)) + member + Array(", \"id\": ".utf8) + id + Array("}".utf8)
  }

  /// Members in the order of the reply.
  var members: [(String, [UInt8]?)] {
    [("jsonrpc", version), (outcome.name, outcome.value), ("id", id)]
  }

  /// A text with `$reply`, `$request`, `$version`, `$name`, `$value` and `$id` filled in.
  func fill(_ template: [UInt8]) -> [UInt8] {
    var filled: [UInt8] = []
    var rest = template[...]
    while let byte = rest.first {
      let word = rest.dropFirst().prefix { (0x61...0x7A).contains($0) }
      if byte == UInt8(ascii: "$"), let part = part(String(decoding: word, as: UTF8.self)) {
        filled += part
        rest = rest.dropFirst(1 + word.count)
      } else {
        filled.append(byte)
        rest = rest.dropFirst()
      }
    }
    return filled
  }

  private func part(_ name: String) -> [UInt8]? {
    switch name {
    case "reply": reply
    case "request": request
    case "version": version ?? Array("null".utf8)
    case "name": Array(outcome.name.utf8)
    case "value": outcome.value
    case "id": id
    default: nil
    }
  }
}
