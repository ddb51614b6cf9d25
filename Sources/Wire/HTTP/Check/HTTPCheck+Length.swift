public import LosslessJSON

extension HTTPCheck {
  private static let section = "RFC 9112 section 6.3"

  /// What is wrong with how the head tells the body's length: the cause of what follows from it.
  static func length(_ reply: HTTPReply) -> [Finding] {
    guard reply.head != nil else { return [] }
    if let refused = refused(reply) { return [refused] }
    if reply.hasPlainHead { return [] }
    let head = HeaderBlock(reply.headText)
    return [malformed(head), conflict(head), invalid(head), misspelt(head)].compactMap { $0 }
  }

  // MARK: - Lines

  /// A line after the status line that is no header.
  private static func malformed(_ head: HeaderBlock) -> Finding? {
    let line = head.lines.dropFirst().first { line in
      guard let first = line.first, !Byte.isBlank(first) else { return false }
      return !line.contains(Byte.colon)
    }
    guard let line else { return nil }
    let isLength = HeaderBlock.Name(line.prefix { $0 != Byte.space }).isLength
    let text = String(decoding: line.prefix(40), as: UTF8.self)
    return WireRule.httpHeaderMalformed.finding(
      isLength
        ? "the colon after Content-Length is missing: \(text)"
        : "a line of the head is no header: \(text)",
      range: line.startIndex..<line.endIndex, evidence: head.bytes, hint: malformedHint,
      section: "RFC 9112 section 5")
  }

  private static let malformedHint =
    "a header is `Name: value`; only an empty line may stand before the body"

  private static func misspelt(_ head: HeaderBlock) -> Finding? {
    let isToldOtherwise = head.fields.contains { $0.isNamed("Transfer-Encoding") }
    guard !isToldOtherwise, let field = head.lengths.first,
      !HeaderBlock.Name(field.name).isExactLength
    else { return nil }
    let name = String(decoding: field.name, as: UTF8.self)
    return WireRule.httpHeaderMisspelt.finding(
      "the header '\(name)' is nearly Content-Length, and says nothing so: the body ends with the "
        + "connection", range: field.name.startIndex..<field.name.endIndex, evidence: head.bytes,
      hint: "write it Content-Length; a client waits for ever if the connection stays open",
      section: section)
  }

  // MARK: - Values

  /// The values that are told, those of a list each for itself, and where the last stands.
  private static func told(_ head: HeaderBlock) -> (values: [[UInt8]], last: Range<Int>)? {
    let fields = head.lengths.filter { HeaderBlock.Name($0.name).isExactLength }
    guard let last = fields.last else { return nil }
    let values = fields.flatMap { field in
      field.value.split(separator: Byte.comma, omittingEmptySubsequences: false).map { value in
        Array(value.filter { !Byte.isBlank($0) })
      }
    }
    return (values, last.name.startIndex..<last.value.endIndex)
  }

  private static func conflict(_ head: HeaderBlock) -> Finding? {
    guard let told = told(head), told.values.contains(where: { $0 != told.values[0] }) else {
      return nil
    }
    let values = told.values.map { String(decoding: $0.prefix(40), as: UTF8.self) }
    return WireRule.httpLengthConflict.finding(
      "Content-Length is told \(values.count) times, differently: "
        + values.joined(separator: ", "), range: told.last, evidence: head.bytes,
      hint: "clients and proxies disagree on which one counts, and must refuse such a reply",
      section: section)
  }

  private static func invalid(_ head: HeaderBlock) -> Finding? {
    guard let told = told(head),
      let value = told.values.first(where: { Int(digits: $0) == nil })
    else { return nil }
    return WireRule.httpLengthInvalid.finding(
      "Content-Length " + HeaderBlock.whyInvalid(value), range: told.last, evidence: head.bytes,
      hint: "only the number of the body's bytes, in digits, may stand there", section: section)
  }

  // MARK: - What libcurl refuses

  /// libcurl hands out neither the line that it refuses nor what follows, only the lines before.
  private static func refused(_ reply: HTTPReply) -> Finding? {
    guard case .curl(_, let message)? = reply.error, reply.error?.isMalformedHead == true else {
      return nil
    }
    let head = reply.headText
    let end = head.lastIndex { !Byte.isBlank($0) }.map { $0 + 1 } ?? 0
    let start = head[..<end].lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
    let shown = Array(head[..<end])
    if mentions(message, ["content-length"]) {
      return WireRule.httpLengthInvalid.finding(
        "Content-Length, in the line after this one, is negative or not a number",
        range: start..<end, evidence: shown,
        hint: "only the number of the body's bytes, in digits, may stand there; "
          + "`curl -i --ignore-content-length` shows the line",
        section: section)
    }
    let what = mentions(message, ["colon"]) ? "is no header: it has no colon" : "can't be read"
    return WireRule.httpHeaderMalformed.finding(
      "the line of the head after this one \(what)"
        + (mentions(message, ["colon"]) ? "" : " (\(message))"), range: start..<end,
      evidence: shown, hint: malformedHint, section: "RFC 9112 section 5")
  }

