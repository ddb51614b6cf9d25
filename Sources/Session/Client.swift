public import JSONRPC
public import LosslessJSON
import Synchronization
public import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One live conversation with a server.
///
/// It connects on the first need and again after a loss, pairs replies with requests, and tells
/// observers everything in order. All methods may be called from any thread.
///
/// Observers are called one event at a time, before the call that an event ends returns, on
/// whatever thread the event arose: they may print, and they may call the client.
public final class Client: Sendable {
  /// Makes a new channel to the same target, as often as one is lost.
  public typealias ChannelMaker = @Sendable () throws(WireError) -> any Channel

  /// What holds for every call unless it says otherwise.
  public struct Settings: Sendable {
    /// The longest to wait for a reply.
    public var timeout: Duration
    /// How large and deep a reply may be.
    public var limits: JSONLimits
    /// The ids that requests get.
    public var ids: IDGenerator.Style
    /// How strictly replies are judged.
    public var checks: CheckMode
    /// What becomes of requests from the server.
    public var requests: ServerRequestPolicy
    /// What the server's requests are answered with, by method, before anything else is considered.
    public var answers: [String: Response.Outcome]
    /// Whether calls are timed here too where the transport does it, as HTTP's does: a guard against
    /// one that fails to.
    public var guardsTransport = true
    /// Whether the server may send messages that no request of ours asked for, where that takes a
    /// stream of its own.
    public var listens: Bool

    /// Thirty seconds, standard limits, decimal ids, checks as usual, nothing listened for; requests
    /// that the dialect can't answer wait for `Client.answer`.
    public init(
      timeout: Duration = .seconds(30), limits: JSONLimits = .standard,
      ids: IDGenerator.Style = .decimal(), checks: CheckMode = .normal,
      requests: ServerRequestPolicy = .ask, answers: [String: Response.Outcome] = [:],
      listens: Bool = false
    ) {
      self.requests = requests
      self.answers = answers
      self.listens = listens
      self.timeout = timeout
      self.limits = limits
      self.ids = ids
      self.checks = checks
    }
  }

  let makeChannel: ChannelMaker
  let observer: @Sendable (SessionEvent) -> Void
  /// What the channel can do; it does not change with a reconnection.
  public let traits: ChannelTraits
  let state: Mutex<State>

  /// What waits to be done outside the lock, in order.
  enum Delivery {
    case effect(Conversation.Effect, (any Channel)?)
    case open(any Channel, ChannelSink)
    case resumeClose(CheckedContinuation<Void, Never>)
    case arm(ContinuousClock.Instant)
  }

  struct State {
    var conversation: Conversation
    var settings: Settings
    var ids: IDGenerator
    var channel: (any Channel)?
    /// Why no channel could be made.
    var failure = WireError.closed(.asked)
    /// A channel made for its traits and not yet opened.
    var spare: (any Channel)?
    var generation = 0
    /// The connection whose opening by the dialect was begun last, and that opening.
    var openedGeneration = 0
    var opening: Task<Void, Never>?
    var waiters = [Int: UnsafeContinuation<Exchange, Never>]()
    var closers: [CheckedContinuation<Void, Never>] = []
    /// Exchanges that ended before anybody could wait for them.
    var early = [Int: Exchange]()
    var log = ExchangeLog()
    var outbox: [Delivery] = []
    var isDelivering = false
    var armed: ContinuousClock.Instant?
    /// How often in a row a subscription was asked for again.
    var resubscriptions = 0
    /// Whether the last reply came within a moment.
    var isSwift = false
  }

  /// A session with the target that the maker makes channels to; throws if it can't make one.
  public init(
    dialect: any Dialect = PlainDialect(), settings: Settings = Settings(),
    makeChannel: @escaping ChannelMaker,
    observer: @escaping @Sendable (SessionEvent) -> Void = { _ in }
  ) throws(WireError) {
    let first = try makeChannel()
    self.makeChannel = makeChannel
    self.observer = observer
    traits = first.traits
    var conversation = Conversation(dialect: dialect, traits: first.traits)
    conversation.take(settings)
    state = Mutex(
      State(
        conversation: conversation, settings: settings, ids: IDGenerator(settings.ids),
        spare: first))
  }

  // MARK: - Settings

