import LosslessJSON

extension HTTPCheck {
  /// What the status says, where that is why there is no good reply.
  static func status(_ reply: HTTPReply) -> Finding? {
    guard let head = reply.head else { return nil }
    if reply.content == .jsonRPC { return errorStatus(reply, head.status) }
    switch head.status {
    case 200..<204, 206..<300: return nil
    case 204, 205: return noContent(reply)
    case 300..<400: return redirect(reply, head)
    case 400..<600: return refusal(reply, head)
    default:
      return finding(
        .oddStatus, reply, "the status \(head.status) is none of HTTP's", "", "15")
    }
  }

  private static func errorStatus(_ reply: HTTPReply, _ status: Int) -> Finding? {
    guard status >= 300 else { return nil }
    return finding(
      .errorStatus, reply,
      "the reply came with status \(status); many clients look no further and lose it",
      "200 is the usual status of every JSON-RPC reply, errors too", "15")
  }

  private static func noContent(_ reply: HTTPReply) -> Finding? {
    guard reply.isReplyDue else { return nil }
    return finding(
      .noContent, reply, "the server has nothing to say (204), though a reply is due",
      "does it take the request for a notification? look at the id", "15.3.5")
  }

  private static func redirect(_ reply: HTTPReply, _ head: ReplyHead) -> Finding {
    guard let target = head.header("Location"), let line = reply.line("Location") else {
      return finding(
        .redirect, reply, "the server redirects (\(head.status)), but does not say where", "",
        "15.4")
    }
    return WireRule.redirect.finding(
      "the server redirects (\(head.status)) to \(target)", range: 0..<line.count, evidence: line,
      hint: "connect to that URL, or follow with `--location`", section: "RFC 9110 section 15.4")
  }

  private static func refusal(_ reply: HTTPReply, _ head: ReplyHead) -> Finding {
    if let special = special(reply, head) { return special }
    switch head.status {
    case 401: return unauthorized(reply, .unauthorized, "WWW-Authenticate", "15.5.2")
    case 407: return unauthorized(reply, .proxyAuthentication, "Proxy-Authenticate", "15.5.8")
    case 403:
      return finding(
        .forbidden, reply, "the server forbids this" + seen(reply),
        "other credentials (`-u`, `--bearer`), or an Origin or Host header that it allows (`-H`)?",
        "15.5.4")
    case 404, 410:
      return finding(
        .notFound, reply, "the server knows no \(reply.path)" + seen(reply),
        "try other paths: " + otherPaths(than: reply.path), "15.5.5")
    case 405:
      let allowed = head.header("Allow")
      return finding(
        .methodNotAllowed, reply,
        "\(reply.verb) is not allowed here" + (allowed.map { ", only \($0)" } ?? "") + seen(reply),
        "JSON-RPC goes by POST: is the path the right one?", "15.5.6",
        reply.line("Allow"))
    case 406:
      return finding(
        .notAcceptable, reply, "the server can't answer in a form that we accept" + seen(reply),
        "tell it with `-H 'Accept: …'`", "15.5.7")
    case 413:
      return finding(
        .tooLarge, reply, "the request is larger than the server takes" + seen(reply),
        "a proxy's limit? nginx: client_max_body_size", "15.5.14")
    case 415:
      return finding(
        .mediaType, reply, "the server does not take the request's Content-Type" + seen(reply),
        "`-H 'Content-Type: application/json-rpc'`, or text/plain, is what some servers want",
        "15.5.16", reply.line("Accept-Post") ?? reply.line("Accept"))
    case 429: return tooMany(reply, head)
    case 400: return badRequest(reply)
    case 400..<500:
      return finding(
        .clientError, reply, "the server refuses the request (\(phrase(head)))" + seen(reply), "",
        "15.5")
    default: return serverFailure(reply, head)
    }
  }

  private static func serverFailure(_ reply: HTTPReply, _ head: ReplyHead) -> Finding {
    switch head.status {
    case 501:
      return finding(
        .serverError, reply,
        "the server does not support \(reply.verb) here (\(phrase(head)))" + seen(reply),
        "JSON-RPC goes by POST: is this a plain web server, or the wrong path or port?", "15.6.2")
    case 502:
      return finding(
        .badGateway, reply,
        "a proxy can't reach the server behind it (\(phrase(head)))"
          + seen(reply), "is the server itself running? connect to it without the proxy", "15.6.3")
    case 503:
      let wait = head.header("Retry-After").map { ", and says to come again in \(delay($0))" } ?? ""
      return finding(
        .unavailable, reply,
        "the server, or a proxy before it, is not available" + wait
          + seen(reply), "is it starting up, or overloaded?", "15.6.4",
        reply.line("Retry-After"))
    case 504:
      return finding(
        .gatewayTimeout, reply, "a proxy waited too long for the server behind it" + seen(reply),
        "the call may still be running there", "15.6.5")
    default:
      return finding(
        .serverError, reply, "the server failed (\(phrase(head)))" + seen(reply),
        "its own log should say why", "15.6")
    }
  }

  private static func badRequest(_ reply: HTTPReply) -> Finding {
    finding(
      .badRequest, reply, "the server could make nothing of the request" + seen(reply),
      "is the URL's path the right one (\(otherPaths(than: reply.path)))? `.last request` shows what "
        + "was sent", "15.5.1")
  }

