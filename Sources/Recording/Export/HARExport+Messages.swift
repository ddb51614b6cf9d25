import LosslessJSON
import Session
import Wire

extension HARExport {
  static func request(
    _ exchange: Exchange, _ session: ExportedSession, _ writer: inout JSONWriter
  ) {
    let sent = exchange.wire.flatMap { SentHead($0) }
    let words = sent?.line.split(separator: " ") ?? []
    writer.key("request")
    writer.beginObject()
    string("method", words.first.map(String.init) ?? "POST", &writer)
    string("url", HARAddress.url(session.header.target), &writer)
    string("httpVersion", words.count > 2 ? String(words[2]) : "HTTP/1.1", &writer)
    fields("cookies", cookies(sent?.headers ?? [], "cookie"), &writer)
    fields("headers", sent?.headers ?? [], &writer)
    fields("queryString", query(session.header.target), &writer)
    writer.key("postData")
    writer.beginObject()
    let type = sent?.headers.first { $0.name.lowercased() == "content-type" }?.value
    string("mimeType", type ?? "application/json", &writer)
    string("text", String(decoding: exchange.request, as: UTF8.self), &writer)
    if String(validating: exchange.request, as: UTF8.self) == nil {
      // The format has no member for bytes that are no text; what begins with _ is anybody's.
      string("_base64", base64(exchange.request), &writer)
    }
    writer.endObject()
    number("headersSize", -1, &writer)
    number("bodySize", exchange.request.count, &writer)
    writer.endObject()
  }

  static func response(_ exchange: Exchange, _ writer: inout JSONWriter) {
    let head = exchange.head
    let body = body(exchange)
    writer.key("response")
    writer.beginObject()
    number("status", head?.status ?? (body.isEmpty ? 0 : 200), &writer)
    string("statusText", head?.reason ?? "", &writer)
    string("httpVersion", head?.version ?? "HTTP/1.1", &writer)
    fields("cookies", cookies(head?.headers ?? [], "set-cookie"), &writer)
    fields("headers", head?.headers ?? [], &writer)
    writer.key("content")
    writer.beginObject()
    let size = sizeOnWire(head, body)
    number("size", body.count, &writer)
    if size >= 0, size != body.count { number("compression", body.count - size, &writer) }
    string("mimeType", head?.header("Content-Type") ?? "application/json", &writer)
    if let text = String(validating: body, as: UTF8.self) {
      string("text", text, &writer)
    } else {
      string("text", base64(body), &writer)
      string("encoding", "base64", &writer)
    }
    writer.endObject()
    string("redirectURL", head?.header("Location") ?? "", &writer)
    number("headersSize", -1, &writer)
    number("bodySize", size, &writer)
    if let error = failure(exchange) { string("_error", error, &writer) }
    writer.endObject()
  }

  /// How many bytes of body went over the wire; -1 if it is not known.
  private static func sizeOnWire(_ head: ReplyHead?, _ body: [UInt8]) -> Int {
    let coding = head?.header("Content-Encoding")?.lowercased() ?? "identity"
    if coding == "identity" || coding.isEmpty { return body.count }
    return head?.header("Content-Length").flatMap { Int($0) } ?? -1
  }

  /// Why there is no reply, as a recording says it; browsers have a word there.
  private static func failure(_ exchange: Exchange) -> String? {
    switch exchange.ending {
    case .failed, .timedOut, .cancelled:
      String(decoding: EndingText.bytes(exchange.ending), as: UTF8.self)
    case .pending, .replied, .sent, .received: nil
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    var coded: [UInt8] = []
    Base64.encode(bytes, into: &coded)
    return String(decoding: coded, as: UTF8.self)
  }

  /// The cookies in the fields of that name; of one that is set, without its attributes.
  private static func cookies(_ fields: [HeaderField], _ name: String) -> [HeaderField] {
    let values = fields.filter { $0.name.lowercased() == name }.flatMap { field in
      field.value.split(separator: ";").prefix(name == "cookie" ? .max : 1)
    }
    return values.map { pair in
      let parts = pair.drop { $0 == " " }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return HeaderField(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// The reply's body; of an event stream its events, written anew.
  private static func body(_ exchange: Exchange) -> [UInt8] {
    var body: [UInt8] = []
    for received in exchange.messages {
      guard case .event(let name, let id) = received.frame.kind else {
        body += received.frame.bytes
        continue
      }
      if name != "message" { body += Array("event: \(name)\n".utf8) }
      if !id.isEmpty { body += Array("id: \(id)\n".utf8) }
      for line in received.frame.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        body += Array("data: ".utf8) + line + [0x0A]
      }
      body.append(0x0A)
    }
    return body
  }
}