  /// What holds for every call. Setting it restarts the id generator if its style changed.
  public var settings: Settings {
    get { state.withLock { $0.settings } }
    set {
      state.withLock {
        if newValue.ids != $0.settings.ids { $0.ids = IDGenerator(newValue.ids) }
        $0.settings = newValue
        $0.conversation.take(newValue)
      }
    }
  }

  /// How the server is spoken to.
  public var dialect: any Dialect {
    get { state.withLock { $0.conversation.dialect } }
    set { state.withLock { $0.conversation.dialect = newValue } }
  }

  /// The exchanges so far.
  public var log: ExchangeLog { state.withLock { $0.log } }

  /// Whether a channel is open or being opened.
  public var isConnected: Bool { state.withLock { $0.channel != nil } }

  /// An id that is not in flight.
  public func nextID() -> RequestID {
    state.withLock {
      var id = $0.ids.next()
      while $0.conversation.isInFlight(id) { id = $0.ids.next() }
      return id
    }
  }

  // MARK: - Calls

  /// Calls a method and waits for the reply, in the dialect's version.
  public func call(
    _ method: String, params: JSON? = nil, options: CallOptions = CallOptions()
  ) async throws(MessageError) -> Exchange {
    let dialect = await ready(for: options)
    let request = try Request(
      method, params: params, id: options.id ?? nextID(), version: dialect.version)
    return await sendAgainIfForgotten(Outgoing(request), options, dialect)
  }

  /// Sends a notification; over HTTP waits until the server took it.
  public func notify(
    _ method: String, params: JSON? = nil, options: CallOptions = CallOptions()
  ) async throws(MessageError) -> Exchange {
    let dialect = await ready(for: options)
    let request = try Request.notification(method, params: params, version: dialect.version)
    return await send(Outgoing(request), options, dialect)
  }

  /// Sends a message and waits for what it awaits.
  public func send(_ outgoing: Outgoing, options: CallOptions = CallOptions()) async -> Exchange {
    await sendAgainIfForgotten(outgoing, options, await ready(for: options))
  }

  /// Sends, and once more if the server has forgotten the session: it is greeted anew then.
  private func sendAgainIfForgotten(
    _ outgoing: Outgoing, _ options: CallOptions, _ dialect: any Dialect
  ) async -> Exchange {
    let exchange = await send(outgoing, options, dialect)
    guard options.purpose != .handshake, dialect.isForgotten(by: exchange) else { return exchange }
    await greetAnew(after: dialect)
    // What was typed as it stands is sent once, as it stands.
    guard let request = outgoing.request,
      let again = try? Request(
        request.method, params: request.params, id: nextID(), version: request.version)
    else { return exchange }
    return await send(Outgoing(again), options, self.dialect)
  }

  /// The dialect, once it has opened the connection.
  private func ready(for options: CallOptions) async -> any Dialect {
    let dialect = dialect
    guard dialect.needsOpening, options.purpose != .handshake else { return dialect }
    await open()
    return self.dialect
  }

  func send(
    _ outgoing: Outgoing, _ options: CallOptions, _ dialect: any Dialect
  ) async -> Exchange {
    var outgoing = outgoing
    var sendOptions = SendOptions()
    let traits = traits
    if options.purpose != .handshake {
      if let request = outgoing.request { outgoing = Outgoing(dialect.wrap(request)) }
      sendOptions = dialect.decorate(method: outgoing.method, params: outgoing.request?.params)
      // A dialect that never got to open the connection may take it for another kind.
      if !traits.takesHeaders { sendOptions.headers = [] }
    }
    sendOptions.headers += options.headers
    sendOptions.framed = options.isFramed
    sendOptions.verb = options.verb ?? sendOptions.verb
    sendOptions.path = options.path
    // Values from files and raw words may bring newlines, which would cut the message there.
    if traits.framing == "lines" { outgoing = outgoing.onOneLine() }
    return await finish(start(outgoing, options, sendOptions))
  }

  /// Waits for the end of an exchange that was begun.
  func finish(_ number: Int) async -> Exchange {
    if let exchange = linger(for: number) { return exchange }
    return await withTaskCancellationHandler {
      // Unsafe saves a tenth of a short call. Each is in `waiters` or gets its exchange here, and
      // leaves `waiters` with its ending.
      await withUnsafeContinuation { continuation in
        let early = state.withLock { state -> Exchange? in
          if let ended = state.early.removeValue(forKey: number) { return ended }
          state.waiters[number] = continuation
          return nil
        }
        if let early { continuation.resume(returning: early) }
      }
    } onCancel: {
      perform { $0.cancel(number, now: .now) }
    }
  }

