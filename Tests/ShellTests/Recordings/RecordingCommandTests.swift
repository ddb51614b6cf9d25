import Recording
import Session
import Terminal
import TestFolders
import Testing

@testable import Shell

@Suite("Saving, comparing and exporting in the shell", .timeLimit(.minutes(2)))
struct RecordingCommandTests {
  private static func shell() async throws -> KeptShell {
    let kept = try await KeptShell()
    try await kept.run(
      "subtract 42 23", "fail", "get", ".notify log 1", "echo {\"a\": [1, 2], \"b\": 1}",
      "echo {\"a\": [1, 3], \"c\": 1}")
    return kept
  }

  private static func numbers(_ path: String) throws -> [Int] {
    try SessionFile(opening: path).exchanges().map(\.exchange.number)
  }

  @Test("saves all exchanges, a range, or those that fit")
  func saves() async throws {
    let kept = try await Self.shell()
    let path = kept.path("saved.jsonl")
    let table: [(String, [Int])] = [
      ("", [1, 2, 3, 4, 5, 6]), ("2..3", [2, 3]), ("5..", [5, 6]), ("..2", [1, 2]), ("4", [4]),
      ("status:error", [2]), ("method:echo 6", [6]), ("!method:echo", [1, 2, 3, 4]),
    ]
    for (words, expected) in table {
      let outcome = try await kept.run(".save \(path) \(words)")
      #expect(outcome.status == .ok, "\(words): \(outcome.error)")
      #expect(try Self.numbers(path) == expected, "\(words)")
    }
  }

  @Test("says what can't be saved, and spoils no file")
  func refuses() async throws {
    let kept = try await Self.shell()
    try kept.shell.folder.write("letter.txt", "Dear all,\n")
    let own = try #require(try kept.sessions.list().first)
    let table = [
      (".save", "the name of a file must follow .save"),
      (".save \(kept.path("letter.txt"))", "is no recording that could be replaced"),
      (".save \(own)", "is where this session is kept anyway"),
      (".save \(kept.path("x")) 70..80", "none of 6 exchanges is meant"),
      (".save \(kept.path("x")) status:nope", "there is no status nope"),
      (".save /dev/null/x", "/dev/null/x"),
    ]
    for (line, words) in table {
      let outcome = try await kept.run(line)
      #expect(outcome.status == .usage, "\(line)")
      #expect(outcome.error.contains(words), "\(line): \(outcome.error)")
    }
    #expect(try kept.shell.folder.read("letter.txt") == "Dear all,\n")
    #expect(try kept.kept.count == 6)
  }

  @Test("the log takes a count and filters")
  func log() async throws {
    let kept = try await Self.shell()
    let table: [(String, [String])] = [
      (".log 2", ["5", "6"]), (".log method:echo", ["5", "6"]), (".log 1 method:echo", ["6"]),
      (".log status:error", ["2"]), (".log 3..4", ["3", "4"]), (".log kind:notification", ["4"]),
      (".log 12345678901234567890", ["3"]),
    ]
    for (line, expected) in table {
      let outcome = try await kept.run(line)
      let rows = outcome.output.split(separator: "\n").dropFirst().map {
        String($0.drop { $0 == " " }.prefix { $0 != " " })
      }
      #expect(rows.filter { $0 != "…" } == expected, "\(line): \(outcome)")
    }
    let cut = try await kept.run(".log 1 method:echo").output
    #expect(cut.contains("… 1 before; `.log 2 method:echo` shows all"))
    #expect(try await kept.run(".log metod:x").error.contains("did you mean method:"))
  }

  @Test("compares two exchanges by path")
  func diff() async throws {
    let kept = try await Self.shell()
    let outcome = try await kept.run(".diff 5 6")
    #expect(outcome.status == .differed)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2).map { String($0.prefix(10)) } == ["--- 5 echo", "+++ 6 echo"])
    #expect(
      lines.dropFirst(2).joined(separator: "\n") == """
        result.a[1]
        - 2
        + 3
        result.b
        - 1
        result.c
        + 1
        """)
    let status = try await kept.run(".diff 1 2")
    #expect(status.output.contains("status\n- ok\n+ error\nresult\n- 19\nerror\n+ {"))
    let same = try await kept.run("subtract 42 23", ".diff 1 7")
    #expect(same.status == .ok)
    #expect(same.output.hasPrefix("no difference (took "))
    #expect(try await kept.run(".diff 1").status == .usage)
    #expect(try await kept.run(".diff 1 99").error.contains("there is no exchange 99"))
    let path = kept.path("diff.txt")
    #expect(try await kept.run(".diff 5 6 > \(path)").output == "")
    #expect(try kept.shell.folder.read("diff.txt").contains("result.b\n- 1\n"))
  }

  @Test("exports to the screen, to a file and to a program, secrets masked")
  func export() async throws {
    let kept = try await Self.shell()
    try await kept.run(#"echo {"password": "hunter2hunter2"}"#)
    for format in SessionExports.all {
      let name = format.name
      let outcome = try await kept.run(".export \(name) \(kept.path("out"))")
      #expect(outcome.status == .ok, "\(name): \(outcome.error)")
      let text = try kept.shell.folder.read("out")
      #expect(!text.isEmpty, "\(name)")
      #expect(!text.contains("hunter2hunter2"), "\(name)")
    }
    let one = try await kept.run(".export markdown 1")
    #expect(one.output.contains("subtract"))
    #expect(!one.output.contains("fail"))
    #expect(try await kept.run(".export markdown 1 | grep -c subtract > /dev/null").status == .ok)
    #expect(try await kept.run(".export tea").error.contains("there is no format tea"))
    #expect(try await kept.run(".export").error.contains("a format must follow .export"))
  }

  @Test("filters and formats complete")
  func completes() throws {
    let completer = Completer(knowledge: Knowledge())
    func texts(_ line: String) -> [String] {
      completer.complete(line, cursor: line.utf8.count).candidates.map(\.text)
    }
    #expect(texts(".log ") == ExchangeFilter.keys.map { $0 + ":" })
    #expect(texts(".log me") == ["method:"])
    #expect(texts(".log status:er") == ["status:error"])
    #expect(texts(".log dir:") == ["dir:in", "dir:out"])
    #expect(texts(".export ha") == ["har"])
    #expect(texts(".sav") == [".save"])
  }
}
