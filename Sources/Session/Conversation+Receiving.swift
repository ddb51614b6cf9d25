import JSONRPC
import LosslessJSON
public import Wire

extension Conversation {
  /// Takes an event of the channel.
  mutating func receive(_ event: ChannelEvent, now: ContinuousClock.Instant, wallTime: Double) {
    let clock = Clock(now: now, wall: wallTime)
    switch event {
    case .opened(let opening): effects.append(.publish(.connected(opening)))
    case .head(let sendID, let head): take(head, sendID)
    case .frame(let sendID?, let frame): receiveCorrelated(sendID, frame, clock)
    case .frame(nil, let frame): receiveStreamed(frame, clock)
    case .finished(let sendID, let outcome): finish(sendID, outcome, clock)
    case .diagnostic(let diagnostic): attach(diagnostic)
    case .closed(let reason): close(reason, clock)
    }
  }

  struct Clock {
    let now: ContinuousClock.Instant
    let wall: Double
  }

  private mutating func take(_ head: ReplyHead, _ sendID: SendID) {
    if let number = numbersBySend[sendID], pending[number] != nil {
      pending[number]!.exchange.head = head
    } else if answering[sendID] != nil {
      answering[sendID]!.head = head
    } else if listening?.sendID == sendID {
      listening?.head = head
    }
  }

  private mutating func attach(_ diagnostic: Diagnostic) {
    for number in pending.keys { pending[number]?.meanwhile.note(diagnostic) }
    let attended = pending.filter { !$0.value.exchange.isUnattended }
    if attended.count == 1, !diagnostic.isBlank, let number = attended.keys.first {
      let text: WritableKeyPath<Exchange, [UInt8]> =
        diagnostic.source == .stderr ? \.stderr : \.stray
      let room = 65536 - (pending[number]?.exchange[keyPath: text].count ?? 0)
      pending[number]?.exchange[keyPath: text] += (diagnostic.bytes + [0x0A]).prefix(max(0, room))
    }
    effects.append(.publish(.diagnostic(diagnostic)))
  }

  // MARK: - HTTP: a frame belongs to its send

  private mutating func receiveCorrelated(_ sendID: SendID, _ frame: Frame, _ clock: Clock) {
    if case .event(_, let id) = frame.kind, !note(eventID: id, of: sendID, frame) { return }
    if answering[sendID] != nil {
      // A refusal in words; that nothing is said is the rule.
      answering[sendID]?.messages.append(ReceivedMessage(frame, limits: limits))
      return
    }
    let received = ReceivedMessage(frame, limits: limits)
    guard let number = numbersBySend[sendID], pending[number] != nil else {
      // A stream that goes on after its reply, or a listening one.
      receiveUnasked(received, clock)
      return
    }
    // What a subscription brings is an exchange of its own; it would only pile up here.
    let isNews = pending[number]?.exchange.isUnattended == true && received.isUnasked
    if !isNews { pending[number]?.take(received) }
    if case .event = frame.kind {
      switch received.message {
      case .request, .notification: receiveUnasked(received, clock)
      default: break
      }
      // The stream may stay open after the reply: give it a moment to end by itself.
      pending[number]?.endSoonIfWhole(clock.now)
    }
  }

  private mutating func finish(_ sendID: SendID, _ outcome: SendOutcome, _ clock: Clock) {
    if answering[sendID] != nil { return finishAnswer(sendID) }
    if listening?.sendID == sendID { return finishListening(outcome, now: clock.now) }
    if willResume(sendID, outcome, now: clock.now) { return }
    guard let number = numbersBySend[sendID],
      let ending = pending[number]?.finish(outcome, correlates: traits.correlates)
    else { return }
    end(number, ending, now: clock.now)
  }

  private mutating func close(_ reason: CloseReason, _ clock: Clock) {
    closeAsked(now: clock.now)
    listening = nil
    // Replies of a stream in flight can't come any more.
    for number in pending.keys.sorted() {
      end(number, .failed(reason.error), now: clock.now)
    }
    effects.append(.publish(.disconnected(reason)))
  }

  // MARK: - Streams: a frame belongs where its id says

