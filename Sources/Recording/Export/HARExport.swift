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
    "HTTP archive 1.2 (no messages that the server began, no standard error; findings as comments)"
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

  static func string(_ name: String, _ value: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.string(value)
  }

  static func number(_ name: String, _ value: Int, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.literal(String(value))
  }

  private static func millis(_ name: String, _ micros: Int?, _ writer: inout JSONWriter) {
    writer.key(name)
    // HAR has -1 for what does not apply.
    writer.literal(micros.map { String(Double($0) / 1000) } ?? "-1")
  }

  private static func entry(
    _ exchange: Exchange, _ session: ExportedSession, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    string("startedDateTime", CivilTime(exchange.startedAt).text, &writer)
    let spans = HARTimings(exchange.timings, total: exchange.duration)
    millis("time", spans.total, &writer)
    request(exchange, session, &writer)
    response(exchange, &writer)
    writer.key("cache")
    writer.beginObject()
    writer.endObject()
    timings(spans, &writer)
    if !exchange.findings.isEmpty {
      let words = exchange.findings.map { "\($0.rule): \($0.message)" }
      string("comment", words.joined(separator: "\n"), &writer)
    }
    writer.endObject()
  }

  static func fields(
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

  static func query(_ url: String) -> [HeaderField] {
    guard let mark = url.firstIndex(of: "?") else { return [] }
    return url[url.index(after: mark)...].prefix { $0 != "#" }.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      return HeaderField(
        parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }
  }

  private static func timings(_ spans: HARTimings, _ writer: inout JSONWriter) {
    writer.key("timings")
    writer.beginObject()
    millis("blocked", nil, &writer)
    millis("dns", spans.dns, &writer)
    millis("connect", spans.connect, &writer)
    millis("send", spans.send, &writer)
    millis("wait", spans.wait, &writer)
    millis("receive", spans.receive, &writer)
    millis("ssl", spans.ssl, &writer)
    writer.endObject()
  }
}

/// How long each step took, in microseconds; together they are the whole time.
///
/// Steps that were reached out of order (a reply that came before all was written) count as none.
struct HARTimings {
  private(set) var dns: Int?
  /// With what securing took, which `ssl` tells alone.
  private(set) var connect: Int?
  private(set) var ssl: Int?
  private(set) var send = 0
  private(set) var wait = 0
  private(set) var receive = 0
  /// When the latest step was reached.
  private var now = 0

  init(_ timings: Timings, total: Duration?) {
    dns = timings.nameLookup.map { step($0) }
    if let connected = timings.connected {
      connect = step(connected)
      ssl = timings.tls.map { step($0) }
      connect = connect.map { $0 + (ssl ?? 0) }
    }
    send = timings.written.map { step($0) } ?? 0
    wait = (timings.firstByte ?? total).map { step($0) } ?? 0
    receive = (total ?? timings.lastByte).map { step($0) } ?? 0
  }

  /// The whole time.
  var total: Int { now }

  private mutating func step(_ reached: Duration) -> Int {
    let took = max(0, reached.micros - now)
    now += took
    return took
  }
}
