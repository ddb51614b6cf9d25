import Session
import Synchronization
import Wire

/// The first moments of a connection, in which it turns out whether there is a server.
///
/// What goes wrong meanwhile is for whoever connects to tell, once; later it is news.
final class ConnectionTrial: Sendable {
  private struct State {
    var isOver = false
    var failure: CloseReason?
    var losses = 0
    var isRestarted = false
    /// What came of a connection made once more, mostly for the second time.
    var held: [SessionEvent] = []
  }

  private let state = Mutex(State())
  /// Tells the rest of the program of an event.
  private let tell: @Sendable (SessionEvent) -> Void
  /// Reached when the connection stands, or can't.
  let opened = Milestone()
  /// Reached when the server has answered, or has gone.
  let settled = Milestone()

  /// Reached when a connection made once more is lost as well.
  let lostAgain = Milestone()

  init(_ tell: @escaping @Sendable (SessionEvent) -> Void) { self.tell = tell }

  /// Passes an event on, unless it is for whoever connects to tell.
  func note(_ event: SessionEvent) { if !takes(event) { tell(event) } }

  /// Why there is no connection.
  var failure: CloseReason? { state.withLock { $0.failure } }

  private func takes(_ event: SessionEvent) -> Bool {
    state.withLock { state in
      if state.isOver { return false }
      switch event {
      case .connected:
        opened.reach()
      case .disconnected(let reason):
        state.failure = reason
        state.losses += 1
        opened.reach()
        settled.reach()
        if state.isRestarted { lostAgain.reach() }
        return true
      case .connecting(_, again: true): return true
      case .diagnostic where state.losses > 0:
        state.held.append(event)
        return true
      default: break
      }
      return false
    }
  }

  /// Lets a connection that was lost be made once more.
  func restart() {
    state.withLock { state in
      state.failure = nil
      state.isRestarted = true
    }
  }

  /// Ends the trial; why the connection failed, or nil. What was held back is told then.
  @discardableResult
  func end() -> CloseReason? {
    let (failure, held) = state.withLock { state in
      state.isOver = true
      defer { state.held = [] }
      return (state.failure, state.held)
    }
    if failure == nil { for event in held { tell(event) } }
    return failure
  }
}
