import TestScreens
import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("vi keys and the user's own bindings")
struct BindingsTests {
  /// A file of bindings that is gone when the test is over.
  final class File {
    let path: String

    init(_ text: String) throws {
      var template = Array("/tmp/rpcscope-editrc-XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      try #require(descriptor >= 0)
      path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      Platform.write(descriptor, text.utf8)
      close(descriptor)
    }

    deinit { unlink(path) }
  }

  @Test(arguments: [
    ("one two", "biX", "one Xtwo"), ("one two", "0x", "ne two"), ("one two", "bdw", "one "),
    ("one two", "0cwthree", "three two"), ("abc", "hiX", "aXbc"), ("ab", "A!", "ab!"),
    ("one two", "0f D", "one"), ("abc", "0rX", "Xbc"), ("ab", "xp", "ab"),
  ])
  func viKeysWork(typed: String, commands: String, line: String) async throws {
    let file = try File("bind -v\n")
    let fixture = try await EditorFixture(bindings: file.path).start()
    fixture.type(typed)
    try await fixture.expect { $0.lines.first?.hasPrefix("> " + typed) == true }
    fixture.type("\u{1b}")
    try await fixture.expect { $0.column == typed.count + 1 }
    fixture.type(commands + "\r")
    #expect(try await fixture.outcome() == .line(line))
    try await fixture.close()
  }

  @Test func arrowsWorkInViWithoutLeavingInsertion() async throws {
    let file = try File("bind -v\n")
    let fixture = try await EditorFixture(history: ["old"], bindings: file.path).start()
    fixture.type("abc\u{1b}[D\u{1b}[DX")
    try await fixture.expect(["> aXbc"], cursor: (0, 4))
    fixture.type("\u{15}")
    try await fixture.expect(["> bc"])
    fixture.type("\u{17}\u{1b}[3~\u{1b}[3~")
    try await fixture.expect([">"])
    fixture.type("\u{1b}")
    fixture.type("k")
    try await fixture.expect(["> old"])
    fixture.type("j/ol\r")
    #expect(try await fixture.outcome() == .line("old"))
    try await fixture.close()
  }

  @Test func viKeysThatWouldDrawOrRunProgramsDoNothing() async throws {
    let file = try File("bind -v\n")
    let fixture = try await EditorFixture(history: ["old"], bindings: file.path).start()
    fixture.type("abc")
    try await fixture.expect(["> abc"])
    fixture.type("\u{1b}")
    try await fixture.expect { $0.column == 4 }
    fixture.type("v:@_nN#JK")
    fixture.type("aX\r")
    #expect(try await fixture.outcome() == .line("abcX"))
    try await fixture.close()
  }

  @Test func bindingsOfTheUserCountAndOursAreSetAgain() async throws {
    let file = try File(
      "bind -e\nbind ^O ed-move-to-beg\nbind \"^[[15~\" ed-prev-history\nbind ^[Q ed-move-to-end\n"
        + "bind \\t ed-insert\nrpcscope:bind ^R ed-redisplay\n")
    let fixture = try await EditorFixture(history: ["one", "two"], bindings: file.path).start()
    fixture.type("ab\u{f}X")
    try await fixture.expect(["> Xab"])
    fixture.type("\u{15}\u{b}\u{1b}[15~")
    try await fixture.expect(["> two"])
    fixture.type("\u{1b}[15~")
    try await fixture.expect(["> one"])
    fixture.type("\u{12}tw\r")
    #expect(try await fixture.outcome() == .line("two"))
    try await fixture.close()
  }

  @Test func metaXReadsNoCommand() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("a\u{1b}xb\r")
    #expect(try await fixture.outcome() == .line("ab"))
    try await fixture.close()
  }

  @Test func findsTheSequencesOfAFile() {
    let text = """
      # comment
      bind "^[[5~" ed-prev-history
      bind -s \\e[6~ "text"
      other:bind \\033OP ed-clear-screen
      bind ^A ed-move-to-beg
      edit on
      """
    let found = UserBindings.sequences(text)
    #expect(found == [Array("\u{1b}[5~".utf8), Array("\u{1b}[6~".utf8), Array("\u{1b}OP".utf8)])
  }
}
