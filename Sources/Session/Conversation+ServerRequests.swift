import JSONRPC
import LosslessJSON
import Wire

/// Requests from the server: answered at once, or kept until somebody answers.
extension Conversation {
  /// Goes by those settings from now on.
  mutating func take(_ settings: Client.Settings) {
    limits = settings.limits
    checkMode = settings.checks
    requestPolicy = settings.requests
    cannedAnswers = settings.answers
  }

  /// What is answered without asking anybody, and who answers; nil if somebody has to be asked.
  func readyAnswer(to call: ReceivedCall) -> (outcome: Response.Outcome, by: Answerer)? {
    if let canned = cannedAnswers[call.method] { return (canned, .canned) }
    let isAllowed = requestPolicy != .refuse || dialect.keepAlives.contains(call.method)
    if isAllowed, let response = dialect.answer(call) { return (response.outcome, .dialect) }
    if requestPolicy == .ask { return nil }
    return (dialect.refusal(of: call), .refusal)
  }

  /// Takes a request that came: answers it, or lets it wait.
  mutating func take(_ call: ReceivedCall, _ exchange: Exchange, now: ContinuousClock.Instant) {
    var exchange = exchange
    exchange.method = call.method
    exchange.ids = call.id.map { [$0] } ?? []
    guard let id = call.id, let ready = readyAnswer(to: call) else {
      if asked.isEmpty { heldSince = now }
      exchange.isUnattended = true
      asked[exchange.number] = exchange
      effects.append(.publish(.asked(exchange)))
      return
    }
    exchange.answeredBy = ready.by
    let response = Response(ready.outcome, id: id, version: dialect.version)
    answer(exchange, Array(response.json.bytes))
  }

  /// Answers a request that waits; false if it waits no longer.
  mutating func answer(
    _ number: Int, _ outcome: Response.Outcome, now: ContinuousClock.Instant
  ) -> Bool {
    guard var exchange = asked.removeValue(forKey: number), let id = exchange.ids.first else {
      return false
    }
    release(now)
    exchange.answeredBy = .user
    let response = Response(outcome, id: id, version: dialect.version)
    answer(exchange, Array(response.json.bytes))
    return true
  }

  /// Sends an answer. Over HTTP the exchange ends when the server has taken it.
  private mutating func answer(_ exchange: Exchange, _ bytes: [UInt8]) {
    var exchange = exchange
    exchange.answer = bytes
    let sendID = nextSendID()
    var options = dialect.decorate(method: nil, params: nil)
    if traits.correlates {
      options.timeout = Self.answerTimeout
      answering[sendID] = exchange
    } else {
      effects.append(.publish(.ended(exchange)))
    }
    effects.append(.send(sendID, bytes, options))
  }

  private static let answerTimeout = Duration.seconds(30)

  /// Notes that the server took an answer, or did not.
  mutating func finishAnswer(_ sendID: SendID) {
    guard let exchange = answering.removeValue(forKey: sendID) else { return }
    effects.append(.publish(.ended(exchange)))
    if let status = exchange.head?.status, status >= 400 {
      effects.append(.publish(.remark(.answerNotTaken(exchange.number, status: status))))
    }
  }

  /// Takes what was typed for the answer to a request that waits, if it is one.
  mutating func settle(byRaw bytes: [UInt8], now: ContinuousClock.Instant) {
    guard !asked.isEmpty, let json = try? JSON(reading: bytes), json["method"] == nil,
      let id = Response(received: json)?.id,
      let number = asked.values.filter({ $0.ids == [id] }).map(\.number).min()
    else { return }
    close(asked: number, now) { exchange in
      exchange.answer = bytes
      exchange.answeredBy = .user
    }
  }

  /// Takes back what the server no longer wants to know.
  mutating func withdraw(_ id: RequestID, now: ContinuousClock.Instant) {
    for number in asked.values.filter({ $0.ids == [id] }).map(\.number).sorted() {
      close(asked: number, now) { $0.ending = .cancelled }
    }
  }

  /// Ends all that wait, since the connection is gone.
  mutating func closeAsked(now: ContinuousClock.Instant) {
    for number in asked.keys.sorted() { close(asked: number, now) { $0.ending = .cancelled } }
    for (_, exchange) in answering.sorted(by: { $0.key.number < $1.key.number }) {
      effects.append(.publish(.ended(exchange)))
    }
    answering = [:]
  }

  private mutating func close(
    asked number: Int, _ now: ContinuousClock.Instant, _ change: (inout Exchange) -> Void
  ) {
    guard var exchange = asked.removeValue(forKey: number) else { return }
    change(&exchange)
    release(now)
    effects.append(.publish(.ended(exchange)))
  }

  /// A call may wait for the very answer that somebody thinks about: its time stands still meanwhile.
  private mutating func release(_ now: ContinuousClock.Instant) {
    guard asked.isEmpty, let since = heldSince else { return }
    heldSince = nil
    for number in pending.keys where pending[number]?.exchange.purpose == .ordinary {
      guard let item = pending[number], let deadline = item.deadline else { continue }
      let start = max(since, item.exchange.timings.start)
      pending[number]?.deadline = deadline + (now - start)
    }
  }
}
