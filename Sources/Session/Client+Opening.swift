import JSONRPC
import LosslessJSON
import Synchronization
import Wire

extension Client {
  /// Has the dialect open the connection, if it wants to and has not yet; connects if need be.
  ///
  /// Every ordinary call does this first. It takes as long as the server takes to answer, at most
  /// some seconds a question, and leaves the dialect as it was agreed on.
  public func open() async {
    guard dialect.needsOpening else { return }
    await openingTask()?.value
  }

  /// Takes up a dialect now, on a connection that already stands; false if the server does not speak
  /// it, and then nothing has changed.
  public func adopt(_ candidate: any Dialect) async -> Bool {
    guard let opened = await candidate.open(HandshakeLine(client: self)) else { return false }
    state.withLock { state in
      state.conversation.dialect = opened
      state.openedGeneration = state.generation
    }
    listen()
    return true
  }

  /// Opens what the dialect has for messages that no request asked for, if they are wanted.
  private func listen() {
    guard settings.listens else { return }
    perform { $0.listen() }
    subscribe()
  }

  /// Asks for the changes that the dialect wants to know of.
  private func subscribe() {
    let dialect = dialect
    guard let request = dialect.subscription(nextID()) else { return }
    var options = dialect.decorate(method: request.method, params: request.params)
    options.timeout = .zero
    let outgoing = Outgoing(dialect.wrap(request))
    perform { [options] in
      _ = $0.start(
        outgoing, purpose: .handshake, options: options, timeout: .zero, patience: Self.forever,
        now: .now, wallTime: Self.wallTime(), isUnattended: true)
    }
  }

  /// Asks for changes again if the stream that brought them broke off, a few times in a row.
  func subscribeAgain(after exchange: Exchange) {
    guard exchange.purpose == .handshake, exchange.kind == .call, traits.correlates else { return }
    switch exchange.ending {
    case .replied where exchange.head?.status == 200 && exchange.response == nil, .failed: break
    default: return
    }
    let (generation, attempt) = state.withLock { state in
      // One that held for a while starts the count anew.
      if exchange.duration ?? .zero > .seconds(60) { state.resubscriptions = 0 }
      state.resubscriptions += 1
      return (state.generation, state.resubscriptions)
    }
    guard attempt <= 5 else { return }
    Task { [weak self] in
      try? await Task.sleep(for: .seconds(1 << attempt))
      guard let self, isConnected, state.withLock({ $0.generation == generation }) else { return }
      subscribe()
    }
  }

  /// Longer than any session lasts.
  private static let forever = Duration.seconds(1 << 32)

  /// Greets a server that forgot the session, unless that was done since the dialect was so.
  func greetAnew(after forgotten: any Dialect) async {
    let isFirst = state.withLock { state in
      guard state.openedGeneration == state.generation,
        forgotten.isSame(as: state.conversation.dialect)
      else { return false }
      // The opening that is begun now is the only one.
      state.openedGeneration = 0
      state.outbox.append(.effect(.publish(.remark(.sessionForgotten)), nil))
      return true
    }
    if isFirst { deliver() }
    await open()
  }

  /// What the dialect says before the connection is closed, if it had opened it.
  func sayGoodbye(_ grace: Duration) async {
    let (dialect, isOpen) = state.withLock {
      ($0.conversation.dialect, $0.openedGeneration == $0.generation)
    }
    guard isOpen else { return }
    perform { $0.stopListening() }
    if let farewell = dialect.farewell, isConnected {
      let options = CallOptions(timeout: min(grace, .seconds(1)), purpose: .handshake)
      _ = await finish(start(Outgoing(raw: []), options, farewell))
    }
    let options = CallOptions(timeout: grace, purpose: .handshake)
    for request in dialect.closing where isConnected {
      _ = await send(Outgoing(request), options: options)
    }
  }

  /// The opening of the present connection, begun by whoever asks first.
  private func openingTask() -> Task<Void, Never>? {
    connect()
    return state.withLock { state in
      if state.channel != nil, state.openedGeneration == state.generation { return state.opening }
      state.openedGeneration = state.generation
      let dialect = state.conversation.dialect
      let task = Task { [weak self] in
        guard let self else { return }
        guard let opened = await dialect.open(HandshakeLine(client: self)) else { return }
        self.dialect = opened
        listen()
      }
      state.opening = task
      return task
    }
  }
}

/// Calls outside the order of ordinary ones, which wait for these.
private struct HandshakeLine: OpeningLine {
  /// How long an answer is waited for: interpreters behind a server may take seconds to start.
  static let patience = Duration.seconds(15)

  let client: Client
  var traits: ChannelTraits { client.traits }

  func ask(_ method: String, _ params: JSON?, headers: [HeaderField]) async -> Exchange {
    let id = client.nextID()
    let options = CallOptions(
      id: id, timeout: Self.patience, headers: headers, purpose: .handshake)
    guard let request = try? Request(method, params: params, id: id) else {
      preconditionFailure("a handshake's request is always well-formed")
    }
    return await client.send(Outgoing(request), options: options)
  }

  func tell(_ method: String, _ params: JSON?, headers: [HeaderField]) async {
    let options = CallOptions(timeout: Self.patience, headers: headers, purpose: .handshake)
    guard let request = try? Request.notification(method, params: params) else { return }
    _ = await client.send(Outgoing(request), options: options)
  }
}
