import Synchronization
import TestScreens
import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Reading without a terminal")
struct PlainReaderTests {
  /// A stream that bytes are written into from another thread.
  ///
  /// A socket, not a pipe: its end is told by `shutdown`, even if another test's child holds a copy.
  static func input(_ bytes: [UInt8]) -> Int32 {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    #else
      socketpair(AF_UNIX, SOCK_STREAM, 0, &ends)
    #endif
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (reading, writing) = (ends[0], ends[1])
    Platform.startThread {
      Platform.write(writing, bytes)
      shutdown(writing, Int32(SHUT_WR))
      close(writing)
    }
    return reading
  }

  static func outcomes(_ bytes: [UInt8], needsMore: @escaping (String) -> Bool = { _ in false })
    -> [ReadOutcome]
  {
    let descriptor = input(bytes)
    defer { close(descriptor) }
    let reader = PlainReader(input: descriptor, needsMore: needsMore)
    var all: [ReadOutcome] = []
    repeat { all.append(reader.readLine()) } while all.last != .endOfInput
    return all
  }

  @Test(arguments: [
    ("", []), ("a\n", ["a"]), ("a", ["a"]), ("a\r\nb\r\n", ["a", "b"]), ("\n\na", ["", "", "a"]),
    ("a\rb\n", ["a\rb"]), ("é\n日本", ["é", "日本"]),
  ])
  func readsLines(text: String, lines: [String]) {
    #expect(Self.outcomes(Array(text.utf8)) == lines.map(ReadOutcome.line) + [.endOfInput])
  }

  @Test func joinsLinesOfOneStatement() {
    let outcomes = Self.outcomes(Array("{\n1\n}\nx\n{\n2".utf8)) { text in
      text.contains("{") && !text.contains("}")
    }
    #expect(outcomes == [.line("{\n1\n}"), .line("x"), .line("{\n2"), .endOfInput])
  }

  @Test func readsLongLinesAndManyShortOnes() {
    let long = [UInt8](repeating: 0x78, count: 8_000_000)
    let outcomes = Self.outcomes(long + [0x0a] + Array("end".utf8))
    #expect(outcomes.count == 3 && outcomes[1] == .line("end"))
    if case .line(let line) = outcomes[0] { #expect(line.utf8.count == long.count) }
    let short = Self.outcomes(Array(String(repeating: "ab\n", count: 100_000).utf8))
    #expect(short.count == 100_001 && short[99_999] == .line("ab"))
  }

  @Test func givesLinesAsTheirBytes() {
    let descriptor = Self.input([0x61, 0xff, 0x0a, 0x62])
    defer { close(descriptor) }
    let reader = PlainReader(input: descriptor)
    #expect(reader.readBytes() == [0x61, 0xff])
    #expect(reader.readBytes() == [0x62])
    #expect(reader.readBytes() == nil)
  }

  final class Answer: Sendable {
    let box = Mutex<String??>(nil)
  }

  @Test(arguments: [
    ("hunX\u{7f}ter2\r", "hunter2"), ("\u{3}", nil), ("\u{4}", nil), ("old\u{15}new\n", "new"),
    ("\u{1b}[Aé日\r", "é日"), ("\u{1b}[200~a b\u{1b}[201~\r", "a b"),
  ])
  func asksForPasswordsWithoutShowingThem(typed: String, secret: String?) async throws {
    let (keyboard, terminal) = try PseudoTerminal.open()
    let answer = Answer()
    Platform.startThread {
      let given = readPassword(prompt: "Password: ", terminal: terminal)
      answer.box.withLock { $0 = .some(given) }
    }
    var seen: [UInt8] = []
    func look() {
      var chunk = [UInt8](repeating: 0, count: 4096)
      while Platform.wait([keyboard], milliseconds: 0)[0] {
        let count = Platform.read(keyboard, &chunk)
        if count <= 0 { return }
        seen += chunk[..<count]
      }
    }
    func shown(_ text: String) -> Bool {
      look()
      return String(decoding: seen, as: UTF8.self).contains(text)
    }
    func echoes() -> Bool {
      var settings = termios()
      tcgetattr(terminal, &settings)
      return settings.c_lflag & tcflag_t(ECHO) != 0
    }
    #expect(try await eventually { shown("Password: ") && !echoes() })
    Platform.write(keyboard, typed.utf8)
    #expect(try await eventually { answer.box.withLock { $0 } != nil })
    #expect(answer.box.withLock { $0 } == .some(secret))
    #expect(try await eventually { echoes() && shown("\r\n") })
    let screen = String(decoding: seen, as: UTF8.self)
    #expect(screen.contains("Password: ") && !screen.contains("hun") && !screen.contains("new"))
    #expect(!screen.contains("\u{1b}"))
    PseudoTerminal.close(terminal)
    PseudoTerminal.close(keyboard)
  }
}
