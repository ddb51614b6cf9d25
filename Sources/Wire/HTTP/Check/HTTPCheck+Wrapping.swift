import LosslessJSON

extension HTTPCheck {
  /// What is off around a body, whatever it is.
  static func wrapping(_ reply: HTTPReply) -> [Finding] {
    [
      type(reply), charset(reply), repeated(reply), surplus(reply), ending(reply),
      lineFeed(reply), events(reply),
    ].compactMap { $0 }
  }

  private static func type(_ reply: HTTPReply) -> Finding? {
    guard reply.content != .notJSON, reply.events == 0 else { return nil }
    if reply.isEventStream {
      let line = reply.line("Content-Type") ?? []
      return WireRule.notEventStream.finding(
        "Content-Type says event stream, but the body is JSON as it is", range: 0..<line.count,
        evidence: line, hint: "a client that believes it finds no event; it is read as JSON here")
    }
    guard let type = reply.type, let line = reply.line("Content-Type") else {
      var missing = WireRule.contentType.finding(
        "the reply has no Content-Type", range: 0..<reply.statusLine.count,
        evidence: reply.statusLine, hint: "it should be application/json",
        section: "RFC 9110 section 8.3")
      // Who gets none guesses, and guesses right; a wrong one is believed.
      missing.severity = .note
      return missing
    }
    guard !type.isJSON else { return nil }
    return WireRule.contentType.finding(
      "Content-Type says \(type.essence.isEmpty ? "nothing" : type.essence), but the body is JSON",
      range: 0..<line.count, evidence: line,
      hint: "it should be application/json; strict clients refuse this",
      section: "RFC 9110 section 8.3")
  }

  private static func charset(_ reply: HTTPReply) -> Finding? {
    guard reply.content != .notJSON || reply.isEventStream, let charset = reply.type?.charset,
      !MediaType.isUTF8(charset), let line = reply.line("Content-Type")
    else { return nil }
    return WireRule.charset.finding(
      "Content-Type names the charset \(charset); JSON is UTF-8, and is read so",
      range: 0..<line.count, evidence: line, hint: "leave the charset out, or make it utf-8",
      section: "RFC 8259 section 8.1")
  }

  private static func repeated(_ reply: HTTPReply) -> Finding? {
    for name in ["Content-Length", "Content-Type", "Content-Encoding", "Location"] {
      let values = reply.values(name)
      guard values.count > 1 else { continue }
      // A length that is told differently is an error of its own.
      if name == "Content-Length", values.contains(where: { $0 != values[0] }) { continue }
      let evidence = Array(values.map { "\(name): \($0)" }.joined(separator: "\n").utf8)
      let same = values.allSatisfy { $0 == values[0] }
      return WireRule.headerRepeated.finding(
        "\(name) comes \(values.count) times" + (same ? "" : ", and differently each time"),
        range: 0..<evidence.count, evidence: evidence,
        hint: "clients and proxies disagree on which one counts", section: "RFC 9110 section 5.3")
    }
    return nil
  }

  /// libcurl says in a remark how many bytes came after the body's end.
  private static func surplus(_ reply: HTTPReply) -> Finding? {
    guard let remark = surplusRemark(reply), miscounted(reply) == nil else { return nil }
    let number = surplusCount(remark)
    let line = reply.line("Content-Length") ?? reply.statusLine
    let count = number.map { FrameText.count($0, "byte") } ?? "bytes"
    return WireRule.surplus.finding(
      "\(count) came after the end of the body, and "
        + "\(number == 1 ? "was" : "were") dropped", range: 0..<line.count,
      evidence: line,
      hint: isWhole(reply.body)
        ? "the JSON is whole: what follows it is the server's doing, such as a log line"
        : "Content-Length is too small" + countQuestion(reply.body),
      section: "RFC 9112 section 6.3")
  }

  private static func surplusRemark(_ reply: HTTPReply) -> String? {
    reply.remarks.first { mentions($0, ["excess found", "leftovers after"]) }
  }

  private static func surplusCount(_ remark: String) -> Int? {
    remark.split { !$0.isNumber }.first.flatMap { Int($0) }
  }

  /// How many bytes came after the body's end, if libcurl said so.
  static func surplusCount(_ reply: HTTPReply) -> Int? {
    surplusRemark(reply).flatMap { surplusCount($0) }
  }

  /// Only text beyond ASCII has fewer characters than bytes.
  private static func countQuestion(_ body: [UInt8]) -> String {
    body.contains { $0 >= 0x80 }
      ? ": is it counted in characters instead of bytes?" : ", and the rest of the body is lost"
  }

  private static func ending(_ reply: HTTPReply) -> Finding? {
    guard let head = reply.head, reply.error == nil, head.version.hasPrefix("HTTP/1") else {
      return nil
    }
    let isDelimited =
      head.header("Content-Length") != nil || head.header("Transfer-Encoding") != nil
      || reply.body.isEmpty || reply.isEventStream
    let line = reply.statusLine
    if head.version == "HTTP/1.0" {
      return WireRule.oldVersion.finding(
        "the server speaks HTTP/1.0" + (isDelimited ? "" : " and does not tell the body's length"),
        range: 0..<line.count, evidence: line,
        hint: isDelimited
          ? "each call may take a new connection"
          : "a body that was cut off could not be told from a whole one")
    }
    guard !isDelimited else { return nil }
    return WireRule.noLength.finding(
      "the body's length is told neither by Content-Length nor by chunks: it ends with the "
        + "connection", range: 0..<line.count, evidence: line,
      hint: "a body that was cut off could not be told from a whole one",
      section: "RFC 9112 section 6.3")
  }

  private static func lineFeed(_ reply: HTTPReply) -> Finding? {
    let head = reply.received([.headerIn])
    var last: UInt8 = 0
    for (index, byte) in head.enumerated() {
      if byte == Byte.newline, last != Byte.carriageReturn {
        let start = head[..<index].lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
        let line = Array(head[start...index])
        return WireRule.lineFeed.finding(
          "a header line ends in LF alone", range: (line.count - 1)..<line.count, evidence: line,
          hint: "the server must end header lines with CR LF (\\r\\n)",
          section: "RFC 9112 section 2.2")
      }
      last = byte
    }
    return nil
  }

  private static func events(_ reply: HTTPReply) -> Finding? {
    guard reply.events > 0, !reply.expectsEvents, let line = reply.line("Content-Type") else {
      return nil
    }
    return WireRule.eventStream.finding(
      "the reply came as an event stream (\(FrameText.count(reply.events, "event")))",
      range: 0..<line.count, evidence: line,
      hint: "a client that expects plain JSON can't read it; `-H 'Accept: application/json'` asks "
        + "for that")
  }
}