  private mutating func receiveStreamed(_ frame: Frame, _ clock: Clock) {
    let received = ReceivedMessage(frame, limits: limits)
    switch received.message {
    case .response(let response):
      if let number = owner(of: response, isBroken: received.isBroken) {
        give(received, to: number, clock)
      } else {
        receiveUnasked(received, clock)
      }
    case .batch(let elements): receiveBatch(received, elements, clock)
    case .request(let call):
      if let number = echoed(call, received) {
        give(received, to: number, clock)
      } else {
        receiveUnasked(received, clock)
      }
    case .notification: receiveUnasked(received, clock)
    case .other, nil:
      // What can't be read answers whoever waits alone, unless it came before that was asked.
      if let number = soleReader,
        frame.lastByte >= pending[number]?.exchange.timings.start ?? frame.lastByte
      {
        give(received, to: number, clock)
      } else {
        receiveUnasked(received, clock)
      }
    }
  }

  /// The exchange whose request came back byte for byte. A server's own request is spelt its own way.
  private func echoed(_ call: ReceivedCall, _ received: ReceivedMessage) -> Int? {
    guard let id = call.id, let number = numbersByID[id]?.first,
      let sent = pending[number]?.exchange.request
    else { return nil }
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let came = received.frame.bytes.drop { blanks.contains($0) }
    let isSame = came.starts(with: sent) && came.dropFirst(sent.count).allSatisfy(blanks.contains)
    return isSame ? number : nil
  }

  /// The exchange that a streamed reply belongs to.
  private func owner(of response: Response, isBroken: Bool) -> Int? {
    if let id = response.id, let number = numbersByID[id]?.first { return number }
    let isNameless = response.id == nil || response.id == .null
    if isNameless { return soleReader }
    if let id = response.id, recent[id] != nil { return nil }
    // In a broken text the id may be broken, too.
    return anonymous ?? (isBroken ? soleReader : lookAlike(response.id))
  }

  /// The oldest exchange whose awaited id can't be told.
  private var anonymous: Int? {
    pending.filter { $0.value.isAnonymous }.keys.min()
  }

  /// Who gets a message without a readable id: the oldest anonymous exchange, or the only one that
  /// waits for anything at all.
  private var soleReader: Int? {
    if let anonymous { return anonymous }
    let waiting = pending.filter { $0.value.awaits != .nothing && !$0.value.exchange.isUnattended }
    return waiting.count == 1 ? waiting.keys.first : nil
  }

  /// The only waiting call, if its id differs from this one in kind or spelling only.
  private func lookAlike(_ id: RequestID?) -> Int? {
    guard let id, let number = soleReader, let awaited = pending[number]?.missing,
      awaited.count == 1, let expected = awaited.first
    else { return nil }
    return id.resembles(expected) ? number : nil
  }

  private mutating func receiveBatch(
    _ received: ReceivedMessage, _ elements: [Message], _ clock: Clock
  ) {
    var numbers: Set<Int> = []
    for case .response(let response) in elements {
      if let id = response.id, let number = numbersByID[id]?.first { numbers.insert(number) }
    }
    if numbers.isEmpty, let number = soleReader { numbers.insert(number) }
    for number in numbers.sorted() { give(received, to: number, clock) }
    if numbers.isEmpty { receiveUnasked(received, clock) }
  }

  /// Adds a message to an exchange and ends it if nothing more is missing.
  private mutating func give(_ received: ReceivedMessage, to number: Int, _ clock: Clock) {
    pending[number]?.take(received)
    if pending[number]?.isWhole(after: received) == true { end(number, .replied, now: clock.now) }
  }

  // MARK: - Unasked messages

  private mutating func receiveUnasked(_ received: ReceivedMessage, _ clock: Clock) {
    let kind: Exchange.Kind =
      switch received.message {
      case .request: .serverRequest
      case .notification: .serverNotification
      default: .unmatched
      }
    var exchange = Exchange(
      number: nextNumber(), kind: kind, purpose: purpose(of: received), startedAt: clock.wall,
      start: received.frame.firstByte)
    exchange.messages = [received]
    exchange.timings.firstByte = .zero
    exchange.timings.lastByte = received.frame.lastByte - received.frame.firstByte
    exchange.ending = .received
    noteMeanwhile(received)
    exchange.findings = received.frame.findings
    exchange.findings += checks.findings(ofUnasked: received, recent: recent)
    switch received.message {
    case .request(let call): return take(call, exchange, now: clock.now)
    case .notification(let call):
      exchange.method = call.method
      effects.append(.publish(.ended(exchange)))
      take(call, clock.now)
    default: effects.append(.publish(.ended(exchange)))
    }
  }

