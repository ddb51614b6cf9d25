public import LosslessJSON
import Synchronization

/// The other end of a connection, as the methods that it calls see it. A host makes one for each.
public final class Peer: Sendable {
  /// What is to be written to the connection.
  public enum Output: Sendable, Equatable {
    /// A message, which needs its framing.
    case message([UInt8])
    /// Bytes to be written exactly so, without framing.
    case raw([UInt8])
    /// The connection is to end at once, after everything before this is written.
    case hangUp
  }

  /// Why a call to the peer came to nothing.
  public enum Failure: Error, Sendable, Hashable {
    /// No answer came in time.
    case timedOut
    /// The connection ended.
    case closed
    /// The transport has no way to send requests to its clients.
    case unreachable
  }

  /// Someone who can't be reached but by answers. Each is one of its own, so that callers who share
  /// nothing can't take each other's calls back.
  public static var unreachable: Peer { Peer(name: "unreachable") }

  /// What the host calls the other end, for logs.
  public let name: String
  /// How it is connected, and what it told the transport.
  public let transport: Transport
  private let output: (@Sendable (Output) -> Void)?
  private let state = Mutex(State())

  private struct State {
    var isClosed = false
    var ids = IDGenerator()
    /// Our requests that wait for an answer.
    var asked: [RequestID: CheckedContinuation<Response, any Error>] = [:]
    /// Our requests that nobody waits for any more; their answers are dropped when they come.
    var lapsed: Set<RequestID> = []
    /// The peer's calls that are running, notifications (without an id) too.
    var running: [Int: (id: RequestID?, cancel: @Sendable () -> Void)] = [:]
    var nextRun = 0
    var background: [String: (run: Int, task: Task<Void, Never>)] = [:]
  }

  /// A peer to which `output` writes. It must not block, and must keep the order.
  public convenience init(
    name: String, transport: Transport = Transport(), output: @escaping @Sendable (Output) -> Void
  ) {
    self.init(name: name, transport: transport, output: .some(output))
  }

  /// Someone who can't be reached but by answers, such as the sender of an HTTP request.
  public convenience init(name: String, transport: Transport = Transport()) {
    self.init(name: name, transport: transport, output: nil)
  }

  private init(name: String, transport: Transport, output: (@Sendable (Output) -> Void)?) {
    self.name = name
    self.transport = transport
    self.output = output
  }

  /// Whether notifications and requests can be sent.
  public var isReachable: Bool { output != nil && !state.withLock(\.isClosed) }

  /// Writes to the connection; nothing happens if there is no way to.
  public func write(_ output: Output) { self.output?(output) }

  /// Sends a notification.
  public func notify(_ method: String, _ params: JSON? = nil) {
    guard let message = try? Request.notification(method, params: params) else { return }
    write(.message(message.bytes))
  }

  /// Sends a request and waits for its answer. Ids are counted from 1, apart from the peer's own.
  public func call(
    _ method: String, _ params: JSON? = nil, timeout: Duration
  ) async throws -> Response {
    guard isReachable else { throw Failure.unreachable }
    let id = state.withLock { $0.ids.next() }
    let request = try Request(method, params: params, id: id)
    let clock = Task { [self] in
      try? await Task.sleep(for: timeout)
      if !Task.isCancelled { settle(id, .failure(Failure.timedOut)) }
    }
    defer { clock.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isClosed = state.withLock { state in
          if !state.isClosed { state.asked[id] = continuation }
          return state.isClosed
        }
        if isClosed { return continuation.resume(throwing: Failure.closed) }
        if Task.isCancelled { return settle(id, .failure(CancellationError())) }
        write(.message(request.bytes))
      }
    } onCancel: {
      settle(id, .failure(CancellationError()))
    }
  }

  private func settle(_ id: RequestID, _ result: Result<Response, any Error>) {
    let waiting = state.withLock { state in
      let waiting = state.asked.removeValue(forKey: id)
      if waiting != nil, case .failure = result, state.lapsed.count < 1_000 {
        state.lapsed.insert(id)
      }
      return waiting
    }
    waiting?.resume(with: result)
  }

  /// Takes an answer to one of our requests. False if this is none.
  func accept(_ json: JSON) -> Bool {
    guard json["method"] == nil, let response = Response(received: json), let id = response.id
    else { return false }
    let isLapsed = state.withLock { $0.lapsed.remove(id) != nil }
    let isAsked = state.withLock { $0.asked[id] != nil }
    settle(id, .success(response))
    return isAsked || isLapsed
  }

  // MARK: - What runs for the peer

  /// Notes a call that began. Gives the number under which it ends.
  func began(_ id: RequestID?, cancel: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.nextRun += 1
      state.running[state.nextRun] = (id, cancel)
      return state.nextRun
    }
  }

  func ended(_ run: Int) { state.withLock { _ = $0.running.removeValue(forKey: run) } }

  /// Takes one of the peer's running calls back. False if none of that id is running.
  @discardableResult
  public func cancel(_ id: RequestID) -> Bool {
    let found = state.withLock { $0.running.values.filter { $0.id == id } }
    for run in found { run.cancel() }
    return !found.isEmpty
  }

  /// Takes all of the peer's running calls back.
  public func cancelAll() {
    for run in state.withLock({ Array($0.running.values) }) { run.cancel() }
  }

  /// Runs something for this peer until it ends, is stopped by its name or the connection ends.
  /// One of the same name is stopped first. Nothing starts for a peer that can't be reached.
  public func start(_ name: String, _ body: @escaping @Sendable () async -> Void) {
    guard output != nil else { return }
    let previous = state.withLock { state -> Task<Void, Never>? in
      if state.isClosed { return nil }
      state.nextRun += 1
      let run = state.nextRun
      let task = Task { [weak self] in
        await body()
        self?.ended(name, run)
      }
      return state.background.updateValue((run, task), forKey: name)?.task
    }
    previous?.cancel()
  }

  private func ended(_ name: String, _ run: Int) {
    state.withLock { if $0.background[name]?.run == run { $0.background[name] = nil } }
  }

  /// Stops what was started under a name. False if nothing of that name runs.
  @discardableResult
  public func stop(_ name: String) -> Bool {
    let stopped = state.withLock { $0.background.removeValue(forKey: name) }
    stopped?.task.cancel()
    return stopped != nil
  }

  /// Says that no more will come from the peer: what waits for its answers fails, what runs in the
  /// background stops. Calls that are running go on.
  public func close() {
    let (asked, background) = state.withLock { state in
      defer {
        state.isClosed = true
        state.asked = [:]
        state.background = [:]
      }
      return (state.asked.values.map { $0 }, state.background.values.map { $0 })
    }
    for continuation in asked { continuation.resume(throwing: Failure.closed) }
    for run in background { run.task.cancel() }
  }
}
