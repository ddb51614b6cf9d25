import Synchronization

/// The connections of one host that are open.
final class ConnectionTable: Sendable {
  /// How a connection is to end.
  enum Stop: Sendable {
    /// Once what runs is answered.
    case finish
    /// The same, but what runs is taken back.
    case takeBack
    /// At once.
    case close
  }

  private struct State {
    var connections: [Int: @Sendable (Stop) -> Void] = [:]
    var next = 0
    var lastStop: Stop?
    var whenEmpty: [AsyncStream<Void>.Continuation] = []
  }

  private let state = Mutex(State())
  private let maxCount: Int

  init(maxCount: Int) { self.maxCount = maxCount }

  var count: Int { state.withLock { $0.connections.count } }

  /// Notes a connection and how to end it; nil if there are too many or none is wanted any more.
  func add(_ stop: @escaping @Sendable (Stop) -> Void) -> Int? {
    state.withLock { state in
      guard state.connections.count < maxCount, state.lastStop == nil else { return nil }
      state.next += 1
      state.connections[state.next] = stop
      return state.next
    }
  }

  func remove(_ number: Int) {
    let waiting = state.withLock { state -> [AsyncStream<Void>.Continuation] in
      state.connections[number] = nil
      guard state.connections.isEmpty else { return [] }
      defer { state.whenEmpty = [] }
      return state.whenEmpty
    }
    for continuation in waiting { continuation.finish() }
  }

  /// Tells all connections to end, and waits until they have or time is up. True if all have.
  func stop(_ stop: Stop, within limit: Duration) async -> Bool {
    let (empty, continuation) = AsyncStream.makeStream(of: Void.self)
    let all = state.withLock { state in
      state.lastStop = stop
      if state.connections.isEmpty {
        continuation.finish()
      } else {
        state.whenEmpty.append(continuation)
      }
      return Array(state.connections.values)
    }
    for connection in all { connection(stop) }
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in empty {}
        return !Task.isCancelled
      }
      group.addTask {
        try? await Task.sleep(for: limit)
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }
}
