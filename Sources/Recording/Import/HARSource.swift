import LosslessJSON
import Session
import Wire

/// HTTP archives (HAR 1.1 and 1.2), as browsers and proxies save them, with the WebSocket messages that
/// Chrome and mitmproxy put into theirs.
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
    var reader = Reader()
    for entry in entries.elements { reader.take(entry) }
    let creator = json["log"]?["creator"]
    let program = [creator?["name"]?.string, creator?["version"]?.string]
      .compactMap { $0 }.joined(separator: " ")
    return reader.session(program: program.isEmpty ? name : program)
  }

  private struct Reader {
    private var found: [RecordedExchange] = []
    private var urls: [String] = []
    private var others = 0
    private var sockets = 0
    private var isCutOff = false

    mutating func take(_ entry: JSON) {
      let url = entry["request"]?["url"]?.string ?? ""
      if let messages = entry["_webSocketMessages"] {
        let exchanges = HARWebSocket.exchanges(messages)
        if exchanges.isEmpty { others += 1 } else { sockets += 1 }
        return add(exchanges, url)
      }
      guard let trip = HAREntry.trip(entry), trip.isCall else {
        others += 1
        return
      }
      if trip.reply == nil, entry["response"]?["content"]?["size"]?.int ?? 0 > 0 {
        isCutOff = true
      }
      add([trip.exchange(found.count + 1)], url)
    }

    private mutating func add(_ exchanges: [RecordedExchange], _ url: String) {
      if exchanges.isEmpty { return }
      found += exchanges
      if !urls.contains(url) { urls.append(url) }
    }

    func session(program: String) -> ImportedSession {
      // Archives are sorted by beginning, but for the messages of sockets.
      let sorted =
        sockets == 0
        ? found : found.sorted { $0.exchange.startedAt < $1.exchange.startedAt }
      let target = HARAddress.target(urls.first ?? "")
      let isHTTP = ["http", "ws"].contains(where: target.hasPrefix)
      return ImportedSession(
        source: name,
        header: RecordingHeader(
          program: program, startedAt: sorted.first?.exchange.startedAt ?? 0, target: target,
          transport: isHTTP ? "http" : "", framing: isHTTP ? "HTTP" : ""),
        exchanges: sorted.enumerated().map { $1.renumbered($0 + 1) }, notes: notes)
    }

    private var notes: [String] {
      var notes: [String] = []
      if others > 0 { notes.append("entries that are no JSON-RPC and left out: \(others)") }
      if urls.count > 1 {
        notes.append("it speaks to \(urls.count) addresses; the target is the first of them")
      }
      if sockets > 0 {
        notes.append("WebSocket connections of which each message is read: \(sockets)")
      }
      if isCutOff {
        notes.append("some replies have a size but no text: the archive left them out")
      }
      return notes
    }
  }
}

/// The messages of a WebSocket connection in an archive.
enum HARWebSocket {
  /// The exchanges, by time; none if the messages are no JSON-RPC.
  static func exchanges(_ messages: JSON) -> [RecordedExchange] {
    var assembler = ExchangeAssembler()
    var isRPC = false
    for message in messages.elements {
      guard let type = message["type"]?.string, let data = message["data"]?.string else { continue }
      let isBinary = message["opcode"]?.int == 2
      let bytes = isBinary ? Base64.decode(data.utf8) ?? Array(data.utf8) : Array(data.utf8)
      isRPC = isRPC || HTTPRoundTrip.isMessage(bytes)
      assembler.add(
        ExchangeAssembler.Message(
          isIncoming: type == "receive", bytes: bytes, at: message["time"]?.double))
    }
    return isRPC ? assembler.exchanges() : []
  }
}
