import LosslessJSON

extension Fault {
  /// A proper reply, wrong in this way. Faults that concern more than its text leave it as it is.
  func spoil(_ reply: [UInt8]) -> [UInt8] {
    guard isOfText, let json = try? JSON(reading: reply), let parts = ReplyParts(json) else {
      return reply
    }
    return spoilShape(parts) ?? spoilGrammar(parts)
  }

  // MARK: - The members of a reply

  private func spoilShape(_ parts: ReplyParts) -> [UInt8]? {
    var parts = parts
    let outcome: (String, [UInt8]?) = (parts.outcome.name, parts.outcome.value)
    switch self {
    case .noVersion: parts.version = nil
    case .wrongVersion: parts.version = Array("2.0".utf8)
    case .idType: parts.id = Self.otherType(parts.id)
    case .nullID: parts.id = Array("null".utf8)
    case .wrongID: parts.id = Array("\"never sent\"".utf8)
    case .noID: return parts.object([("jsonrpc", parts.version), outcome])
    case .both: return parts.with([outcome, Self.other(parts.outcome.name)])
    case .neither: return parts.with([])
    case .errorWithoutCode: return parts.with([Self.error("{\"message\": \"it broke\"}")])
    case .errorCodeString:
      return parts.with([Self.error("{\"code\": \"E42\", \"message\": \"it broke\"}")])
    case .errorString: return parts.with([Self.error("\"it broke\"")])
    case .extraMember: return parts.with([outcome, ("status", Array("200".utf8))])
    case .batch: return Array("[".utf8) + parts.text + Array("]".utf8)
    case .notification:
      let params = parts.object([("id", parts.id), outcome])
      return parts.object([
        ("jsonrpc", parts.version), ("method", Array("\"reply\"".utf8)), ("params", params),
      ])
    default: return nil
    }
    return parts.text
  }

  private static func error(_ text: String) -> (String, [UInt8]?) { ("error", Array(text.utf8)) }

  /// What stands beside a result, or beside an error, in a reply that has both.
  private static func other(_ name: String) -> (String, [UInt8]?) {
    if name == "error" { return ("result", Array("\"ok\"".utf8)) }
    return error("{\"code\": 1, \"message\": \"not ok\"}")
  }

  /// The id as the other of number and string.
  private static func otherType(_ id: [UInt8]) -> [UInt8] {
    guard id.first == UInt8(ascii: "\"") else {
      return Array("\"".utf8) + id + Array("\"".utf8)
    }
    let digits = String(decoding: id.dropFirst().dropLast(), as: UTF8.self)
    return Array("\(Int(digits) ?? 0)".utf8)
  }

  // MARK: - The grammar

  /// Spoils the value where it has what it takes, otherwise puts a value there that has.
  private func spoilGrammar(_ parts: ReplyParts) -> [UInt8] {
    let value = String(decoding: parts.outcome.value, as: UTF8.self)
    switch self {
    case .trailingComma:
      guard let last = value.last, "}]".contains(last), value.utf8.count > 2 else {
        return Array((String(decoding: parts.text.dropLast(), as: UTF8.self) + ",}").utf8)
      }
      return parts.with(value: value.dropLast() + "," + String(last))
    case .truncated:
      let kept = parts.outcome.value.prefix((parts.outcome.value.count * 4 + 4) / 5)
      return Array(
        parts.object([("jsonrpc", parts.version), ("id", parts.id), (parts.outcome.name, [])])
          .dropLast()) + kept
    case .latin1: return Self.latin1(parts)
    case .comment: return parts.with(value: value + " /* \(parts.outcome.name) */")
    default: return parts.with(value: Self.values[self] ?? value)
    }
  }

  private static let values: [Fault: String] = [
    .missingComma: "{\"a\": 1 \"b\": 2}", .unquotedKey: "{a: 1}", .singleQuotes: "'ok'",
    .nan: "NaN", .leadingZero: "007", .pythonLiteral: "True", .loneSurrogate: "\"\\ud83d\"",
    .controlCharacter: "\"a\tb\"", .duplicateKey: "{\"a\": 1, \"a\": 2}",
  ]

  /// Letters of the first 256 as one byte each; `caf\u{E9}` where the reply has none.
  private static func latin1(_ parts: ReplyParts) -> [UInt8] {
    let text = String(decoding: parts.text, as: UTF8.self)
    let hasLetters = text.unicodeScalars.contains { (0xA0...0xFF).contains($0.value) }
    let source = hasLetters ? text : String(decoding: parts.with(value: "\"café\""), as: UTF8.self)
    return source.unicodeScalars.flatMap { scalar in
      (0xA0...0xFF).contains(scalar.value)
        ? [UInt8(scalar.value)] : Array(String(Character(scalar)).utf8)
    }
  }
}
