import TestScreens
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program on a terminal, with a person at its keyboard.
final class TerminalRun {
  let home: Home
  private let child: Child
  private let keyboard: Int32
  /// Kept open so that the terminal can be looked at after the program has gone.
  private let terminal: Int32
  private(set) var screen: Screen
  /// Every byte that came to the screen.
  private(set) var transcript: [UInt8] = []
  /// The terminal as it was before the program began.
  let attributesBefore: Attributes

  /// Starts the program (or another) on a terminal of that size.
  init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, home: Home? = nil,
    environment: [String: String] = [:], program: String = BuiltProgram.path
  ) throws {
    let home = try home ?? Home()
    self.home = home
    keyboard = openTerminalMaster(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard keyboard >= 0, grantTerminal(keyboard) == 0, unlockTerminal(keyboard) == 0 else {
      throw SystemFailure("posix_openpt")
    }
    let path = try Platform.terminalName(keyboard)
    terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw SystemFailure("open \(path)") }
    Platform.setNonBlocking(keyboard)
    screen = Screen(columns: columns, rows: rows)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
    attributesBefore = Attributes(of: terminal)
    child = try Child(
      [program] + arguments, environment: home.environment.merging(environment) { $1 },
      directory: home.path, streams: .terminal(path: path))
  }

  deinit {
    child.stop()
    close(keyboard)
    close(terminal)
  }

  var attributes: Attributes { Attributes(of: terminal) }
  var transcriptText: String { String(decoding: transcript, as: UTF8.self) }

  /// Types a text, without Enter.
  func type(_ text: String) async throws {
    var rest = Array(text.utf8)[...]
    let typed = try await eventually { () -> Bool? in
      drain()
      let count = rest.withUnsafeBytes { Platform.write(keyboard, $0) }
      if count > 0 { rest = rest.dropFirst(count) }
      return rest.isEmpty ? true : nil
    }
    if typed == nil { throw TooLate(description: "the terminal takes no input") }
  }

  func press(_ key: Keypress) async throws { try await type(key.rawValue) }

  func signal(_ signal: Int32) { kill(child.pid, signal) }

  /// Changes the terminal's size, which tells the program.
  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    drain()
    screen.resize(columns: columns, rows: rows)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until the screen is as wanted.
  @discardableResult
  func wait<T>(
    for wish: String, within seconds: Double = 60, _ question: (Screen) -> T?
  ) async throws -> T {
    let answer = try await eventually(within: seconds) { () -> T? in
      let status = child.poll()
      drain()
      if let answer = question(screen) { return answer }
      if let status { throw TooLate(description: "\(status) before \(wish):\n\(screen.ending)") }
      return nil
    }
    if let answer { return answer }
    throw TooLate(description: "no \(wish) on the screen:\n\(screen.ending)")
  }

  /// Waits until a text stands on the screen (or has scrolled out of it).
  func waitFor(_ text: String, within seconds: Double = 60) async throws {
    try await wait(for: "\"\(text)\"", within: seconds) { screen in
      screen.text.range(of: text) != nil ? true : nil
    }
  }

  /// Waits until the program awaits a statement, and nothing is typed.
  func waitForPrompt(within seconds: Double = 60) async throws {
    try await wait(for: "a prompt", within: seconds) { $0.isAtPrompt ? true : nil }
  }

  /// Types a line at the prompt, and gives what was shown below it until the next prompt.
  @discardableResult
  func enter(_ line: String, within seconds: Double = 60) async throws -> String {
    try await waitForPrompt()
    return try await submit(line, within: seconds)
  }

  /// Types the rest of a line, and gives what was shown below it until the next prompt.
  @discardableResult
  func submit(_ rest: String = "", within seconds: Double = 60) async throws -> String {
    try await type(rest)
    // Only what is below the line counts, so the line must stand where it will stay.
    let end = String(rest.suffix(8))
    let start = try await wait(for: "\"\(rest)\" to be typed") { screen in
      !screen.isAtPrompt && screen.upToCursor.hasSuffix(end) ? screen.absoluteRow + 1 : nil
    }
    try await press(.enter)
    let stop = try await wait(for: "a prompt after \"\(rest)\"", within: seconds) { screen in
      screen.isAtPrompt && screen.absoluteRow >= start ? screen.absoluteRow : nil
    }
    let everything = screen.everything
    return everything[min(start, everything.count)..<min(stop, everything.count)]
      .joined(separator: "\n")
  }

  /// Leaves the shell, and checks that it went well and left the terminal as it was.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await waitForPrompt()
    try await type(".quit\r")
    #expect(try await exit() == .exited(0), sourceLocation: sourceLocation)
    expectRestored(sourceLocation: sourceLocation)
  }

  /// Checks that the terminal is as it was before the program began.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(attributes == attributesBefore, sourceLocation: sourceLocation)
    #expect(screen.modes == [25], "modes that were left on", sourceLocation: sourceLocation)
    #expect(screen.style == "", "a style that was left on", sourceLocation: sourceLocation)
  }

  /// Waits for the program's end.
  func exit(within seconds: Double = 60) async throws -> ExitStatus {
    let status = try await eventually(within: seconds) { () -> ExitStatus? in
      let status = child.poll()
      drain()
      return status
    }
    if let status { return status }
    throw TooLate(description: "no exit:\n\(screen.ending)")
  }

  private func drain() {
    var bytes: [UInt8] = []
    _ = Platform.readAvailable(keyboard, into: &bytes)
    transcript += bytes
    screen.feed(bytes)
  }
}

extension Screen {
  /// What a failed test shows.
  fileprivate var ending: String { everything.suffix(60).joined(separator: "\n") }

  /// The text before the cursor, of its row and the one above.
  fileprivate var upToCursor: String {
    (row > 0 ? cells[row - 1].map(\.text).joined() : "") + beforeCursor
  }

  /// Whether the cursor stands behind an empty prompt, and the editor reads.
  fileprivate var isAtPrompt: Bool {
    modes.contains(2004) && beforeCursor.hasSuffix("> ")
      && lines.indices.contains(row) && (beforeCursor + "x").hasPrefix(lines[row])
  }
}

/// Keys that are more than their letter.
enum Keypress: String {
  case enter = "\r"
  case tab = "\t"
  case up = "\u{1B}[A"
  case down = "\u{1B}[B"
  case controlC = "\u{03}"
  case controlD = "\u{04}"
  case controlR = "\u{12}"
  case controlU = "\u{15}"
  case controlZ = "\u{1A}"
  case alternateEnter = "\u{1B}\r"
}

/// What `stty` would say of a terminal.
struct Attributes: Equatable, CustomStringConvertible {
  let description: String

  init(of descriptor: Int32) {
    var attributes = termios()
    let isRead = tcgetattr(descriptor, &attributes) == 0
    let characters = withUnsafeBytes(of: attributes.c_cc) { Array($0) }
    description =
      isRead
      ? "\(attributes.c_iflag) \(attributes.c_oflag) \(attributes.c_cflag) \(attributes.c_lflag)"
        + " \(characters)"
      : "unknown"
  }
}
