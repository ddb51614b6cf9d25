import CCurl
import Synchronization

/// One send on its way to the loop.
struct PendingSend: Sendable {
  var id: SendID
  var bytes: [UInt8]
  var options: SendOptions
  var start: ContinuousClock.Instant
}

/// What other threads ask of the loop, in order.
final class HTTPMailbox: Sendable {
  enum Command: Sendable {
    case send(PendingSend)
    case cancel(SendID)
    case close
  }

  private struct State {
    var commands: [Command] = []
    /// The multi handle as a number, while it may be woken.
    var multi: UInt = 0
    var isResting = false
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Leaves a command and wakes the loop if it rests; after the end it is dropped.
  func post(_ command: Command) {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.commands.append(command)
      guard state.isResting else { return }
      state.isResting = false
      if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) {
        _ = ccurl_multi_wakeup(multi)
      }
    }
  }

  /// Says which handle wakes the loop.
  func attach(_ multi: UnsafeMutableRawPointer) {
    let bits = UInt(bitPattern: multi)
    state.withLock { $0.multi = bits }
  }

  /// Takes what was left.
  func take() -> [Command] {
    state.withLock { state in
      state.isResting = false
      guard !state.commands.isEmpty else { return [] }
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Whether the loop may wait: nothing was left meanwhile, and from now on a post wakes it.
  func mayRest() -> Bool {
    state.withLock { state in
      state.isResting = state.commands.isEmpty
      return state.isResting
    }
  }

  /// Takes nothing more, and gives back what was left; the handle is not woken again.
  func close() -> [Command] {
    state.withLock { state in
      state.isClosed = true
      state.multi = 0
      defer { state.commands = [] }
      return state.commands
    }
  }
}