  /// Waits a moment without going to sleep, if the last reply came that soon.
  ///
  /// Of a call to a server on the same machine, falling asleep and being woken is the larger part.
  private func linger(for number: Int) -> Exchange? {
    guard state.withLock({ $0.isSwift }) else { return nil }
    let end = ContinuousClock.now + Self.moment
    while ContinuousClock.now < end {
      sched_yield()
      let ended = state.withLockIfAvailable { $0.early.removeValue(forKey: number) }
      if let exchange = ended ?? nil { return exchange }
    }
    return nil
  }

  /// How long a reply is waited for awake.
  static let moment = Duration.microseconds(150)

  func start(
    _ outgoing: Outgoing, _ call: CallOptions, _ options: SendOptions
  ) -> Int {
    let now = ContinuousClock.now
    let (number, deadline) = state.withLock { state -> (Int, ContinuousClock.Instant?) in
      // In one step with the request: a connection that fails at once then fails the request.
      openChannel(&state)
      let timeout = call.timeout ?? state.settings.timeout
      var options = options
      var patience = timeout
      var isTimed = true
      if state.conversation.traits.correlates {
        // The transport keeps the time and tells what it measured; ours only guards against it.
        options.timeout = options.timeout ?? timeout
        // A stream on which the server may ask something first is ours to time.
        patience = options.timeout == .zero ? timeout : timeout + .seconds(2)
        isTimed = options.timeout == .zero || state.settings.guardsTransport
      }
      let number = state.conversation.start(
        outgoing, purpose: call.purpose, options: options, timeout: timeout, patience: patience,
        now: now,
        wallTime: Self.wallTime())
      collect(&state)
      return (number, isTimed ? now + patience : nil)
    }
    deliver()
    if let deadline { arm(deadline) }
    return number
  }

  static func wallTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Gives up every request that waits, probes apart.
  public func cancelAll() {
    perform { conversation in
      let own = conversation.pending.values.filter { $0.exchange.purpose == .ordinary }
      for number in own.map(\.exchange.number).sorted() { conversation.cancel(number, now: .now) }
    }
  }

  // MARK: - Connection

  /// Connects if there is no connection; the outcome comes to the observer.
  public func connect() {
    state.withLock { openChannel(&$0) }
    deliver()
  }

  /// Sees to it that there is a channel, if one can be made.
  private func openChannel(_ state: inout State) {
    guard state.channel == nil else { return }
    let again = state.generation > 0
    state.generation += 1
    let generation = state.generation
    let channel: any Channel
    do throws(WireError) {
      if let spare = state.spare.take() { channel = spare } else { channel = try makeChannel() }
    } catch {
      // What waits for a channel is told so, and so is whoever watches.
      state.failure = error
      state.outbox.append(.effect(.publish(.disconnected(.failed(error))), nil))
      return
    }
    state.channel = channel
    state.outbox.append(
      .effect(.publish(.connecting(peer: channel.traits.peer, again: again)), nil))
    state.outbox.append(
      .open(channel) { [weak self] event in self?.receive(event, generation) })
  }

  /// Ends the connection and waits until it is down; a later call connects anew.
  public func close(grace: Duration = .seconds(2)) async {
    guard state.withLock({ $0.channel != nil }) else { return }
    await sayGoodbye(grace)
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      // Not the one from before the farewell, which another call may have replaced.
      let channel = state.withLock { state in
        if state.channel != nil { state.closers.append(continuation) }
        return state.channel
      }
      if let channel { channel.close(grace: grace) } else { continuation.resume() }
    }
  }

  /// Whether something is lost if the program ends without `close`: a farewell, that of TLS included,
  /// or the rest of a stream or a child.
  public var needsClosing: Bool {
    let isOpened = state.withLock { $0.openedGeneration == $0.generation }
    return isOpened || traits.kind != .http || traits.peer.hasPrefix("https:")
  }

  private func receive(_ event: ChannelEvent, _ generation: Int) {
    let now = ContinuousClock.now
    state.withLock { state in
      guard state.generation == generation else { return }
      state.conversation.receive(event, now: now, wallTime: Self.wallTime())
      collect(&state)
      if case .closed = event {
        state.channel = nil
        state.outbox += state.closers.map { .resumeClose($0) }
        state.closers = []
      }
    }
    deliver()
  }
}
