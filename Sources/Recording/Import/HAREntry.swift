import LosslessJSON
import Session
import Wire

/// An entry of an archive as the request and reply that it is.
enum HAREntry {
  /// The request and its reply; nil if there is no request.
  static func trip(_ entry: JSON) -> HTTPRoundTrip? {
    guard let request = entry["request"] else { return nil }
    var trip = HTTPRoundTrip()
    trip.startedAt = entry["startedDateTime"]?.string.flatMap(CivilTime.parse) ?? 0
    trip.request = posted(request["postData"])
    let method = request["method"]?.string ?? "POST"
    let version = version(request["httpVersion"])
    trip.sent = SentHead(
      line: "\(method) \(pathOf(request["url"]?.string ?? "/")) \(version)",
      headers: fields(request["headers"]))
    time(entry, &trip)
    let response = entry["response"]
    let ending = (response?["_error"] ?? entry["_error"])?.string
    guard let response, let status = response["status"]?.int, status > 0 else {
      // Our own exports say it as recordings do.
      let own = ending.flatMap { try? JSON(reading: $0) }.map { EndingText.read($0) }
      trip.ending = own ?? .failed(ending.map { .curl(code: 0, message: $0) } ?? .closed(.byPeer))
      trip.reply = own == nil ? nil : body(response?["content"])
      return trip
    }
    trip.head = ReplyHead(
      version: self.version(response["httpVersion"]), status: status,
      reason: response["statusText"]?.string ?? "", headers: fields(response["headers"]))
    trip.reply = body(response["content"])
    return trip
  }

  private static func time(_ entry: JSON, _ trip: inout HTTPRoundTrip) {
    if let took = entry["time"]?.double, took >= 0 { trip.lastByte = .from(seconds: took / 1000) }
    let wait = ["blocked", "dns", "connect", "send", "wait"]
      .compactMap { entry["timings"]?[$0]?.double }.filter { $0 > 0 }
    if !wait.isEmpty {
      let first = Duration.from(seconds: wait.reduce(0, +) / 1000)
      trip.firstByte = trip.lastByte.map { min($0, first) } ?? first
    }
  }

  /// The body of a request: as text, as Base64 where it is none, or as the fields of a form that it was
  /// taken for.
  private static func posted(_ data: JSON?) -> [UInt8] {
    if let coded = data?["_base64"]?.string, let bytes = Base64.decode(coded.utf8) { return bytes }
    let text = data?["text"]?.string ?? ""
    if (data?["encoding"] ?? data?["_encoding"])?.string?.lowercased() == "base64",
      let bytes = Base64.decode(text.utf8)
    {
      return bytes
    }
    if text.isEmpty, let params = data?["params"], params.count == 1, let only = params[0] {
      // curl's -d without a header: a browser's tool takes `{"a":1}` for the name of a field.
      let value = only["value"]?.string ?? ""
      return Array(((only["name"]?.string ?? "") + (value.isEmpty ? "" : "=" + value)).utf8)
    }
    return Array(text.utf8)
  }

  private static func body(_ content: JSON?) -> [UInt8]? {
    guard let text = content?["text"]?.string else { return nil }
    let isCoded = content?["encoding"]?.string?.lowercased() == "base64"
    return isCoded ? Base64.decode(text.utf8) ?? Array(text.utf8) : Array(text.utf8)
  }

  /// `h2`, `http/2.0` and the like as a status line has it.
  private static func version(_ json: JSON?) -> String {
    switch json?.string?.lowercased() {
    case "h2", "http/2", "http/2.0": "HTTP/2"
    case "h3", "http/3", "http/3.0": "HTTP/3"
    case "http/1.0": "HTTP/1.0"
    default: "HTTP/1.1"
    }
  }

  private static func fields(_ json: JSON?) -> [HeaderField] {
    guard let json else { return [] }
    return json.elements.compactMap { field in
      guard let name = field["name"]?.string, !name.hasPrefix(":") else { return nil }
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
