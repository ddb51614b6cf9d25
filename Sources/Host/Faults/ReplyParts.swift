import LosslessJSON

/// The parts of a proper reply as they are spelt, to be put together wrongly.
struct ReplyParts {
  var version: [UInt8]?
  var outcome: (name: String, value: [UInt8])
  var id: [UInt8]

  /// The parts of a reply that a service wrote; nil if it is none.
  init?(_ reply: JSON) {
    guard let id = reply["id"] else { return nil }
    let error = reply["error"].flatMap { $0.isNull ? nil : $0 }
    guard let value = error ?? reply["result"] else { return nil }
    version = reply["jsonrpc"].map { Array($0.bytes) }
    outcome = (error == nil ? "result" : "error", Array(value.bytes))
    self.id = Array(id.bytes)
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
  func with(value: String) -> [UInt8] { with([(outcome.name, Array(value.utf8))]) }
}
