import JSONRPC
import LosslessJSON
import Wire

@testable import Session

/// A conversation driven by hand: sends and events in, what came of them out.
struct Dialogue {
  var conversation: Conversation
  var now = ContinuousClock.now
  private(set) var ended: [Exchange] = []
  private(set) var asked: [Exchange] = []
  private(set) var remarks: [SessionRemark] = []
  private(set) var options: [SendOptions] = []
  private(set) var sent: [String] = []
  private(set) var sendIDs: [SendID] = []
  private(set) var cancelled: [SendID] = []
  private(set) var disconnects = 0

  init(_ kind: ChannelTraits.Kind = .tcp, dialect: any Dialect = PlainDialect()) {
    let isHTTP = kind == .http
    conversation = Conversation(
      dialect: dialect,
      traits: ChannelTraits(
        kind: kind, correlates: isHTTP, takesHeaders: isHTTP, framing: isHTTP ? "HTTP" : "values",
        peer: "test"))
  }

  @discardableResult
  mutating func send(_ text: String, timeout: Duration = .seconds(30)) -> Int {
    send(bytes: Array(text.utf8), timeout: timeout)
  }

  @discardableResult
  mutating func send(bytes: [UInt8], timeout: Duration = .seconds(30)) -> Int {
    let number = conversation.start(
      Outgoing(raw: bytes), options: SendOptions(), timeout: timeout, now: now,
      wallTime: 0)
    collect()
    return number
  }

  mutating func call(_ id: Int, timeout: Duration = .seconds(30)) throws -> Int {
    let number = conversation.start(
      Outgoing(try Request("m", id: RequestID(id))), options: SendOptions(), timeout: timeout,
      now: now, wallTime: 0)
    collect()
    return number
  }

  mutating func get(_ text: String, for send: SendID? = nil, event: Bool = false) {
    get(bytes: Array(text.utf8), for: send, event: event)
  }

  mutating func get(bytes: [UInt8], for send: SendID? = nil, event: Bool = false) {
    let frame = Frame(
      bytes: bytes, kind: event ? .event(name: "message", id: "") : .message,
      firstByte: now, lastByte: now + .milliseconds(1))
    take(.frame(send, frame))
  }

  mutating func take(_ event: ChannelEvent) {
    conversation.receive(event, now: now, wallTime: 0)
    collect()
  }

  mutating func finish(_ send: SendID, error: WireError? = nil) {
    take(.finished(send, SendOutcome(timings: Timings(start: now), error: error)))
  }

  mutating func pass(_ time: Duration, unfinished: String = "") {
    now += time
    conversation.expire(now: now, unfinished: Array(unfinished.utf8))
    collect()
  }

  mutating func cancel(_ number: Int) {
    conversation.cancel(number, now: now)
    collect()
  }

  @discardableResult
  mutating func answer(_ number: Int, _ outcome: Response.Outcome) -> Bool {
    defer { collect() }
    return conversation.answer(number, outcome, now: now)
  }

  mutating func listen() {
    conversation.listen()
    collect()
  }

  private mutating func collect() {
    for effect in conversation.takeEffects() {
      switch effect {
      case .send(let id, let bytes, let options):
        self.options.append(options)
        sendIDs.append(id)
        sent.append(String(decoding: bytes, as: UTF8.self))
      case .cancel(let id): cancelled.append(id)
      case .publish(.ended(let exchange)): ended.append(exchange)
      case .publish(.asked(let exchange)): asked.append(exchange)
      case .publish(.remark(let remark)): remarks.append(remark)
      case .publish(.disconnected): disconnects += 1
      case .publish: break
      }
    }
  }

  /// What ended, as `number ending rules`.
  var story: [String] {
    ended.map { exchange in
      let ending =
        switch exchange.ending {
        case .pending: "pending"
        case .replied: "replied"
        case .sent: "sent"
        case .received: "\(exchange.kind)"
        case .timedOut: "timed out"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
      return (["\(exchange.number)", ending] + exchange.findings.map(\.rule))
        .joined(separator: " ")
    }
  }
}
