import Synchronization

/// Something that comes to pass once, and that others may wait for, each for a while.
final class Milestone: Sendable {
  private struct State {
    var isReached = false
    var next = 0
    var waiters = [Int: CheckedContinuation<Void, Never>]()
    /// Waits that were over before they had begun.
    var expired: Set<Int> = []
  }

  private let state = Mutex(State())

  /// Whether it came to pass.
  var isReached: Bool { state.withLock { $0.isReached } }

  /// Says that it came to pass.
  func reach() {
    release { state in
      state.isReached = true
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
  }

  /// Waits until it comes to pass, but no longer than that, and no longer than until Ctrl-C.
  func wait(atMost limit: Duration, _ interruption: Interruption) async {
    if isReached { return }
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    let timer = Task {
      try? await Task.sleep(for: limit)
      if !Task.isCancelled { expire(number) }
    }
    await interruption.during({ [self] in expire(number) }) {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.isReached || state.expired.remove(number) != nil { return true }
          state.waiters[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    }
    timer.cancel()
  }

  private func expire(_ number: Int) {
    release { state in
      if let waiter = state.waiters.removeValue(forKey: number) { return [waiter] }
      state.expired.insert(number)
      return []
    }
  }

  private func release(
    _ change: (inout State) -> [CheckedContinuation<Void, Never>]
  ) {
    for waiter in state.withLock({ change(&$0) }) { waiter.resume() }
  }
}
