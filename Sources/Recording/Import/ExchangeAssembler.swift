import JSONRPC
import LosslessJSON
import Session
import Wire

/// Makes exchanges of messages that were captured one after the other, as a live session would have.
struct ExchangeAssembler {
  /// A message of one side.
  struct Message {
    /// Whether the server sent it.
    var isIncoming: Bool
    var bytes: [UInt8]
    /// When, in seconds since 1970; nil if it is not known.
    var at: Double?
    /// How long a reply took, where times are not known.
    var took: Duration?
  }

  private struct Item {
    var kind: Exchange.Kind
    var method: String?
    var ids: [RequestID] = []
    var missing: Set<RequestID> = []
    var awaitsAnything = false
    var request: [UInt8] = []
    var replies: [ReceivedMessage] = []
    var answer: [UInt8]?
    var startedAt: Double?
    var endedAt: Double?
    var took: Duration?
    var ending: Exchange.Ending

    init(_ kind: Exchange.Kind, method: String? = nil, ending: Exchange.Ending) {
      self.kind = kind
      self.method = method
      self.ending = ending
    }

    var isWaiting: Bool { ending == .pending }
  }

  private var items: [Item] = []
  private var waiting: [RequestID: [Int]] = [:]
  /// Requests of the server's that were not answered yet.
  private var asked: [RequestID: Int] = [:]
  private let start = ContinuousClock.now

  mutating func add(_ message: Message) {
    let received = ReceivedMessage(
      kept: Frame(bytes: message.bytes, kind: .message, firstByte: start, lastByte: start))
    if message.isIncoming { receive(received, message) } else { send(received, message) }
  }

  /// The exchanges in the order of their beginnings.
  func exchanges() -> [RecordedExchange] {
    items.enumerated().map { place, item in
      var timings = Timings(start: start)
      if let from = item.startedAt, let to = item.endedAt {
        timings.lastByte = .from(seconds: max(0, to - from))
      }
      if timings.lastByte == nil { timings.lastByte = item.took }
      let offset = timings.lastByte ?? .zero
      let messages = item.replies.map { received in
        ReceivedMessage(
          kept: Frame(
            bytes: received.frame.bytes, kind: .message, firstByte: start + offset,
            lastByte: start + offset))
      }
      let exchange = Exchange(
        number: place + 1, kind: item.kind, startedAt: item.startedAt ?? 0, request: item.request,
        method: item.method, ids: item.ids, messages: messages, timings: timings,
        answer: item.answer, ending: item.ending)
      return RecordedExchange(
        item.kind.isIncoming ? exchange : exchange.checked())
    }
  }

  // MARK: - To the server

  private mutating func send(_ received: ReceivedMessage, _ message: Message) {
    var item: Item
    switch received.message {
    case .response(let response):
      if let id = response.id, let place = asked.removeValue(forKey: id) {
        items[place].answer = message.bytes
        items[place].endedAt = message.at
        return
      }
      item = Item(.raw, ending: .sent)
    case .request(let call):
      item = Item(.call, method: call.method, ending: .pending)
      item.ids = call.id.map { [$0] } ?? []
    case .notification(let call): item = Item(.notification, method: call.method, ending: .sent)
    case .batch(let elements):
      item = Item(.batch, ending: .pending)
      item.ids = elements.compactMap { if case .request(let call) = $0 { call.id } else { nil } }
      if item.ids.isEmpty, !elements.isEmpty { item.ending = .sent }
    case .other, nil:
      item = Item(.raw, ending: .pending)
      item.awaitsAnything = true
    }
    item.request = message.bytes
    item.startedAt = message.at
    item.missing = Set(item.ids)
    for id in item.ids { waiting[id, default: []].append(items.count) }
    items.append(item)
  }

  // MARK: - From the server

  private mutating func receive(_ received: ReceivedMessage, _ message: Message) {
    switch received.message {
    case .request(let call): unasked(received, message, .serverRequest, call)
    case .notification(let call): unasked(received, message, .serverNotification, call)
    case .response(let response):
      give(received, message, to: response.id.flatMap { waiting[$0]?.first } ?? soleWaiting)
    case .batch(let elements):
      var owner: Int?
      for case .response(let response) in elements where owner == nil {
        owner = response.id.flatMap { waiting[$0]?.first }
      }
      give(received, message, to: owner ?? soleWaiting)
    case .other, nil: give(received, message, to: soleWaiting)
    }
  }

  /// Who waits for anything, or the only one that waits.
  private var soleWaiting: Int? {
    let open = items.indices.suffix(1000).filter { items[$0].isWaiting }
    return open.first { items[$0].awaitsAnything } ?? (open.count == 1 ? open[0] : nil)
  }

  private mutating func unasked(
    _ received: ReceivedMessage, _ message: Message, _ kind: Exchange.Kind, _ call: ReceivedCall?
  ) {
    var item = Item(kind, method: call?.method, ending: .received)
    item.replies = [received]
    item.startedAt = message.at
    if let id = call?.id {
      item.ids = [id]
      asked[id] = items.count
    }
    items.append(item)
  }

  private mutating func give(_ received: ReceivedMessage, _ message: Message, to place: Int?) {
    guard let place else { return unasked(received, message, .unmatched, nil) }
    items[place].replies.append(received)
    items[place].endedAt = message.at
    items[place].took = message.took
    var answered: [RequestID] = []
    switch received.message {
    case .response(let response): answered = response.id.map { [$0] } ?? []
    case .batch(let elements):
      answered = elements.compactMap {
        if case .response(let response) = $0 { response.id } else { nil }
      }
    default: break
    }
    for id in answered { items[place].missing.remove(id) }
    let isWhole =
      items[place].missing.isEmpty || items[place].kind != .batch || received.json?.kind == .array
    guard isWhole else { return }
    items[place].ending = .replied
    for id in items[place].ids {
      waiting[id]?.removeAll { $0 == place }
      if waiting[id]?.isEmpty == true { waiting[id] = nil }
    }
  }
}
