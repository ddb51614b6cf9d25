import Synchronization

/// Stops reading while too many calls run or too much output waits for a slow reader.
final class FlowControl: Sendable {
  private struct State {
    var calls = 0
    var bytes = 0
    var isPaused = false
  }

  private let state = Mutex(State())
  private let maxCalls: Int
  private let maxBytes: Int
  private let input: WakePipe

  init(maxCalls: Int, maxBytes: Int, input: WakePipe) {
    self.maxCalls = maxCalls
    self.maxBytes = maxBytes
    self.input = input
  }

  /// Whether to stop reading; whoever makes room then wakes the reader.
  func shouldPause() -> Bool {
    state.withLock { state in
      state.isPaused = isFull(state)
      return state.isPaused
    }
  }

  /// Whether four times as much output waits as should.
  var isOverflowing: Bool { state.withLock { $0.bytes / 4 >= maxBytes } }

  func callStarted() { change { $0.calls += 1 } }
  func callEnded() { change { $0.calls -= 1 } }
  func queued(_ bytes: Int) { change { $0.bytes += bytes } }
  func written(_ bytes: Int) { change { $0.bytes -= bytes } }

  private func isFull(_ state: State) -> Bool { state.calls >= maxCalls || state.bytes >= maxBytes }

  private func change(_ body: (inout State) -> Void) {
    let isFreed = state.withLock { state in
      body(&state)
      guard state.isPaused, !isFull(state) else { return false }
      state.isPaused = false
      return true
    }
    if isFreed { input.wake() }
  }
}