  /// Remembers for those that wait what came that is not their reply.
  private mutating func noteMeanwhile(_ received: ReceivedMessage) {
    var isAnswered = false
    if case .request(let call) = received.message {
      isAnswered = readyAnswer(to: call).map { $0.by != .refusal } ?? false
    }
    for (number, item) in pending where item.awaits != .nothing {
      pending[number]?.meanwhile.note(received, item.exchange.ids, isAnswered: isAnswered)
    }
  }

  /// Does what a notification asks for: takes a question back, or gives a call that goes on more time.
  private mutating func take(_ call: ReceivedCall, _ now: ContinuousClock.Instant) {
    if let id = dialect.withdrawn(by: call) { withdraw(id, now: now) }
    if let id = dialect.progressing(by: call), let number = numbersByID[id]?.first {
      pending[number]?.extend(now)
    }
  }

  /// A late answer to a probe is the probe's doing.
  private func purpose(of received: ReceivedMessage) -> Exchange.Purpose {
    guard case .response(let response) = received.message, let id = response.id,
      case .givenUp(_, let purpose) = recent[id]
    else { return .ordinary }
    return purpose
  }
}

extension Conversation.Pending {
  // These change the item where it is: a copy of it costs more than the change.

  /// Takes a message that belongs to it.
  fileprivate mutating func take(_ received: ReceivedMessage) {
    exchange.messages.append(received)
    // How it was framed explains what follows, so that stands first.
    exchange.findings += received.frame.findings
    noteTimes(received.frame)
    switch received.message {
    case .response(let response): if let id = response.id { missing.remove(id) }
    case .batch(let elements):
      for case .response(let response) in elements {
        if let id = response.id { missing.remove(id) }
      }
    default: break
    }
  }

  /// Says what came instead of the reply that is given up, and what of it is unfinished.
  mutating func explain(_ unfinished: [UInt8]) {
    if let finding = UnfinishedMessage.finding(unfinished) { exchange.findings.append(finding) }
    if let finding = meanwhile.finding { exchange.findings.append(finding) }
  }

  /// Whether nothing more is missing, now that this message came.
  fileprivate func isWhole(after received: ReceivedMessage) -> Bool {
    missing.isEmpty || exchange.kind != .batch || received.isArray || received.isNameless
      || received.responses.isEmpty
  }

  /// Notes the end of its send; gives the exchange's ending if that is over too.
  fileprivate mutating func finish(
    _ outcome: SendOutcome, correlates: Bool
  ) -> Exchange.Ending? {
    if correlates {
      exchange.timings = outcome.timings
      exchange.wire = outcome.wire
    } else {
      exchange.timings.written = outcome.timings.written
    }
    switch outcome.error {
    case .cancelled?: return .cancelled
    case .timedOut(let after)?: return .timedOut(after)
    case let error?: return .failed(error)
    case nil: break
    }
    if correlates, !exchange.messages.isEmpty || awaits != .nothing { return .replied }
    return awaits == .nothing ? .sent : nil
  }

  /// Lets a call that tells of its progress take longer, within bounds.
  fileprivate mutating func extend(_ now: ContinuousClock.Instant) {
    guard let deadline, !missing.isEmpty else { return }
    let last = exchange.timings.start + timeout * 10
    self.deadline = max(deadline, min(now + timeout, last))
  }

  fileprivate mutating func endSoonIfWhole(_ now: ContinuousClock.Instant) {
    guard missing.isEmpty, !exchange.ids.isEmpty else { return }
    deadline = min(deadline ?? now, now + .milliseconds(150))
  }

  /// Notes when the reply's first and last bytes came, as the transport does not know whose they are.
  fileprivate mutating func noteTimes(_ frame: Frame) {
    let start = exchange.timings.start
    if exchange.timings.firstByte == nil { exchange.timings.firstByte = frame.firstByte - start }
    exchange.timings.lastByte = frame.lastByte - start
  }
}

extension CloseReason {
  /// The reason as the error of a send that it ended.
  public var error: WireError {
    switch self {
    case .asked: .closed(.asked)
    case .byPeer: .closed(.byPeer)
    case .exited(let status, _): .closed(.exited(status))
    case .signalled(let signal, _): .closed(.signalled(signal))
    case .failed(let error): error
    }
  }
}