  /// Where servers of JSON-RPC are often found.
  private static func otherPaths(than path: String) -> String {
    ["/", "/rpc", "/jsonrpc", "/api", "/mcp"].filter { $0 != path }.joined(separator: ", ")
  }

  private static func tooMany(_ reply: HTTPReply, _ head: ReplyHead) -> Finding {
    let wait = head.header("Retry-After").map { ": come again in \(delay($0))" } ?? ""
    return finding(
      .tooManyRequests, reply, "too many requests in too short a time" + wait + seen(reply),
      "", "RFC 6585 section 4", reply.line("Retry-After"))
  }

  // MARK: - Credentials

  private static func unauthorized(
    _ reply: HTTPReply, _ rule: WireRule, _ name: String, _ section: String
  ) -> Finding {
    let who = rule == .unauthorized ? "the server" : "the proxy"
    let challenges = reply.values(name)
    guard let first = challenges.first else {
      return finding(
        rule, reply, "\(who) wants credentials, but does not say which" + seen(reply),
        hint(scheme: "", rule), section)
    }
    let schemes = challenges.map { String($0.prefix { $0 != " " && $0 != "," }) }
    let realm = parameter("realm", first).map { " for \"\($0)\"" } ?? ""
    let words = schemes.joined(separator: " or ")
    return finding(
      rule, reply, "\(who) wants credentials\(realm): \(words)", hint(scheme: schemes[0], rule),
      section, reply.line(name))
  }

  private static func hint(scheme: String, _ rule: WireRule) -> String {
    if rule == .proxyAuthentication {
      return "give them with the proxy: `-x http://USER:PASSWORD@HOST`"
    }
    switch scheme.lowercased() {
    case "basic": return "`-u USER` asks for the password; `-n` takes it from ~/.netrc"
    case "digest": return "`--digest -u USER` asks for the password"
    case "negotiate", "kerberos": return "`--negotiate`, after kinit"
    case "bearer": return "`--bearer TOKEN`"
    default: return "`-u USER`, `--bearer TOKEN` or `-H 'Authorization: …'`"
    }
  }

  /// A parameter of a challenge, with or without quotes.
  private static func parameter(_ name: String, _ challenge: String) -> String? {
    for part in challenge.split(whereSeparator: { $0 == "," }) {
      let text = part.split(separator: " ").last { $0.lowercased().hasPrefix(name + "=") }
      guard text != nil, let equals = part.firstIndex(of: "=") else { continue }
      return part[part.index(after: equals)...].filter { $0 != "\"" }
    }
    // A realm with blanks in it.
    guard let start = challenge.range(ofText: name + "=\"") else { return nil }
    return String(challenge[start...].prefix { $0 != "\"" })
  }

  // MARK: - What the body tells

  /// Replies whose words say more than their status.
  private static func special(_ reply: HTTPReply, _ head: ReplyHead) -> Finding? {
    let text = text(reply.body)
    if head.status == 400 || head.status == 421 || head.status == 426,
      mentions(
        text,
        [
          "plain http request was sent to https", "http request to an https server",
          "speaking plain http to an ssl", "requires tls", "https is required",
        ])
    {
      return tlsExpected(reply, reply.statusLine)
    }
    let wantsSocket = reply.values("Upgrade").contains { $0.lowercased().contains("websocket") }
    let isSocket =
      wantsSocket || head.header("Sec-WebSocket-Version") != nil
      || (head.status == 400 && mentions(text, ["websocket"]))
    guard head.status == 426 || isSocket else { return nil }
    let target = reply.url.hasPrefix("http") ? "ws" + reply.url.dropFirst(4) : "ws://…"
    let wanted = head.header("Upgrade") ?? "WebSocket"
    return finding(
      .upgradeRequired, reply, "the server speaks \(wanted) here, not plain HTTP",
      "it would be reached as \(target); has it an HTTP path too?", "15.5.22",
      reply.line("Upgrade") ?? reply.line("Sec-WebSocket-Version"))
  }

  /// What the body is, for the end of a sentence.
  private static func seen(_ reply: HTTPReply) -> String {
    guard !reply.body.isEmpty else { return "" }
    let kind = BodyKind(reply.body)
    switch kind {
    case .text:
      let line = reply.body[firstLine(reply.body)]
      return ": " + String(decoding: line.prefix(120), as: UTF8.self)
    case .json: return ""
    default: return "; the body is \(kind.name)"
    }
  }

  private static func phrase(_ head: ReplyHead) -> String {
    head.reason.isEmpty ? "\(head.status)" : "\(head.status) \(head.reason)"
  }

  private static func delay(_ value: String) -> String {
    Int(value).map { "\($0) s" } ?? value
  }

  private static func finding(
    _ rule: WireRule, _ reply: HTTPReply, _ message: String, _ hint: String, _ section: String,
    _ line: [UInt8]? = nil
  ) -> Finding {
    let evidence = line ?? reply.statusLine
    let source = section.hasPrefix("RFC") ? section : "RFC 9110 section \(section)"
    return rule.finding(
      message, range: 0..<evidence.count, evidence: evidence, hint: hint, section: source)
  }
}

extension String {
  /// The place after the first occurrence of a text, whatever its case.
  fileprivate func range(ofText text: String) -> Index? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.prefix(text.count).lowercased() == text {
        return rest.dropFirst(text.count).startIndex
      }
      rest = rest.dropFirst()
    }
    return nil
  }
}
