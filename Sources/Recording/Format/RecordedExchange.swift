import JSONRPC
import LosslessJSON
public import Session
import Wire

/// An exchange as a recording has it.
public struct RecordedExchange: Sendable {
  /// The exchange, put together again; its times count from when it was read.
  public let exchange: Exchange
  /// The bytes that stand for secrets.
  public let masked: [MaskedRange]

  /// An exchange with nothing masked.
  public init(_ exchange: Exchange, masked: [MaskedRange] = []) {
    self.exchange = exchange
    self.masked = masked
  }

  /// Reads the value of a line; nil if it is no exchange.
  init?(_ json: JSON) {
    guard let number = json["n"]?.int,
      let kind = json["kind"]?.string.flatMap(Exchange.Kind.init(word:))
    else { return nil }
    let timings = Self.timings(json["timing"])
    let ids = json["ids"].map { $0.elements.map { RequestID($0) } } ?? []
    let messages = json["messages"].map { $0.elements.map { Self.message($0, timings) } } ?? []
    exchange = Exchange(
      number: number, kind: kind,
      purpose: Self.purpose(json["purpose"]?.string),
      startedAt: json["at"]?.double ?? 0,
      request: json["request"].flatMap(ExactBytes.read) ?? [], method: json["method"]?.string,
      ids: ids, messages: messages, head: json["head"].flatMap(Self.head), timings: timings,
      wire: json["sentHead"].flatMap(Self.sentHead)?.wire,
      stderr: json["stderr"].flatMap(ExactBytes.read) ?? [],
      answer: json["answer"].flatMap(ExactBytes.read), ending: EndingText.read(json["ending"]),
      findings: json["findings"].map { $0.elements.compactMap(FindingText.read) } ?? [])
    masked = json["masked"].map { $0.elements.compactMap(Self.maskedRange) } ?? []
  }

  private static func purpose(_ word: String?) -> Exchange.Purpose {
    switch word {
    case "discovery"?: .discovery
    case "handshake"?: .handshake
    default: .ordinary
    }
  }

  private static func timings(_ json: JSON?) -> Timings {
    func step(_ name: String) -> Duration? {
      json?[name]?.double.map { Duration.from(seconds: $0) }
    }
    var timings = Timings(start: .now)
    timings.nameLookup = step("lookup")
    timings.connected = step("connected")
    timings.tls = step("tls")
    timings.written = step("written")
    timings.firstByte = step("first")
    timings.lastByte = step("last")
    timings.reusedConnection = json?["reused"]?.bool ?? false
    return timings
  }

  private static func message(_ json: JSON, _ timings: Timings) -> ReceivedMessage {
    func time(_ name: String) -> ContinuousClock.Instant {
      timings.start + .from(seconds: json[name]?.double ?? 0)
    }
    let kind: Frame.Kind =
      switch json["kind"]?.string {
      case "body"?: .body
      case "event"?:
        .event(name: json["event"]?.string ?? "", id: json["id"]?.string ?? "")
      default: .message
      }
    return ReceivedMessage(
      kept: Frame(
        bytes: json["bytes"].flatMap(ExactBytes.read) ?? [], kind: kind, firstByte: time("first"),
        lastByte: time("last")))
  }

  private static func head(_ json: JSON) -> ReplyHead? {
    guard let status = json["status"]?.int else { return nil }
    return ReplyHead(
      version: json["version"]?.string ?? "", status: status,
      reason: json["reason"]?.string ?? "", headers: fields(json["headers"]))
  }

  private static func sentHead(_ json: JSON) -> SentHead? {
    guard let line = json["line"]?.string else { return nil }
    return SentHead(line: line, headers: fields(json["headers"]))
  }

  private static func fields(_ json: JSON?) -> [HeaderField] {
    guard let json else { return [] }
    return json.elements.compactMap { field in
      guard let name = field[0]?.string, let value = field[1]?.string else { return nil }
      return HeaderField(name, value)
    }
  }

  private static func maskedRange(_ json: JSON) -> MaskedRange? {
    guard let part = json["part"]?.string, let start = json["start"]?.int,
      let end = json["end"]?.int, start >= 0, start <= end
    else { return nil }
    return MaskedRange(part: part, range: start..<end, name: json["name"]?.string ?? "")
  }
}
