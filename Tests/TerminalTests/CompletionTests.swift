import TestScreens
import Testing

@testable import Terminal

@Suite("Completion")
struct CompletionTests {
  static func hooks(_ words: [String], annotation: String = "") -> EditorHooks {
    EditorHooks(complete: { text, cursor in
      let head = String(decoding: Array(text.utf8)[..<cursor], as: UTF8.self)
      let word = head.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
      return Completion(
        replaced: cursor - word.utf8.count..<cursor,
        candidates: words.filter { $0.hasPrefix(word) }.map {
          Candidate($0, annotation: annotation)
        })
    })
  }

  @Test func completesTheOnlyCandidateAndABlank() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks(["subtract", "put"])).start()
    fixture.type("su\t42")
    try await fixture.expect(["> subtract 42"])
    try await fixture.close()
  }

  @Test func doesNotDoubleABlankThatIsThere() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks(["subtract"])).start()
    fixture.type("su 42\u{1}\u{6}\u{6}\tX\r")
    #expect(try await fixture.outcome() == .line("subtract X42"))
    try await fixture.close()
  }

  @Test func completesWhatIsCommonThenLists() async throws {
    let words = ["system.list", "system.help"]
    let fixture = try await EditorFixture(hooks: Self.hooks(words)).start()
    fixture.type("s\t")
    try await fixture.expect(["> system."], cursor: (0, 9))
    fixture.type("\t")
    try await fixture.expect(["> system.", "system.list  system.help"], cursor: (0, 9))
    fixture.type("h")
    try await fixture.expect(["> system.h"])
    fixture.type("\t")
    try await fixture.expect(["> system.help"])
    try await fixture.close()
  }

  @Test func listsAnnotationsAndCutsWhatDoesNotFit() async throws {
    let hooks = Self.hooks((1...20).map { "m\($0)" }, annotation: "a: integer, b: string")
    let fixture = try await EditorFixture(columns: 20, rows: 5, hooks: hooks).start()
    fixture.type("m\t")
    try await fixture.expect([
      "> m", "m1  a: integer, b:…", "m2  a: integer, b:…", "m3  a: integer, b:…", "… 17 more (Tab)",
    ])
    fixture.type("\t")
    try await fixture.expect([
      "> m", "m4  a: integer, b:…", "m5  a: integer, b:…", "m6  a: integer, b:…",
      "… 14 more (Tab)",
    ])
    // After the last page it begins again; another key begins anew, too.
    for first in ["m7", "m10", "m13", "m16"] {
      fixture.type("\t")
      try await fixture.expect { $0.lines.dropFirst().first?.hasPrefix(first + " ") == true }
    }
    fixture.type("\t")
    try await fixture.expect { $0.lines.last?.hasPrefix("m20 ") == true }
    fixture.type("\t")
    try await fixture.expect { $0.lines.dropFirst().first?.hasPrefix("m1 ") == true }
    fixture.type("\t")
    try await fixture.expect { $0.lines.dropFirst().first?.hasPrefix("m4 ") == true }
    fixture.type("1\u{7f}")
    try await fixture.expect(["> m"])
    fixture.type("\t")
    try await fixture.expect { $0.lines.dropFirst().first?.hasPrefix("m1 ") == true }
    fixture.type("\r")
    #expect(try await fixture.outcome() == .line("m"))
    try await fixture.expect(["> m", ">"])
    try await fixture.close()
  }

  @Test func ringsWhereThereIsNothing() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("x\t")
    try await fixture.expect { $0.bells == 1 && $0.lines == ["> x"] }
    try await fixture.close()
  }

  @Test func showsCandidatesFromOutsideSafely() async throws {
    let fixture = try await EditorFixture(hooks: Self.hooks(["a\u{1b}[2J", "b"])).start()
    fixture.type("\t")
    try await fixture.expect([">", #"a\u001b[2J  b"#])
    try await fixture.close()
  }

  @Test(arguments: [
    (["a", "b", "c"], 20, 5, ["a  b  c"]),
    (["aaaa", "bb", "c", "d"], 13, 5, ["aaaa  c", "bb    d"]),
    (["aaaaaaaaaaaaaaaaaaaa"], 10, 5, ["aaaaaaaa…"]),
    ((1...9).map { "n\($0)" }, 5, 4, ["n1", "n2", "n3", "… 6 more"]),
    (["日本", "x"], 12, 4, ["日本  x"]),
  ])
  func laysCandidatesOutInColumns(names: [String], columns: Int, rows: Int, lines: [String]) {
    let size = TerminalSize(columns: columns, rows: rows)
    #expect(CandidateList.rows(names.map { Candidate($0) }, in: size).map(\.plain) == lines)
  }

  @Test(arguments: [
    ([""], ""), (["abc", "abd"], "ab"), (["x", "y"], ""), (["äb", "äc"], "ä"),
    (["ab", "ab"], "ab"),
  ])
  func findsCommonPrefixes(texts: [String], prefix: String) {
    #expect(EditSession.commonPrefix(texts) == prefix)
  }
}
