import LosslessJSON
import Recording
import Session
import Terminal
import TestFolders
import Testing

@testable import Shell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Recordings on the screen", .timeLimit(.minutes(2)))
struct RecordingReadingTests {
  /// Runs something on a screen of its own, and gives what it wrote.
  private static func shown(
    _ body: (Screen) throws -> Void
  ) throws -> (output: String, error: String) {
    let folder = try TemporaryFolder()
    let descriptors = ["output", "error"].map {
      open("\(folder.path)/\($0)", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }
    defer { for descriptor in descriptors { close(descriptor) } }
    try body(
      Screen(color: .never, outputDescriptor: descriptors[0], errorDescriptor: descriptors[1]))
    return (try folder.read("output"), try folder.read("error"))
  }

  private static func session() async throws -> (KeptShell, String) {
    let kept = try await KeptShell()
    try await kept.run(
      "subtract 42 23", "fail", "progress 1", "stderr 'a warning'",
      ".call --timeout 20ms silent", "raw '{}'")
    return (kept, try #require(try kept.sessions.list().first))
  }

  @Test("prints like the live log")
  func show() async throws {
    let (kept, path) = try await Self.session()
    defer { withExtendedLifetime(kept) {} }
    let text = try Self.shown { try ShowRecording().run(path, screen: $0) }
    let lines = text.output.split(separator: "\n").map(String.init)
    let request = #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#
    #expect(lines.first?.hasPrefix("--> \(request) (#1, ") == true)
    #expect(lines[1].hasPrefix(#"<-- {"jsonrpc": "2.0", "result": 19, "id": 1} ("#))
    for words in [
      #"<-- notification {"jsonrpc": "2.0", "method": "progress", "params": [50]} ("#,
      "stderr| a warning\n", "no reply: none came within 0.02", "error[",
    ] {
      #expect(text.output.contains(words), "\(words) in \(text.output)")
    }
    #expect(text.error.hasPrefix("tcp:127.0.0.1:1 · "))
    #expect(text.error.hasSuffix(" · rpcscope test\n"))
  }

  @Test("prints what filters let pass, the last ones, or JSON")
  func filters() async throws {
    let (kept, path) = try await Self.session()
    defer { withExtendedLifetime(kept) {} }
    var show = ShowRecording()
    show.filter = ["status:error"]
    #expect(try Self.shown { try show.run(path, screen: $0) }.output.contains("it failed"))
    #expect(
      try Self.shown { try show.run(path, screen: $0) }.output.split(separator: "\n").count == 2)
    show.filter = []
    show.count = 1
    let last = try Self.shown { try show.run(path, screen: $0) }.output
    #expect(last.contains(#""method": "raw""#))
    #expect(!last.contains("subtract"))
    show = ShowRecording()
    show.isJSON = true
    let records = try Self.shown { try show.run(path, screen: $0) }.output
      .split(separator: "\n").map { try JSON(reading: $0) }
    #expect(records.count == 7)
    #expect(records.first?["result"]?.text == "19")
    show.filter = ["nothing holds this"]
    #expect(try Self.shown { try show.run(path, screen: $0) } == ("", "no exchange is meant\n"))
  }

  @Test("leaves a torn last line out and says so")
  func torn() async throws {
    let (kept, path) = try await Self.session()
    await kept.shell.interpreter.disconnect()
    let file = try #require(fopen(path, "a"))
    fputs("{\"n\":99", file)
    fclose(file)
    let text = try Self.shown { try ShowRecording().run(path, screen: $0) }
    #expect(text.error.contains("the last line is torn or being written: 7 bytes left out"))
    #expect(text.output.contains("subtract"))
  }

  @Test("reads the logs of other programs")
  func imports() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "other.log",
      """
      --> {"jsonrpc": "2.0", "method": "ping", "id": 1}
      <-- {"jsonrpc": "2.0", "result": "pong", "id": 1}

      """)
    let path = folder.path + "/other.log"
    let text = try Self.shown { try ShowRecording().run(path, screen: $0) }.output
    #expect(text.contains(#"<-- {"jsonrpc": "2.0", "result": "pong", "id": 1}"#))
    var following = ShowRecording()
    following.isFollowing = true
    #expect(throws: Complaint.self) {
      _ = try Self.shown { try following.run(path, screen: $0) }
    }
  }

  @Test("last and numbers mean sessions of the folder, the newest first")
  func names() async throws {
    let (kept, newest) = try await Self.session()
    try kept.shell.folder.write("sessions/20010101-000000-old.jsonl", "")
    let old = kept.sessions.path + "/20010101-000000-old.jsonl"
    for (word, path) in [
      ("last", newest), ("1", newest), ("2", old), ("./1", "./1"), ("a.har", "a.har"),
      ("0", "0"),
    ] {
      #expect(try RecordingPath.of(word, in: kept.sessions) == path)
    }
    #expect(throws: Complaint.self) { try RecordingPath.of("3", in: kept.sessions) }
    #expect(throws: Complaint.self) {
      try RecordingPath.of("last", in: RecordingFolder(path: "/no/such/folder"))
    }
  }

  @Test("lists sessions with how many exchanges and errors they hold")
  func list() async throws {
    let (kept, path) = try await Self.session()
    try kept.shell.folder.write("sessions/20010101-000000-old.jsonl", "no recording")
    let text = try Self.shown { try SessionList(folder: kept.sessions).run(screen: $0) }.output
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.count == 3)
    #expect(rows[0] == ["#", "when", "target", "exchanges", "errors", "size", "file"])
    #expect(rows[1].first == "1")
    #expect(Array(rows[1].suffix(6).prefix(3)) == ["tcp:127.0.0.1:1", "7", "3"])
    #expect(rows[1].last == path)
    #expect(rows[2].contains("can't"))
    var list = SessionList(folder: kept.sessions)
    list.isJSON = true
    let json = try Self.shown { try list.run(screen: $0) }.output
    let record = try JSON(reading: json.split(separator: "\n")[0])
    #expect(record["exchanges"]?.int == 7)
    #expect(record["errors"]?.int == 3)
    #expect(record["path"]?.string == path)
    let none = try Self.shown {
      try SessionList(folder: RecordingFolder(path: "/no/such")).run(screen: $0)
    }
    #expect(none.error.contains("no session was kept yet"))
  }

  @Test("compares two recordings")
  func compare() async throws {
    let (kept, _) = try await Self.session()
    let (one, two) = (kept.path("one.jsonl"), kept.path("two.jsonl"))
    try await kept.run(
      ".save \(one) 1..4", "subtract 42 23", "fail", ".save \(two) method:subtract|fail 7..")
    var status = ExitStatus.ok
    let text = try Self.shown { status = try CompareRecordings().run(one, two, screen: $0) }
    #expect(status == .differed)
    let counts = text.error.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(counts.contains(["same", "2", "2"]), "\(text.error)")
    #expect(counts.contains(["missing", "2", "–"]), "\(text.error)")
    let same = try Self.shown { status = try CompareRecordings().run(one, one, screen: $0) }
    #expect(status == .ok)
    #expect(same.output == "")
    var ignoring = CompareRecordings()
    ignoring.filter = ["method:echo"]
    try await kept.run("echo {\"at\": 1}", ".save \(one) method:echo")
    try await kept.run("echo {\"at\": 2}", ".save \(two) method:echo 11..")
    #expect(
      try Self.shown { status = try ignoring.run(one, two, screen: $0) }.output
        .contains("    result.at\n    - 1\n    + 2\n"))
    #expect(status == .differed)
    ignoring.comparison.ignored = ["$.at"]
    _ = try Self.shown { status = try ignoring.run(one, two, screen: $0) }
    #expect(status == .ok)
  }

  @Test("exports a recording")
  func export() async throws {
    let (kept, path) = try await Self.session()
    defer { withExtendedLifetime(kept) {} }
    var export = ExportRecording()
    export.filter = ["1"]
    let text = try Self.shown { try export.run(path, as: "markdown", screen: $0) }.output
    #expect(text.contains("subtract"))
    #expect(!text.contains("it failed"))
    #expect(throws: Complaint.self) {
      _ = try Self.shown { try export.run(path, as: "tea", screen: $0) }
    }
  }
}
