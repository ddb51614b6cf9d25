import LosslessJSON

extension HTTPCheck {
  /// What came in place of a reply, in a reply that says it is fine.
  static func body(_ reply: HTTPReply) -> Finding? {
    if reply.error != nil { return nil }
    if reply.isEventStream, reply.events == 0, reply.isReplyDue, reply.body.isEmpty {
      return empty(reply, "the event stream ended without an event, though a reply is due")
    }
    guard reply.events == 0 else { return nil }
    if reply.body.allSatisfy(Byte.isBlank) {
      return reply.isReplyDue ? empty(reply) : nil
    }
    guard reply.content == .notJSON else { return nil }
    return kind(reply, BodyKind(reply.body))
  }

  private static func empty(_ reply: HTTPReply, _ message: String? = nil) -> Finding {
    let line = reply.statusLine
    let isAccepted = reply.head?.status == 202
    let words =
      isAccepted
      ? "the server took the request (202) without answering it, though a reply is due"
      : "the body is empty, though a reply is due"
    return WireRule.emptyBody.finding(
      message ?? words, range: 0..<line.count, evidence: line,
      hint: isAccepted
        ? "it takes it for a notification, or answers on another stream"
        : "does it take the request for a notification (look at the id), or fail before it writes?")
  }

  private static func kind(_ reply: HTTPReply, _ kind: BodyKind) -> Finding? {
    let line = firstLine(reply.body)
    switch kind {
    case .json: return nil
    case .html:
      return WireRule.html.finding(
        "the body is \(kind.name), not JSON", range: line,
        hint: "is the URL a web page's or a login's? the JSON-RPC path may be another")
    case .xmlRPC, .soap:
      return WireRule.xmlRPC.finding(
        "the body is \(kind.name), not JSON-RPC", range: line,
        hint: "the server may have another path for JSON: /jsonrpc, /json-rpc")
    case .xml:
      return WireRule.xml.finding("the body is XML, not JSON", range: line)
    case .events: return notEvents(reply, line)
    case .binary:
      return WireRule.binary.finding(
        "the body is no text", range: line, hint: "`.last hex` shows its bytes")
    case .text:
      if let prefix = messagePrefix(reply.body) {
        return WireRule.plainText.finding(
          "the body begins with other text than JSON; a reply stands behind it", range: prefix,
          hint: "only JSON may stand in the body: logs belong on stderr or in a file")
      }
      return WireRule.plainText.finding(
        "the body is plain text, not JSON", range: line,
        hint: "is the URL's path the right one?")
    }
  }

  private static func messagePrefix(_ body: [UInt8]) -> Range<Int>? {
    guard body.count <= StrayFinding.sizeLimit,
      let start = body.firstIndex(where: { !Byte.isBlank($0) }),
      let last = body.lastIndex(where: { !Byte.isBlank($0) })
    else { return nil }
    return StrayFinding.prefixOfMessage(body, start..<(last + 1))
  }

  private static func notEvents(_ reply: HTTPReply, _ line: Range<Int>) -> Finding {
    let type = reply.type?.essence ?? "nothing"
    return WireRule.notEventStream.finding(
      "the body is an event stream, but Content-Type says \(type.isEmpty ? "nothing" : type)",
      range: line, hint: "the server must send `Content-Type: text/event-stream`")
  }
}
