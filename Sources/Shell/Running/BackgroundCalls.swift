import Synchronization

/// The calls that run while lines are read: those that ended with `&`.
final class BackgroundCalls: Sendable {
  /// One call that waits for its reply.
  struct Call: Sendable {
    let number: Int
    /// The line that began it.
    let line: String
    let start: ContinuousClock.Instant
    fileprivate var task: Task<ExitStatus, Never>?
  }

  private struct State {
    var next = 1
    var calls: [Call] = []
    var isGivenUp = false
  }

  private let state = Mutex(State())

  /// Those that still run, oldest first.
  var running: [Call] { state.withLock { $0.calls } }

  /// Whether what comes of them is no longer wanted.
  var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

  /// Notes a call; gives its number.
  func begin(_ line: String) -> Int {
    state.withLock { state in
      defer { state.next += 1 }
      state.calls.append(Call(number: state.next, line: line, start: .now))
      return state.next
    }
  }

  /// Says which task runs it, unless that has ended already.
  func attach(_ number: Int, _ task: Task<ExitStatus, Never>) {
    state.withLock { state in
      guard let place = state.calls.firstIndex(where: { $0.number == number }) else { return }
      state.calls[place].task = task
    }
  }

  /// Says that it ended.
  func end(_ number: Int) {
    state.withLock { state in state.calls.removeAll { $0.number == number } }
  }

  /// Cancels those that run; how many.
  @discardableResult
  func cancel() -> Int {
    let running = running
    for call in running { call.task?.cancel() }
    return running.count
  }

  /// Cancels all and shows nothing more of them.
  func giveUp() -> Int {
    state.withLock { $0.isGivenUp = true }
    return cancel()
  }

  /// Waits for all that run; the weightiest of what came of them.
  func wait() async -> ExitStatus {
    var status = ExitStatus.ok
    for call in running {
      if let task = call.task { status = status.combined(with: await task.value) }
    }
    return status
  }
}
