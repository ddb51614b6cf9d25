import JSONRPC
import LosslessJSON
import Session
import Wire

/// A request over HTTP with its reply, as other programs log them.
struct HTTPRoundTrip {
  var startedAt = 0.0
  var sent: SentHead?
  var request: [UInt8] = []
  var head: ReplyHead?
  /// The reply's body, content coding undone; nil if none came.
  var reply: [UInt8]?
  /// How long until the head, and until the end.
  var firstByte: Duration?
  var lastByte: Duration?
  /// How it ended; nil to tell from the rest.
  var ending: Exchange.Ending?

  /// Whether the body is worth being taken for JSON-RPC.
  var isCall: Bool { Self.isMessage(request) }

  /// Whether a text is worth being taken for JSON-RPC.
  static func isMessage(_ request: [UInt8]) -> Bool {
    guard let json = try? JSON(reading: request) else {
      return !request.isEmpty && (request.first == 0x7B || request.first == 0x5B)
    }
    if case .other = JSONRPC.Message(json) { return false }
    return json.kind == .object || json.kind == .array
  }

  /// The exchange that it is.
  func exchange(_ number: Int) -> RecordedExchange {
    let outgoing = Outgoing(raw: request)
    var (kind, ids) = (outgoing.kind, [RequestID]())
    if case .replies(let awaited) = outgoing.awaits { ids = awaited }
    if kind == .raw, let json = try? JSON(reading: request) {
      switch JSONRPC.Message(json) {
      case .request: kind = .call
      case .notification: kind = .notification
      default: break
      }
    }
    var timings = Timings(start: .now)
    timings.firstByte = firstByte
    timings.lastByte = lastByte
    let messages = frames(timings).map { ReceivedMessage(kept: $0) }
    var ending = Exchange.Ending.replied
    if let told = self.ending {
      ending = told
    } else if head == nil, reply == nil {
      ending = .pending
    } else if messages.isEmpty, kind == .notification {
      ending = .sent
    }
    let exchange = Exchange(
      number: number, kind: kind, startedAt: startedAt, request: request, method: outgoing.method,
      ids: ids, messages: messages, head: head, timings: timings, wire: sent?.wire, ending: ending)
    return RecordedExchange(exchange.checked())
  }

  private func frames(_ timings: Timings) -> [Frame] {
    guard let reply, !reply.isEmpty else { return [] }
    let first = timings.start + (firstByte ?? lastByte ?? .zero)
    let last = timings.start + (lastByte ?? .zero)
    guard head?.header("Content-Type")?.lowercased().hasPrefix("text/event-stream") == true else {
      return [Frame(bytes: reply, kind: .body, firstByte: first, lastByte: last)]
    }
    var parser = EventStreamParser()
    let events =
      reply.withUnsafeBytes { parser.feed($0, at: last) }
      + [parser.finish(at: last)].compactMap { $0 }
    return events.map { event in
      Frame(
        bytes: event.data, kind: .event(name: event.name, id: event.id), firstByte: first,
        lastByte: last)
    }
  }
}

/// Lines of a text.
enum LineSplit {
  /// The lines, without their LF or CRLF.
  static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      $0.last == 0x0D ? $0.dropLast() : $0
    }
  }

  /// A line without blanks at both ends.
  static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let first = line.first, first <= 0x20 { line.removeFirst() }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    return line
  }
}
