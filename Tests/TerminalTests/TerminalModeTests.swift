import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("The terminal's settings")
struct TerminalModeTests {
  private static func echoes(_ terminal: Int32) -> Bool {
    var settings = termios()
    tcgetattr(terminal, &settings)
    return settings.c_lflag & tcflag_t(ECHO) != 0
  }

  @Test("are put back once: the descriptor may belong to another terminal afterwards")
  func closesOnce() throws {
    let (keyboard, terminal) = try PseudoTerminal.open()
    defer {
      PseudoTerminal.close(terminal)
      PseudoTerminal.close(keyboard)
    }
    let first = TerminalMode(input: terminal, output: terminal)
    first.enter(.editing)
    first.close()
    #expect(Self.echoes(terminal))
    let second = TerminalMode(input: terminal, output: terminal)
    second.enter(.editing)
    #expect(!Self.echoes(terminal))
    first.close()
    #expect(!Self.echoes(terminal))
    second.close()
    #expect(Self.echoes(terminal))
  }
}
