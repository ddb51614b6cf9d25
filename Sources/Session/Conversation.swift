import JSONRPC
import LosslessJSON
import Wire

/// The logic of a session without I/O: events and calls in, effects out.
///
/// It pairs replies with requests, keeps deadlines, and makes exchanges of whatever comes unasked.
/// The two directions have separate tables: a server may use our ids for its own requests.
struct Conversation {
  /// What the owner has to do, in order.
  enum Effect {
    case send(SendID, [UInt8], SendOptions)
    case cancel(SendID)
    case publish(SessionEvent)
  }

  /// A request that has not ended.
  struct Pending {
    var exchange: Exchange
    var sendID: SendID
    let awaits: Outgoing.Awaits
    let expectation: ReplyExpectation
    /// The HTTP method that it was sent with.
    let verb: String
    /// Whether its id can't be told, or not be relied on.
    let isAnonymous: Bool
    var deadline: ContinuousClock.Instant?
    var timeout: Duration
    /// The ids whose replies have not come.
    var missing: Set<RequestID>
    /// How its event stream is taken up again if it breaks off.
    var resumption = Resumption()
    /// What else came while it waited.
    var meanwhile = Meanwhile()
  }

  var dialect: any Dialect
  var traits: ChannelTraits
  var limits = JSONLimits.standard
  /// How strictly replies are judged.
  var checkMode = CheckMode.normal
  /// What becomes of requests from the server.
  var requestPolicy = ServerRequestPolicy.ask
  /// Answers that lie ready, by method.
  var cannedAnswers: [String: Response.Outcome] = [:]

  /// The server's requests that wait for an answer, by the number of their exchange.
  var asked = [Int: Exchange]()
  /// Since when any waits.
  var heldSince: ContinuousClock.Instant?
  /// Answers on their way over HTTP.
  var answering = [SendID: Exchange]()
  /// Whether something is due at a time that the owner does not know of yet.
  var hasNewDeadline = false
  /// The stream that no request opened, if the dialect has one.
  var listening: Listening?

  var pending = [Int: Pending]()
  /// Exchange numbers by the id they wait for, oldest first.
  var numbersByID = [RequestID: [Int]]()
  var numbersBySend = [SendID: Int]()
  var recent = RecentIDs()
  var effects: [Effect] = []
  private var exchangeCount = 0
  private var sendCount: UInt64 = 0

  init(dialect: any Dialect, traits: ChannelTraits) {
    self.dialect = dialect
    self.traits = traits
  }

  /// Hands over the effects so far.
  mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  /// Whether a reply with that id is waited for.
  func isInFlight(_ id: RequestID) -> Bool { numbersByID[id] != nil }

  // MARK: - Requests

  /// Begins an exchange; its number tells when it ends.
  ///
  /// `patience` is how long the deadline is, where the transport itself keeps the timeout.
  mutating func start(
    _ outgoing: Outgoing, purpose: Exchange.Purpose = .ordinary, options: SendOptions,
    timeout: Duration, patience: Duration? = nil, now: ContinuousClock.Instant, wallTime: Double,
    isUnattended: Bool = false
  ) -> Int {
    if outgoing.kind == .raw { settle(byRaw: outgoing.bytes, now: now) }
    let sendID = nextSendID()
    var ids: [RequestID] = []
    let awaits = outgoing.awaits
    if case .replies(let awaited) = awaits { ids = awaited }
    var exchange = Exchange(
      number: nextNumber(), kind: outgoing.kind, purpose: purpose, startedAt: wallTime,
      request: outgoing.bytes, method: outgoing.method, ids: ids, start: now)
    exchange.isUnattended = isUnattended
    let number = exchange.number
    pending[number] = Pending(
      exchange: exchange, sendID: sendID, awaits: awaits, expectation: outgoing.expectation,
      verb: options.verb ?? "POST", isAnonymous: awaits == .anything || outgoing.isBroken,
      deadline: now + (patience ?? timeout),
      timeout: timeout, missing: Set(ids))
    numbersBySend[sendID] = number
    for id in ids { numbersByID[id, default: []].append(number) }
    effects.append(.publish(.sending(exchange)))
    effects.append(.send(sendID, outgoing.bytes, options))
    return number
  }

  /// Gives an exchange up at the user's wish.
  mutating func cancel(_ number: Int, now: ContinuousClock.Instant) {
    guard let item = pending[number] else { return }
    effects.append(.cancel(item.sendID))
    end(number, .cancelled, now: now)
    tellCancelled(item, now: now)
  }

