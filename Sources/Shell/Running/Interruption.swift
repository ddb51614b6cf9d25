import Synchronization
import Terminal

/// What Ctrl-C does while something runs.
final class Interruption: Sendable {
  private struct State {
    var handlers: [Int: @Sendable () -> Void] = [:]
    var next = 0
    var count = 0
  }

  private let state = Mutex(State())

  /// How often it was asked to stop so far.
  var count: Int { state.withLock { $0.count } }

  /// Does what stands for Ctrl-C now.
  func fire() {
    let handlers = state.withLock { state in
      state.count += 1
      return Array(state.handlers.values)
    }
    for handler in handlers { handler() }
  }

  /// While the body runs, Ctrl-C calls the handler.
  func during<Value>(
    _ handler: @escaping @Sendable () -> Void, _ body: () async -> Value
  ) async -> Value {
    let number = state.withLock { state in
      state.next += 1
      state.handlers[state.next] = handler
      return state.next
    }
    let subscription = Signals.shared.onInterrupt { [self] in fire() }
    let value = await body()
    subscription.cancel()
    state.withLock { $0.handlers[number] = nil }
    return value
  }
}
