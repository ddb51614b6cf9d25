import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process's signals, as calls on a thread where everything is allowed.
///
/// A handler in the strict sense only writes to a pipe; one thread reads there and calls those who
/// asked to be told. A signal that ends the program puts the terminal back first and then ends it
/// as that signal would have, so that a calling shell sees the truth.
public final class Signals: Sendable {
  /// The one that the process has.
  public static let shared = Signals()

  enum Kind: Sendable { case interrupt, resize, suspend, termination }

  private let pipe = WakePipe()
  private let state = Mutex(State())

  private struct State {
    var hasStarted = false
    /// Whether a signal is ending the program.
    var isEnding = false
    var nextNumber = 0
    var handlers: [(number: Int, kind: Kind, call: @Sendable (Int32) -> Void)] = []
  }

  init() {}

  /// Begins to handle signals; calling it again does nothing.
  ///
  /// These are SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP and those of a crash; SIGPIPE is
  /// ignored, which children inherit unless they are started with the default again.
  /// A signal that was ignored when the program started (`nohup`) stays ignored.
  public func start() {
    let isFirst = state.withLock { state in
      defer { state.hasStarted = true }
      return !state.hasStarted
    }
    guard isFirst else { return }
    signal(SIGPIPE, SIG_IGN)
    signalPipe = pipe.writeEnd
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH] {
      Self.install(number)
    }
    CrashRestore.install()
    Platform.startThread { [self] in
      while true {
        _ = Platform.wait([pipe.readEnd], milliseconds: -1)
        for number in pipe.drain() { handle(Int32(number)) }
      }
    }
  }

  /// Whether signals are handled.
  public var hasStarted: Bool { state.withLock { $0.hasStarted } }

  /// Waits for the program's end if a signal is ending it, so that its status tells of the signal; to
  /// be called before it ends by itself.
  public func yieldToEnding() {
    guard state.withLock({ $0.isEnding }) else { return }
    while true { pause() }
  }

  /// Calls `handler` at each interrupt (Ctrl-C, SIGINT) until the subscription is cancelled.
  ///
  /// Of several only the newest is called. With none, an interrupt ends the program.
  public func onInterrupt(_ handler: @escaping @Sendable () -> Void) -> Subscription {
    add(.interrupt) { _ in handler() }
  }

  /// Calls `handler` whenever the terminal's size has changed, or may have while the program stood still.
  public func onResize(_ handler: @escaping @Sendable () -> Void) -> Subscription {
    add(.resize) { _ in handler() }
  }

  /// Calls `handler` before a signal ends the program; it has to be quick.
  public func onTermination(_ handler: @escaping @Sendable (Int32) -> Void) -> Subscription {
    add(.termination, handler)
  }

  /// Lets `handler` see to stopping instead of this thread; it calls `stop` in the end.
  func onSuspend(_ handler: @escaping @Sendable () -> Void) -> Subscription {
    add(.suspend) { _ in handler() }
  }

  private func add(_ kind: Kind, _ call: @escaping @Sendable (Int32) -> Void) -> Subscription {
    let number = state.withLock { state in
      state.nextNumber += 1
      state.handlers.append((state.nextNumber, kind, call))
      return state.nextNumber
    }
    return Subscription { [weak self] in
      self?.state.withLock { $0.handlers.removeAll { $0.number == number } }
    }
  }

  private func handlers(_ kind: Kind) -> [@Sendable (Int32) -> Void] {
    state.withLock { state in state.handlers.filter { $0.kind == kind }.map(\.call) }
  }
}

extension Signals {
  func handle(_ number: Int32) {
    switch number {
    case SIGINT:
      if let newest = handlers(.interrupt).last { newest(number) } else { die(number) }
    case SIGWINCH:
      for handler in handlers(.resize) { handler(number) }
    case SIGTSTP:
      if let newest = handlers(.suspend).last {
        newest(number)
      } else {
        let modes = TerminalMode.restoreAll()
        stop()
        for (mode, state) in modes { mode.enter(state) }
      }
    default:
      die(number)
    }
  }

  /// Stops the process until someone continues it, then tells those who ask for its size.
  ///
  /// The terminal has been put back before.
  func stop() {
    // The thread may be one of a pool, which blocks signals: it must not miss this one.
    var (suspension, before) = (sigset_t(), sigset_t())
    sigemptyset(&suspension)
    sigaddset(&suspension, SIGTSTP)
    signal(SIGTSTP, SIG_DFL)
    pthread_sigmask(SIG_UNBLOCK, &suspension, &before)
    raise(SIGTSTP)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    signal(SIGTSTP, signalHandler)
    for handler in handlers(.resize) { handler(SIGCONT) }
  }

  /// Ends the process by that signal, the terminal as it was.
  private func die(_ number: Int32) {
    state.withLock { $0.isEnding = true }
    for handler in handlers(.termination) { handler(number) }
    for (mode, state) in TerminalMode.leave() where state == .editing { mode.startLine() }
    signal(number, SIG_DFL)
    kill(getpid(), number)
    // Were the signal blocked, the status would still tell.
    sleep(1)
    _exit(128 + number)
  }

  private static func install(_ number: Int32) {
    let before = signal(number, signalHandler)
    if let before, unsafeBitCast(before, to: Int.self) == 1 { signal(number, SIG_IGN) }
  }
}

/// Where the handlers write.
///
/// Guard: set once, before the first handler is installed.
private nonisolated(unsafe) var signalPipe: Int32 = -1

private let signalHandler: @convention(c) (Int32) -> Void = { number in
  let kept = errno
  var byte = UInt8(truncatingIfNeeded: number)
  write(signalPipe, &byte, 1)
  errno = kept
}

/// Someone's wish to be told; ends when cancelled or let go.
public final class Subscription: Sendable {
  private let end: Mutex<(@Sendable () -> Void)?>

  init(_ end: @escaping @Sendable () -> Void) { self.end = Mutex(end) }

  deinit { cancel() }

  /// Ends it; the handler may still be running, but is not called again.
  public func cancel() {
    let end = end.withLock { end in
      defer { end = nil }
      return end
    }
    end?()
  }
}