  /// Tells the server that nobody waits any more, where the dialect has words for it.
  private mutating func tellCancelled(_ item: Pending, now: ContinuousClock.Instant) {
    guard item.exchange.purpose != .handshake else { return }
    for id in item.exchange.ids where item.missing.contains(id) {
      guard let request = dialect.cancellation(of: id) else { continue }
      tell(request, now: now)
    }
  }

  /// Sends a notification of the session's own.
  mutating func tell(_ request: Request, now: ContinuousClock.Instant) {
    var options = dialect.decorate(method: request.method, params: request.params)
    options.timeout = .seconds(5)
    _ = start(
      Outgoing(dialect.wrap(request)), purpose: .handshake, options: options, timeout: .seconds(5),
      now: now, wallTime: Client.wallTime(), isUnattended: true)
    hasNewDeadline = true
  }

  /// Ends what is overdue; `unfinished` is a message of the stream that began and stopped.
  mutating func expire(now: ContinuousClock.Instant, unfinished: [UInt8] = []) {
    resumeStreams(now: now)
    let overdue = pending.filter {
      !isHeld($0.value) && $0.value.deadline.map { $0 <= now } ?? false
    }
    for (number, item) in overdue.sorted(by: { $0.key < $1.key }) {
      // A reply that was complete only waited for its stream to end.
      if item.missing.isEmpty, !item.exchange.responses.isEmpty {
        end(number, .replied, now: now)
      } else {
        effects.append(.cancel(item.sendID))
        pending[number]?.explain(unfinished)
        end(number, .timedOut(item.timeout), now: now)
        tellCancelled(item, now: now)
      }
    }
  }

  /// Whether somebody is being asked something that the call may wait for.
  private func isHeld(_ item: Pending) -> Bool {
    !asked.isEmpty && item.exchange.purpose == .ordinary
      && !(item.missing.isEmpty && !item.exchange.responses.isEmpty)
  }

  /// The earliest time at which `expire` has something to do.
  var nextDeadline: ContinuousClock.Instant? {
    let deadlines = pending.values.filter { !isHeld($0) }.compactMap(\.deadline)
    let resumptions = pending.values.compactMap(\.resumption.at)
    return (deadlines + resumptions + [listening?.resumption.at].compactMap { $0 }).min()
  }

  // MARK: - Endings

  mutating func end(_ number: Int, _ ending: Exchange.Ending, now: ContinuousClock.Instant) {
    guard var item = pending.removeValue(forKey: number) else { return }
    numbersBySend[item.sendID] = nil
    for id in item.exchange.ids {
      if let place = numbersByID.index(forKey: id) {
        numbersByID.values[place].removeAll { $0 == number }
        if numbersByID.values[place].isEmpty { numbersByID.remove(at: place) }
      }
      recent.remember(
        id, item.missing.contains(id) ? .givenUp(number, item.exchange.purpose) : .answered(number))
    }
    item.exchange.ending = ending
    if item.exchange.timings.lastByte == nil, ending != .sent {
      item.exchange.timings.lastByte = now - item.exchange.timings.start
    }
    // What the transport found comes first: it is the cause of the rest.
    if traits.kind == .http {
      item.exchange.findings += HTTPFindings.of(item, url: traits.peer, dialect)
    }
    // What has no text, such as the end of a session, has nothing to be judged by.
    let isBare = item.exchange.purpose == .handshake && item.exchange.request.isEmpty
    if !isBare, !HTTPFindings.explainAll(item.exchange) {
      item.exchange.findings += checks.findings(of: item.exchange, item.expectation)
    }
    effects.append(.publish(.ended(item.exchange)))
  }

  /// What replies are held against in this session.
  var checks: Checks { Checks(version: dialect.version, mode: checkMode) }

  mutating func nextNumber() -> Int {
    exchangeCount += 1
    return exchangeCount
  }

  mutating func nextSendID() -> SendID {
    sendCount += 1
    return SendID(sendCount)
  }
}

/// The ids of requests that ended not long ago, to tell late and double replies from unknown ones.
struct RecentIDs {
  enum Fate {
    case answered(Int)
    case givenUp(Int, Exchange.Purpose)
  }

  private static let capacity = 1000
  private var fates: [RequestID: Fate] = [:]
  private var order: [RequestID] = []

  mutating func remember(_ id: RequestID, _ fate: Fate) {
    if fates.updateValue(fate, forKey: id) != nil { return }
    order.append(id)
    if order.count >= Self.capacity * 2 {
      for old in order.prefix(Self.capacity) { fates[old] = nil }
      order.removeFirst(Self.capacity)
    }
  }

  subscript(_ id: RequestID) -> Fate? { fates[id] }
}
