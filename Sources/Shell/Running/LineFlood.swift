import Synchronization

/// Keeps the lines that a server pours out from burying the prompt: so many are shown in a second, and
/// the number of the others is told when it is over.
final class LineFlood: Sendable {
  /// More than the longest trace of an error that a person reads.
  static let mostPerSecond = 200

  private struct State {
    var start: ContinuousClock.Instant?
    var shown = 0
    var hidden = 0
  }

  private let state = Mutex(State())
  private let tell: @Sendable (Int) -> Void

  /// `tell` gets the number of lines that were kept back, once a second at most.
  init(tell: @escaping @Sendable (Int) -> Void) { self.tell = tell }

  /// Whether one more line is to be shown.
  func admits(now: ContinuousClock.Instant = .now) -> Bool {
    let (isShown, isFirst) = state.withLock { state in
      if state.start.map({ now - $0 >= .seconds(1) }) ?? true {
        (state.start, state.shown) = (now, 0)
      }
      if state.shown < Self.mostPerSecond {
        state.shown += 1
        return (true, false)
      }
      state.hidden += 1
      return (false, state.hidden == 1)
    }
    if isFirst { tellSoon() }
    return isShown
  }

  private func tellSoon() {
    Task { [self] in
      try? await Task.sleep(for: .seconds(1))
      let count = state.withLock { state in
        defer { state.hidden = 0 }
        return state.hidden
      }
      tell(count)
    }
  }
}
