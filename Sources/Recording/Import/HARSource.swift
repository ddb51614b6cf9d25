import LosslessJSON
import Session
import Wire

/// HTTP archives (HAR 1.1 and 1.2), as browsers and proxies save them.
public enum HARSource: RecordingSource {
  /// What it is called.
  public static var name: String { "HAR" }

  /// Whether it is an object whose member `log` is an object.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let head = start.prefix(400).filter { $0 > 0x20 && $0 < 0x7F }
    let text = String(decoding: head, as: UTF8.self)
    return text.hasPrefix("{\"log\":{")
  }

  /// Reads the entries that are JSON-RPC.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let json: JSON
    do throws(JSONReadError) { json = try JSON(reading: Array(bytes[start...])) } catch {
      throw .malformed(path: path, line: error.position.line, message: error.description)
    }
    guard let entries = json["log"]?["entries"], entries.kind == .array else {
      throw .malformed(path: path, line: 1, message: "log.entries is no array")
    }
    var exchanges: [RecordedExchange] = []
    var others = 0
    for entry in entries.elements {
      guard let trip = trip(entry), trip.isCall else {
        others += 1
        continue
      }
      exchanges.append(trip.exchange(exchanges.count + 1))
    }
    let first = entries[0]
    let creator = json["log"]?["creator"]
    let program = [creator?["name"]?.string, creator?["version"]?.string]
      .compactMap { $0 }.joined(separator: " ")
    let header = RecordingHeader(
      program: program.isEmpty ? name : program,
      startedAt: exchanges.first?.exchange.startedAt ?? 0,
      target: first?["request"]?["url"]?.string ?? "", transport: "http", framing: "HTTP")
    return ImportedSession(
      source: name, header: header, exchanges: exchanges,
      notes: others > 0 ? ["entries that are no JSON-RPC and left out: \(others)"] : [])
  }

  private static func trip(_ entry: JSON) -> HTTPRoundTrip? {
    guard let request = entry["request"] else { return nil }
    var trip = HTTPRoundTrip()
    trip.startedAt = entry["startedDateTime"]?.string.flatMap(CivilTime.parse) ?? 0
    trip.request = Array((request["postData"]?["text"]?.string ?? "").utf8)
    let method = request["method"]?.string ?? "POST"
    let version = request["httpVersion"]?.string ?? "HTTP/1.1"
    trip.sent = SentHead(
      line: "\(method) \(pathOf(request["url"]?.string ?? "/")) \(version)",
      headers: fields(request["headers"]))
    if let took = entry["time"]?.double { trip.lastByte = .from(seconds: took / 1000) }
    let wait = ["blocked", "dns", "connect", "send", "wait"]
      .compactMap { entry["timings"]?[$0]?.double }.filter { $0 > 0 }
    if !wait.isEmpty { trip.firstByte = .from(seconds: wait.reduce(0, +) / 1000) }
    guard let response = entry["response"], let status = response["status"]?.int, status > 0 else {
      trip.failure = .closed(.byPeer)
      return trip
    }
    trip.head = ReplyHead(
      version: response["httpVersion"]?.string ?? "HTTP/1.1", status: status,
      reason: response["statusText"]?.string ?? "", headers: fields(response["headers"]))
    if let text = response["content"]?["text"]?.string {
      let isCoded = response["content"]?["encoding"]?.string?.lowercased() == "base64"
      trip.reply = isCoded ? Base64.decode(text.utf8) ?? Array(text.utf8) : Array(text.utf8)
    }
    return trip
  }

  private static func fields(_ json: JSON?) -> [HeaderField] {
    guard let json else { return [] }
    return json.elements.compactMap { field in
      guard let name = field["name"]?.string else { return nil }
      return HeaderField(name, field["value"]?.string ?? "")
    }
  }

  /// The path and query of a URL.
  private static func pathOf(_ url: String) -> String {
    guard let slashes = url.split(separator: "://", maxSplits: 1).dropFirst().first,
      let slash = slashes.firstIndex(of: "/")
    else { return "/" }
    return String(slashes[slash...].prefix { $0 != "#" })
  }
}