  // MARK: - Counted wrongly

  /// That a whole body's length was counted in something else than bytes; nil if it was not.
  ///
  /// The range is that of the bytes that the length leaves out.
  public static func miscounted(_ said: Int, _ body: [UInt8]) -> Finding? {
    guard said < body.count else { return nil }
    let unit: String
    if TextCount.scalars(body) == said {
      unit = "characters"
    } else if TextCount.utf16(body) == said {
      unit = "UTF-16 units"
    } else {
      return nil
    }
    return WireRule.httpLengthInCharacters.finding(
      "Content-Length says \(said), which is the body's length in \(unit); in bytes it is "
        + "\(body.count)", range: said..<body.count, hint: countHint, section: section)
  }

  /// The same of a body that was cut off at its length, so that so many bytes more came, which
  /// nobody kept: they are taken for ASCII.
  static func miscounted(_ reply: HTTPReply) -> Finding? {
    let body = reply.body
    guard let surplus = surplusCount(reply), surplus > 0, let line = reply.line("Content-Length"),
      reply.head?.header("Content-Encoding") == nil, !isWhole(body),
      let unit = TextCount.unit(ofMissing: surplus, in: body)
    else { return nil }
    return WireRule.httpLengthInCharacters.finding(
      "Content-Length says \(body.count), which is the body's length in \(unit); in bytes it is "
        + "\(body.count + surplus)", range: 0..<line.count, evidence: line, hint: countHint,
      section: section)
  }

  private static let countHint =
    "the server must send the number of bytes of the UTF-8 text; a client loses the rest"

  /// Whether a body is JSON with its end.
  static func isWhole(_ body: [UInt8]) -> Bool { (try? JSON(reading: body)) != nil }
}

extension HTTPReply {
  /// The head as it came, or as it may have: the last one, without what follows it.
  var headText: [UInt8] {
    let lines = received([.headerIn]).split(
      separator: Byte.newline, omittingEmptySubsequences: false)
    guard let start = lines.lastIndex(where: { $0.starts(with: Array("HTTP/".utf8)) }) else {
      let fields = (head?.headers ?? []).map { Array("\($0.name): \($0.value)".utf8) }
      return Array(([statusLine] + fields).joined(separator: [0x0D, 0x0A]))
    }
    let own = lines[start...].prefix { !$0.isEmpty && $0 != [Byte.carriageReturn] }
    return Array(own.joined(separator: [Byte.newline]))
  }

  /// Whether nothing can be wrong with how the length is told: one Content-Length with digits, or
  /// chunks, and no line without a colon.
  fileprivate var hasPlainHead: Bool {
    guard let headers = head?.headers else { return true }
    var lengths = 0
    var isChunked = false
    for field in headers {
      if field.isNamed("Content-Length") {
        lengths += 1
        if Int(digits: Array(field.value.utf8)) == nil { return false }
      } else if field.value.isEmpty {
        return false
      } else if field.isNamed("Transfer-Encoding") {
        isChunked = true
      }
    }
    return lengths == 1 || lengths == 0 && isChunked
  }
}

extension Int {
  /// A number of digits only.
  fileprivate init?(digits: [UInt8]) {
    guard !digits.isEmpty, digits.allSatisfy(Byte.isDigit) else { return nil }
    self.init(String(decoding: digits, as: UTF8.self))
  }
}

extension TextCount {
  /// What a length counts that is so many bytes too small, for a text cut off at that length.
  fileprivate static func unit(ofMissing missing: Int, in text: [UInt8]) -> String? {
    var (scalars, units) = (0, 0)
    for byte in text {
      switch byte {
      case 0xC2...0xDF: (scalars, units) = (scalars + 1, units + 1)
      case 0xE0...0xEF: (scalars, units) = (scalars + 2, units + 2)
      case 0xF0...0xF4: (scalars, units) = (scalars + 3, units + 2)
      default: break
      }
    }
    return missing == scalars ? "characters" : missing == units ? "UTF-16 units" : nil
  }
}
