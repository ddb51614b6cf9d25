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
    return true
  }

  /// What the dialect says before the connection is closed, if it had opened it.
  func sayGoodbye(_ grace: Duration) async {
    let (dialect, isOpen) = state.withLock {
      ($0.conversation.dialect, $0.openedGeneration == $0.generation)
    }
    guard isOpen else { return }
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
        if let opened = await dialect.open(HandshakeLine(client: self)) { self.dialect = opened }
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
