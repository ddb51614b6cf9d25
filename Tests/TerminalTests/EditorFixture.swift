import Synchronization
import TestScreens
import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An editor on a pseudo-terminal, with someone at the keys and someone looking at the screen.
final class EditorFixture: Sendable {
  let editor: LineEditor
  let history: History
  private let keyboard: Int32
  let terminal: Int32
  private let state: Mutex<State>

  private struct State {
    var screen: Screen
    var output: [UInt8] = []
    var outcomes: [ReadOutcome] = []
    var isReaderDone = false
  }

  /// The prompt that every line has.
  static let prompt = "> "

  init(
    columns: Int = 40, rows: Int = 10, hooks: EditorHooks = EditorHooks(),
    history: [String] = [], color: Bool = false, bindings: String? = "", term: String = "xterm",
    echoes: Bool = true
  ) throws {
    (keyboard, terminal) = try PseudoTerminal.open()
    if !echoes {
      var settings = termios()
      tcgetattr(terminal, &settings)
      settings.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(terminal, TCSANOW, &settings)
    }
    EditorFixture.setSize(terminal, columns, rows)
    self.history = History(path: nil)
    for entry in history { self.history.append(entry) }
    state = Mutex(State(screen: Screen(columns: columns, rows: rows)))
    editor = try #require(
      LineEditor(
        input: terminal, output: terminal, history: self.history, hooks: hooks,
        renderer: Renderer(color: color), bindings: bindings, term: term))
    watch()
  }

  /// Reads lines until the end of input, each outcome waiting for `outcome`.
  @discardableResult
  func start(prompt: StyledText = "> ", continuation: StyledText = ". ") async throws
    -> EditorFixture
  {
    Platform.startThread { [self] in
      while true {
        let outcome = editor.readLine(prompt: prompt, continuationPrompt: continuation)
        if case .line(let line) = outcome { history.append(line) }
        state.withLock { $0.outcomes.append(outcome) }
        if outcome == .endOfInput { break }
      }
      state.withLock { $0.isReaderDone = true }
    }
    try await expect { $0.lines.contains { $0.hasPrefix(prompt.plain.trimmed) } }
    return self
  }

  private func watch() {
    Platform.startThread { [self] in
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      // The one who reads closes, or a later fixture's descriptor might be read here.
      defer { PseudoTerminal.close(keyboard) }
      while true {
        let count = Platform.read(keyboard, &chunk)
        if count <= 0 { break }
        state.withLock {
          $0.screen.feed(chunk[..<count])
          $0.output.append(contentsOf: chunk[..<count])
        }
      }
    }
  }

  /// Types on the keyboard.
  func type(_ text: String) { Platform.write(keyboard, text.utf8) }

  /// Types bytes that may be no text.
  func type(_ bytes: [UInt8]) { Platform.write(keyboard, bytes) }

  var screen: Screen { state.withLock { $0.screen } }

  /// All that was written to the terminal, as text.
  var output: String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }

  /// Waits until the screen shows those lines and nothing under them.
  func expect(
    _ lines: [String], cursor: (row: Int, column: Int)? = nil,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    try await expect(at: location, "\(lines) \(cursor.map { "\($0)" } ?? "")") { screen in
      screen.lines == lines.map(\.trimmed)
        && (cursor.map { $0.row == screen.row && $0.column == screen.column } ?? true)
    }
  }

  func expect(
    at location: SourceLocation = #_sourceLocation, _ wanted: String = "",
    _ condition: (Screen) -> Bool
  ) async throws {
    if try await eventually({ condition(self.screen) }) { return }
    let screen = screen
    Issue.record(
      "screen is \(screen.lines) with the cursor at \((screen.row, screen.column)), not \(wanted)",
      sourceLocation: location)
    throw Missed()
  }

  /// Waits for the next outcome.
  func outcome(at location: SourceLocation = #_sourceLocation) async throws -> ReadOutcome {
    let count = try await eventually { self.state.withLock { !$0.outcomes.isEmpty } }
    try #require(count, "no outcome; screen is \(screen.lines)", sourceLocation: location)
    return state.withLock { $0.outcomes.removeFirst() }
  }

  /// Whether that outcome is the last that came.
  func has(_ outcome: ReadOutcome) -> Bool { state.withLock { $0.outcomes.last == outcome } }

  /// Waits until what was typed has been taken by the editor.
  func settle() async throws {
    _ = try await eventually {
      var count: Int32 = 0
      _ = ioctl(self.terminal, UInt(FIONREAD), &count)
      return count == 0
    }
  }

  /// Changes the terminal's width and waits until the editor has drawn anew.
  func resize(columns: Int, rows: Int) async throws {
    let before = state.withLock { $0.output.count }
    state.withLock { $0.screen.resize(columns: columns) }
    EditorFixture.setSize(terminal, columns, rows)
    editor.post(.resize)
    #expect(try await eventually { self.state.withLock { $0.output.count } > before })
  }

  private static func setSize(_ terminal: Int32, _ columns: Int, _ rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  /// The terminal's settings as numbers that can be compared.
  var settings: [UInt32] {
    var settings = termios()
    tcgetattr(terminal, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_lflag].map { UInt32($0) }
  }

  /// Ends the editor and waits for its thread.
  func close(at location: SourceLocation = #_sourceLocation) async throws {
    editor.close()
    let isDone = try await eventually { self.state.withLock { $0.isReaderDone } }
    #expect(isDone, sourceLocation: location)
    PseudoTerminal.close(terminal)
  }

  struct Missed: Error {}
}

extension String {
  var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// Waits, with a deadline, until something is so.
func eventually(
  within limit: Duration = .seconds(20), _ condition: () -> Bool
) async throws -> Bool {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if condition() { return true }
    try await Task.sleep(for: .milliseconds(2))
  }
  return condition()
}
