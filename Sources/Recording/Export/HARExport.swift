import LosslessJSON
import Session
import Wire

/// An HTTP archive, version 1.2.
public enum HARExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "har" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "har" }
  /// One line about it.
  public static var summary: String {
    "HTTP archive 1.2 (no messages that the server began; findings as comments)"
  }

  /// The archive.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("log")
    writer.beginObject()
    string("version", "1.2", &writer)
    writer.key("creator")
    writer.beginObject()
    let program = session.header.program.split(separator: " ", maxSplits: 1)
    string("name", String(program.first ?? "rpcscope"), &writer)
    string("version", program.count > 1 ? String(program[1]) : "0", &writer)
    writer.endObject()
    writer.key("entries")
    writer.beginArray()
    for exchange in session.own { entry(exchange, session, &writer) }
    writer.endArray()
    writer.endObject()
    writer.endObject()
    return JSONFormatter(width: 0).bytes(writer.finished())
  }

  private static func string(_ name: String, _ value: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.string(value)
  }

  private static func number(_ name: String, _ value: Int, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.literal(String(value))
  }

  private static func millis(_ name: String, _ value: Duration?, _ writer: inout JSONWriter) {
    writer.key(name)
    // HAR has -1 for what does not apply.
    writer.literal(value.map { String(Double(max(0, $0.micros)) / 1000) } ?? "-1")
  }

  private static func entry(
    _ exchange: Exchange, _ session: ExportedSession, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    string("startedDateTime", CivilTime(exchange.startedAt).text, &writer)
    writer.key("time")
    writer.literal(String(Double(max(0, exchange.duration?.micros ?? 0)) / 1000))
    request(exchange, session, &writer)
    response(exchange, &writer)
    writer.key("cache")
    writer.beginObject()
    writer.endObject()
    timings(exchange.timings, &writer)
    if !exchange.findings.isEmpty {
      let words = exchange.findings.map { "\($0.rule): \($0.message)" }
      string("comment", words.joined(separator: "\n"), &writer)
    }
    writer.endObject()
  }

  private static func request(
    _ exchange: Exchange, _ session: ExportedSession, _ writer: inout JSONWriter
  ) {
    let sent = exchange.wire.flatMap { SentHead($0) }
    let words = sent?.line.split(separator: " ") ?? []
    writer.key("request")
    writer.beginObject()
    string("method", words.first.map(String.init) ?? "POST", &writer)
    string("url", session.header.target, &writer)
    string("httpVersion", words.count > 2 ? String(words[2]) : "HTTP/1.1", &writer)
    fields("cookies", [], &writer)
    fields("headers", sent?.headers ?? [], &writer)
    fields("queryString", query(session.header.target), &writer)
    writer.key("postData")
    writer.beginObject()
    let type = sent?.headers.first { $0.name.lowercased() == "content-type" }?.value
    string("mimeType", type ?? "application/json", &writer)
    string("text", String(decoding: exchange.request, as: UTF8.self), &writer)
    writer.endObject()
    number("headersSize", -1, &writer)
    number("bodySize", exchange.request.count, &writer)
    writer.endObject()
  }

  private static func response(_ exchange: Exchange, _ writer: inout JSONWriter) {
    let head = exchange.head
    let body = body(exchange)
    writer.key("response")
    writer.beginObject()
    number("status", head?.status ?? (body.isEmpty ? 0 : 200), &writer)
    string("statusText", head?.reason ?? "", &writer)
    string("httpVersion", head?.version ?? "HTTP/1.1", &writer)
    fields("cookies", [], &writer)
    fields("headers", head?.headers ?? [], &writer)
    writer.key("content")
    writer.beginObject()
    number("size", body.count, &writer)
    string("mimeType", head?.header("Content-Type") ?? "application/json", &writer)
    if let text = String(validating: body, as: UTF8.self) {
      string("text", text, &writer)
    } else {
      var coded: [UInt8] = []
      Base64.encode(body, into: &coded)
      string("text", String(decoding: coded, as: UTF8.self), &writer)
      string("encoding", "base64", &writer)
    }
    writer.endObject()
    string("redirectURL", head?.header("Location") ?? "", &writer)
    number("headersSize", -1, &writer)
    number("bodySize", body.count, &writer)
    writer.endObject()
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

  private static func fields(
    _ name: String, _ fields: [HeaderField], _ writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.beginArray()
    for field in fields {
      writer.beginObject()
      string("name", field.name, &writer)
      string("value", field.value, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  private static func query(_ url: String) -> [HeaderField] {
    guard let mark = url.firstIndex(of: "?") else { return [] }
    return url[url.index(after: mark)...].prefix { $0 != "#" }.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      return HeaderField(
        parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }
  }

  private static func timings(_ timings: Timings, _ writer: inout JSONWriter) {
    func span(_ end: Duration?, from start: Duration?) -> Duration? {
      end.map { max(.zero, $0 - (start ?? .zero)) }
    }
    let ready = timings.tls ?? timings.connected ?? timings.nameLookup
    writer.key("timings")
    writer.beginObject()
    millis("blocked", nil, &writer)
    millis("dns", timings.nameLookup, &writer)
    millis("connect", span(timings.tls ?? timings.connected, from: timings.nameLookup), &writer)
    millis("send", span(timings.written, from: ready) ?? .zero, &writer)
    millis("wait", span(timings.firstByte, from: timings.written ?? ready) ?? .zero, &writer)
    millis("receive", span(timings.lastByte, from: timings.firstByte) ?? .zero, &writer)
    millis("ssl", span(timings.tls, from: timings.connected), &writer)
    writer.endObject()
  }
}
