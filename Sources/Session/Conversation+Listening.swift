import JSONRPC
import LosslessJSON
import Wire

/// Event streams that outlive a request: the listening one, and those that broke off.
extension Conversation {
  /// How a broken event stream is taken up again.
  struct Resumption {
    /// So often in a row, without an event in between.
    static let limit = 5

    /// The id of the last event that had one.
    var lastEventID = ""
    /// How often it was tried since the last event.
    var attempts = 0
    /// How long the server wants to be left in peace.
    var pause = Duration.seconds(1)
    /// When it is tried next.
    var at: ContinuousClock.Instant?

    /// Plans the next attempt; false if there were enough.
    mutating func plan(_ outcome: SendOutcome, now: ContinuousClock.Instant) -> Bool {
      if let retry = outcome.retry { pause = .milliseconds(min(max(retry, 10), 30_000)) }
      guard attempts < Self.limit else { return false }
      let wait = min(pause * (1 << attempts), max(pause, .seconds(30)))
      attempts += 1
      at = now + wait
      return true
    }
  }

  /// The stream that no request opened.
  struct Listening {
    var sendID: SendID?
    var head: ReplyHead?
    var resumption = Resumption()
    /// Whether the server ever opened it.
    var hasOpened = false
  }

  /// Opens the listening stream, if the dialect has one.
  mutating func listen() {
    guard traits.correlates, let options = dialect.listening(after: "") else { return }
    if let sendID = listening?.sendID { effects.append(.cancel(sendID)) }
    listening = Listening()
    openListening(options)
  }

  /// Ends the listening stream.
  mutating func stopListening() {
    if let sendID = listening?.sendID { effects.append(.cancel(sendID)) }
    listening = nil
  }

  private mutating func openListening(_ options: SendOptions) {
    let sendID = nextSendID()
    listening?.sendID = sendID
    listening?.head = nil
    effects.append(.send(sendID, [], options))
  }

  /// Notes an event's id; false if the event holds nothing but that.
  mutating func note(eventID id: String, of sendID: SendID, _ frame: Frame) -> Bool {
    if let number = numbersBySend[sendID] {
      if !id.isEmpty { pending[number]?.resumption.lastEventID = id }
      pending[number]?.resumption.attempts = 0
    } else if listening?.sendID == sendID {
      if !id.isEmpty { listening?.resumption.lastEventID = id }
      listening?.resumption.attempts = 0
    }
    return !frame.bytes.isEmpty
  }

  /// The listening stream ended: it is opened again, unless the server has none.
  mutating func finishListening(_ outcome: SendOutcome, now: ContinuousClock.Instant) {
    guard var stream = listening else { return }
    stream.sendID = nil
    let status = stream.head?.status
    if let status, !(200..<300).contains(status), status != 503 {
      // 405 says that there is none; what else is said ends it as well.
      listening = nil
      return
    }
    stream.hasOpened = stream.hasOpened || status == 200
    if stream.resumption.plan(outcome, now: now) {
      hasNewDeadline = true
      listening = stream
    } else {
      listening = nil
      if stream.hasOpened { effects.append(.publish(.remark(.listeningGivenUp))) }
    }
  }

  /// Whether a request's event stream broke off before the reply and will be taken up again.
  mutating func willResume(
    _ sendID: SendID, _ outcome: SendOutcome, now: ContinuousClock.Instant
  ) -> Bool {
    guard let number = numbersBySend[sendID], var item = pending[number], !item.missing.isEmpty,
      !item.resumption.lastEventID.isEmpty, item.exchange.head?.status == 200,
      outcome.error != .cancelled, dialect.listening(after: item.resumption.lastEventID) != nil,
      item.resumption.plan(outcome, now: now)
    else { return false }
    numbersBySend[sendID] = nil
    item.sendID = nextSendID()
    numbersBySend[item.sendID] = number
    hasNewDeadline = true
    pending[number] = item
    return true
  }

  /// Takes up the streams whose time has come.
  mutating func resumeStreams(now: ContinuousClock.Instant) {
    for (number, item) in pending.sorted(by: { $0.key < $1.key }) {
      guard let at = item.resumption.at, at <= now else { continue }
      pending[number]?.resumption.at = nil
      if let options = dialect.listening(after: item.resumption.lastEventID) {
        effects.append(.send(item.sendID, [], options))
      }
    }
    if let at = listening?.resumption.at, at <= now {
      listening?.resumption.at = nil
      let last = listening?.resumption.lastEventID ?? ""
      if let options = dialect.listening(after: last) { openListening(options) }
    }
  }
}
