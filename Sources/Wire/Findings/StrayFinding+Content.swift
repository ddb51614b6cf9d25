import LosslessJSON

extension StrayFinding {
  /// The finding of text that is more than a line of a log; nil if it is none.
  static func misplaced(_ text: [UInt8], _ framing: FramingName) -> Finding? {
    if text.count > sizeLimit { return nil }
    let start = text.firstIndex { !Byte.isBlank($0) } ?? 0
    let line = start..<(text[start...].firstIndex(of: Byte.newline) ?? text.count)
    if framing == .headers, isLengthWithoutColon(text[line]) {
      return WireRule.headerMalformed.finding(
        "a colon is missing after Content-Length", range: line, evidence: text,
        hint: "write `Content-Length: 123`, CR LF twice, then the message")
    }
    if let prefix = prefixOfMessage(text, line) {
      return WireRule.logInside.finding(
        framing == .lines
          ? "other text stands before the message on its line; the message is read without it"
          : "text stands before the message on its line, so that the message can't be read",
        range: prefix, evidence: text,
        hint: "logs belong on stderr; a client that reads lines loses this message")
    }
    return page(text, line) ?? lone(text, line)
  }

  /// Longer text is not looked through.
  static let sizeLimit = 64 << 10

  private static func page(_ text: [UInt8], _ line: Range<Int>) -> Finding? {
    let kind = BodyKind(text)
    switch kind {
    case .html, .xml, .xmlRPC, .soap:
      return WireRule.strayText.finding(
        "this is \(kind.name), no message of JSON-RPC", range: line, evidence: text,
        hint: "something else than the JSON-RPC server answers here, or it failed; see its own log")
    default: return nil
    }
  }

  /// `null`, `42` or `"text"` where an object should stand.
  private static func lone(_ text: [UInt8], _ line: Range<Int>) -> Finding? {
    guard let json = try? JSON(reading: Array(text[line])), json.kind != .object,
      json.kind != .array
    else { return nil }
    return WireRule.strayText.finding(
      "this is JSON, but no message: a message is an object", range: line, evidence: text,
      hint:
        "a reply is {\"jsonrpc\": \"2.0\", \"result\": …, \"id\": …}; debug output belongs on stderr"
    )
  }

  /// What stands before a message that ends the line.
  static func prefixOfMessage(_ text: [UInt8], _ line: Range<Int>) -> Range<Int>? {
    guard let open = text[line].firstIndex(of: Byte.openBrace), open > line.lowerBound,
      let json = try? JSON(reading: Array(text[open..<line.upperBound])), json.kind == .object,
      json["jsonrpc"] != nil || json["id"] != nil
    else { return nil }
    return line.lowerBound..<open
  }

  /// How much of a text stands before the message that ends it, by what was found of it.
  static func prefixLength(_ findings: [Finding]) -> Int? {
    guard findings.count == 1, findings[0].rule == WireRule.logInside.rawValue,
      let range = findings[0].range, range.lowerBound == 0,
      findings[0].evidence?.count ?? 0 > range.upperBound
    else { return nil }
    return range.upperBound
  }

  private static func isLengthWithoutColon(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "=") }
    let rest = line.dropFirst(word.count).drop {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=")
    }
    return HeaderBlock.Name(word).isLength && rest.first.map(Byte.isDigit) == true
  }
}
