import LosslessJSON

extension HTTPCheck {
  /// Why no whole reply came.
  static func transport(_ reply: HTTPReply) -> Finding? {
    switch reply.error {
    case let error? where error.isNotHTTP: notHTTP(reply)
    case .tls(_, let message)?: plainExpected(reply, message)
    case .truncatedBody(let message)?: cutShort(reply, message)
    case .timedOut? where reply.head != nil && reply.events == 0: stoppedShort(reply)
    case .badEncoding(let message)?: decompression(reply, message)
    case .curl(code: 52, _)?:
      WireRule.noReply.finding(
        "the server closed the connection without any reply",
        hint: "did it crash, or does it not speak HTTP here? see its own log")
    default: nil
    }
  }

  // MARK: - Another protocol

  private static func notHTTP(_ reply: HTTPReply) -> Finding {
    let bytes = reply.received([.headerIn, .dataIn])
    let shown = Array(bytes.prefix { $0 != Byte.newline && $0 != Byte.carriageReturn }.prefix(200))
    if bytes.count > 2, bytes[0] == 0x15 || bytes[0] == 0x16, bytes[1] == 3 {
      return tlsExpected(reply, shown)
    }
    let (name, hint) = peer(shown, reply)
    return WireRule.notHTTP.finding(
      "what answers there does not speak HTTP" + name, range: 0..<shown.count, evidence: shown,
      hint: hint)
  }

  private static func peer(_ line: [UInt8], _ reply: HTTPReply) -> (String, String) {
    let text = String(decoding: line, as: UTF8.self)
    let elsewhere = "is the port the right one?"
    if let first = line.first, Byte.isBracket(first) {
      return (
        ", but JSON without it",
        "connect to tcp:\(authority(reply.url)) instead of the URL"
      )
    }
    if HeaderBlock.field(line[...]).map({ HeaderBlock.Name($0.name).isLength }) ?? false {
      return (
        ", but messages with Content-Length headers",
        "connect to tcp:\(authority(reply.url)) with `--framing headers`"
      )
    }
    if text.hasPrefix("SSH-") { return (": it is an SSH server", elsewhere) }
    if text.hasPrefix("220 ") { return (": it is an SMTP or FTP server", elsewhere) }
    if text.hasPrefix("-ERR") || text.hasPrefix("-DENIED") || text.hasPrefix("+OK") {
      return (": it is a Redis or a mail server", elsewhere)
    }
    if text.hasPrefix("RFB ") { return (": it is a VNC server", elsewhere) }
    if text.hasPrefix("AMQP") { return (": it is a message broker (AMQP)", elsewhere) }
    return ("", elsewhere + " A server of plain JSON is reached as tcp:HOST:PORT")
  }

  /// `HOST:PORT` of a URL.
  private static func authority(_ url: String) -> String {
    let parts = url.split(separator: "/", omittingEmptySubsequences: true)
    return parts.count > 1 ? String(parts[1]) : "HOST:PORT"
  }

  static func tlsExpected(_ reply: HTTPReply, _ evidence: [UInt8]) -> Finding {
    let secure = reply.url.hasPrefix("http://") ? "https://" + reply.url.dropFirst(7) : "https://…"
    return WireRule.tlsExpected.finding(
      "the server wants TLS, and was spoken to without it", range: 0..<evidence.count,
      evidence: evidence, hint: "connect to \(secure)")
  }

  private static func plainExpected(_ reply: HTTPReply, _ message: String) -> Finding? {
    let signs = [
      "wrong version number", "unexpected tls packet", "packet length too long", "http request",
      "record layer", "unexpected message", "invalid token",
    ]
    guard mentions(message, signs) else { return nil }
    let plain = reply.url.hasPrefix("https://") ? "http://" + reply.url.dropFirst(8) : "http://…"
    return WireRule.plainExpected.finding(
      "the server does not speak TLS on this port (\(message))", hint: "connect to \(plain)")
  }

  // MARK: - A body in part

  private static func cutShort(_ reply: HTTPReply, _ message: String) -> Finding {
    let end = reply.body.count..<reply.body.count
    guard let line = reply.line("Content-Length"), let announced = announced(reply) else {
      return WireRule.bodyCutShort.finding(
        "the body was cut off: the connection closed before the last chunk (\(message))",
        range: end, hint: cutHint)
    }
    return WireRule.bodyCutShort.finding(
      "the body was cut off: \(came(reply)) bytes came of the \(announced) that "
        + "Content-Length announced", range: 0..<line.count, evidence: line,
      hint: isWhole(reply.body) ? tooLongHint : cutHint,
      section: "RFC 9112 section 8")
  }

  private static func stoppedShort(_ reply: HTTPReply) -> Finding? {
    let got = came(reply)
    guard let line = reply.line("Content-Length"), let announced = announced(reply),
      got < announced
    else { return nil }
    return WireRule.bodyCutShort.finding(
      "the body stopped: \(got) bytes came of the \(announced) that Content-Length announced, "
        + "then silence", range: 0..<line.count, evidence: line,
      hint: isWhole(reply.body)
        ? tooLongHint : "did the server stop while writing, or not flush its output?",
      section: "RFC 9112 section 8")
  }

  /// Characters are never more than bytes, so that is not how it was counted.
  private static let tooLongHint =
    "the JSON is whole, so the length is wrong: does it count a line end that is not sent, or the "
    + "text before it was changed?"

  private static let cutHint = "did the server fail while writing? a proxy between may also cut"

  private static func announced(_ reply: HTTPReply) -> Int? {
    reply.head?.header("Content-Length").flatMap { Int($0) }
  }

  /// The bytes of the body as they came, before decoding.
  private static func came(_ reply: HTTPReply) -> Int {
    guard let wire = reply.wire, wire.dropped == 0 else { return reply.body.count }
    return wire.chunks.reduce(0) { $0 + ($1.kind == .dataIn ? $1.bytes.count : 0) }
  }

  private static func decompression(_ reply: HTTPReply, _ message: String) -> Finding {
    let coding = reply.head?.header("Content-Encoding") ?? "its coding"
    let line = reply.line("Content-Encoding") ?? reply.statusLine
    let encoded = reply.received([.dataIn])
    let first = encoded.first { !Byte.isBlank($0) }
    let why =
      first.map(Byte.isBracket) == true
      ? "it is not compressed at all: it begins with '\(first == Byte.openBrace ? "{" : "[")'"
      : message
    return WireRule.decompression.finding(
      "the body can't be decoded as \(coding): \(why)", range: 0..<line.count, evidence: line,
      hint:
        "`-H 'Accept-Encoding: identity'` asks for it uncompressed; `.last wire` shows what came",
      section: "RFC 9110 section 8.4")
  }
}
