import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The settings of one terminal: as we found it, and as we use it.
///
/// Every mode that is in force is known to `restoreAll`, so that no way out of the program leaves
/// the terminal changed.
final class TerminalMode: Sendable {
  /// How the terminal behaves.
  enum State: Sendable {
    /// As it was found.
    case original
    /// Keys come one by one and mean nothing to the terminal.
    case editing
    /// A call runs: what is typed is kept but not shown, and Ctrl-C and Ctrl-Z are signals.
    case waiting
  }

  private let input: Int32
  private let output: Int32
  private let current: Mutex<Current>

  private struct Current {
    var state = State.original
    var original = termios()
    var isPlain = false
    var isClosed = false
  }

  /// The modes of a terminal, which both descriptors belong to.
  init(input: Int32, output: Int32) {
    (self.input, self.output) = (input, output)
    var found = termios()
    tcgetattr(input, &found)
    current = Mutex(Current(original: found))
    TerminalMode.register(self)
  }

  /// Whether the terminal is told nothing but text: no escape sequence is written.
  ///
  /// Without the marks of bracketed paste, pasted newlines submit.
  var isPlain: Bool {
    get { current.withLock { $0.isPlain } }
    set {
      current.withLock { current in
        if newValue == current.isPlain { return }
        current.isPlain = newValue
        if current.state == .original { return }
        Platform.write(output, (newValue ? Self.switchesOff : Self.switchesOn).utf8)
        armRestore(current)
      }
    }
  }

  /// Whether the terminal, as it was found, shows what is typed; if not, someone in between does
  /// (Emacs' shell, a script that drives us), who edits the lines as well.
  var echoes: Bool { current.withLock { $0.original.c_lflag & tcflag_t(ECHO) != 0 } }

  /// Puts a mode in force, also one that was; gives back the one before.
  @discardableResult
  func enter(_ state: State) -> State {
    current.withLock { current in
      let before = current.state
      // The program is ending: whoever still runs must not take the terminal again.
      if state != .original, TerminalMode.isLeaving.withLock({ $0 }) { return before }
      if before == .original, state != .original { tcgetattr(input, &current.original) }
      var wanted = current.original
      if state != .original { Self.makeRaw(&wanted, signals: state == .waiting) }
      while tcsetattr(input, TCSADRAIN, &wanted) != 0, errno == EINTR {}
      current.state = state
      if (before == .original) != (state == .original), !current.isPlain {
        let switches = state == .original ? Self.switchesOff : Self.switchesOn
        Platform.write(output, switches.utf8)
      }
      armRestore(current)
      return before
    }
  }

  private func armRestore(_ current: Current) {
    if current.state == .original {
      CrashRestore.disarm()
    } else {
      CrashRestore.arm(
        input: input, output: output, original: current.original, isPlain: current.isPlain)
    }
  }

  /// Bracketed paste: the terminal marks what is pasted, so newlines in it do not submit.
  private static let switchesOn = "\u{1b}[?2004h"

  /// No bracketed paste, and a cursor.
  static let switchesOff = "\u{1b}[?2004l\u{1b}[?25h"

  /// Leaves the line where someone was typing, so that what follows does not join it.
  func startLine() { Platform.write(output, "\r\n".utf8) }

  /// Restores for good; once, since the descriptors may be somebody else's afterwards.
  func close() {
    let isFirst = current.withLock { current in
      defer { current.isClosed = true }
      return !current.isClosed
    }
    guard isFirst else { return }
    enter(.original)
    TerminalMode.unregister(self)
  }

  private static func makeRaw(_ settings: inout termios, signals: Bool) {
    settings.c_iflag &= ~tcflag_t(
      BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON | IXOFF | PARMRK)
    settings.c_oflag |= tcflag_t(OPOST | ONLCR)
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN | ISIG)
    if signals { settings.c_lflag |= tcflag_t(ISIG) }
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
  }
}

extension TerminalMode {
  private static let all = Mutex<[ObjectIdentifier: TerminalMode]>([:])

  private static let atExit: Void = {
    atexit { TerminalMode.restoreAll() }
    return ()
  }()

  private static func register(_ mode: TerminalMode) {
    _ = atExit
    all.withLock { $0[ObjectIdentifier(mode)] = mode }
  }

  private static func unregister(_ mode: TerminalMode) {
    all.withLock { $0[ObjectIdentifier(mode)] = nil }
  }

  /// Whether the terminals are put back for good.
  private static let isLeaving = Mutex(false)

  /// Puts every terminal back as it was found, and lets nobody take one any more.
  static func leave() -> [(TerminalMode, State)] {
    isLeaving.withLock { $0 = true }
    return restoreAll()
  }

  /// Puts every terminal back as it was found; gives back what puts our modes in force again.
  @discardableResult
  static func restoreAll() -> [(TerminalMode, State)] {
    let modes = all.withLock { Array($0.values) }
    return modes.map { ($0, $0.enter(.original)) }
  }
}

/// Puts the terminal back as the program found it.
///
/// Also done at every regular exit, and before a signal ends the program.
public func restoreTerminal() { TerminalMode.restoreAll() }
