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
    var isResting = false
    var isClosed = false
  }

  private let state = Mutex(State())
  /// The multi handle as a number, while it may be woken. Apart from the rest, since the loop that is
  /// woken wants the rest at once, and would spin for it while the call that woke it returns.
  private let multi = Mutex<UInt>(0)

  /// Leaves a command and wakes the loop if it rests; after the end it is dropped.
  func post(_ command: Command) {
    let isResting = state.withLock { state in
      guard !state.isClosed else { return false }
      state.commands.append(command)
      defer { state.isResting = false }
      return state.isResting
    }
    guard isResting else { return }
    multi.withLock {
      if let multi = UnsafeMutableRawPointer(bitPattern: $0) { _ = ccurl_multi_wakeup(multi) }
    }
  }

  /// Whether no command waits; also false while somebody is about to leave one.
  var isEmpty: Bool { state.withLockIfAvailable { $0.commands.isEmpty && !$0.isClosed } ?? false }

  /// Says which handle wakes the loop.
  func attach(_ multi: UnsafeMutableRawPointer) {
    let bits = UInt(bitPattern: multi)
    self.multi.withLock { $0 = bits }
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
    multi.withLock { $0 = 0 }
    return state.withLock { state in
      state.isClosed = true
      defer { state.commands = [] }
      return state.commands
    }
  }
}
