import Catalog
import LosslessJSON
import Terminal
import TestChannels
import TestFolders
import Testing
import Wire

@testable import Shell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole sessions as they stand on the screen: each line behind `> `, then what it brought.
@Suite("Sessions on the screen", .timeLimit(.minutes(2)))
struct SessionScreenTests {
  private static let golden = Golden(beside: #filePath, up: 2)

  private static func screen(
    _ kind: ChannelTraits.Kind, _ lines: [String], methods: [Method] = [],
    color: ColorChoice = .never
  ) async throws -> String {
    let shell = try ShellHarness(kind, methods: methods, isOneScreen: true, color: color)
    shell.interpreter.settings.update { $0.log = .on }
    var screen = ""
    for line in lines {
      let outcome = try await shell.run(line)
      screen += "> \(line)\n\(outcome.output)"
    }
    return scrubbed(screen.replacing(shell.folder.path, with: "/tmp/folder"))
  }

  /// Clock figures are no part of what is compared, nor the blanks that fill up to them.
  private static func scrubbed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isBar = line.contains("█")
      let words = isBar ? line.prefix { $0 != "█" } : line
      return String(words).replacing(#/ *\b[0-9][0-9.]* (µs|ms|s)\b/#, with: " T")
        .replacing(#/ +time\b/#, with: " time")
        .replacing(#/ +$/#, with: "") + (isBar ? " █" : "")
    }.joined(separator: "\n")
  }

  @Test("a first session on a socket")
  func socket() async throws {
    let screen = try await Self.screen(
      .tcp,
      [
        "subtract 42 23", "x = get", "$x.a[1].b", "echo $x.a", "get | .a[0]", "get | .nope",
        "get | cat > /dev/null", ".notify log level=info", "fail", "nosuch 1", "subtarct 1 2",
        ".hlep",
        "exit", ".batch subtract 42 23 ; .notify log hi ; nosuch ; echo 'a b'",
        "{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"id\": 1.0}", "{broken", "progress 1",
        "stderr 'a warning of the server'", ".call --id abc echo", ".call --timeout 20ms silent",
        ".last request", ".last raw", ".last hex", ".last wire", ".last all", ".last nope",
        ".show 1 wire", ".show 1 headers", ".show 1", ".show 1 findings",
        ".show 99", ".show", ".vars", "die", "subtract 2 1", "# a remark", "",
      ])
    #expect(Self.golden.difference("session-socket", screen) == nil)
  }

  @Test("a session over HTTP")
  func http() async throws {
    let screen = try await Self.screen(
      .http,
      [
        "subtract 42 23", ".last headers", ".last timing", ".timing",
        "status 404 'Not Found' '<html>\n<h1>gone</h1>'", ".last", ".last headers",
        ".last findings", "status 500 Oops ''", "status 401 Unauthorized 'who are you?'",
        "raw '{\"jsonrpc\": \"2.0\", \"result\": 1, \"id\": 7}'", ".last findings",
        "raw '{\"jsonrpc\": \"2.0\", \"result\": [1, 2,], \"id\": 1}'", "raw 'Hello'",
        ".call --header 'X-Trace: 1' echo", ".notify log x", ".last wire", ".last hex",
        ".show 1 hex", ".show 1 hex | head -1", ".show 1 wire | .x", ".help last",
      ])
    #expect(Self.golden.difference("session-http", screen) == nil)
  }

  @Test("what the server told, help and settings")
  func commands() async throws {
    var odd = Method("odd \u{1b}name")
    odd.summary = "two\nlines"
    odd.isDeprecated = true
    let screen = try await Self.screen(
      .child,
      [
        ".target", ".methods", ".methods sub*", ".methods zzz", ".methods | cat > /dev/null",
        ".describe subtract", ".describe subtarct", ".describe log", "subtract 1", "! subtract 1",
        "subtract minuend=5 2", "log hello", ".help", ".help call", ".help .set", ".help nope",
        ".help call | head -1",
        ".set roots /srv/project", ".set", ".set timeout 2m", ".set timeout", ".set timeout x",
        ".set nope 1",
        ".set tiemout 1",
        ".set log off", ".set log", ".set id uuid", ".set id", ".set id decimal,start=7",
        "echo 1", ".set jsonrpc 1.0", "echo 1", ".set jsonrpc 3", ".set lines 0",
        ".set check maybe",
        ".history", ".log x", ".log 0",
      ], methods: [TestMethods.subtract, TestMethods.log, odd])
    #expect(Self.golden.difference("session-commands", screen) == nil)
  }

  @Test("colours where they are wanted")
  func colours() async throws {
    let screen = try await Self.screen(
      .tcp, ["get", "fail", ".batch echo 1 ; nosuch", ".nope", "progress 1"], color: .always)
    #expect(screen.contains("\u{1b}["))
    #expect(
      Self.golden.difference("session-colours", screen.replacing("\u{1b}", with: "␛")) == nil)
  }

  @Test("the log of exchanges")
  func log() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(".log").error.contains("nothing was exchanged yet"))
    for line in ["subtract 2 1", "fail", ".notify log 1", "progress 1"] {
      _ = try await shell.run(line)
    }
    let rows = try await shell.run(".log").output.split(separator: "\n").map(String.init)
    #expect(rows.count == 6)
    for (row, words) in zip(
      rows.dropFirst(),
      [["1", "subtract", "ok"], ["2", "fail", "error -32000"], ["3", "log", "sent"]])
    {
      for word in words { #expect(row.contains(word), "\(row)") }
    }
    let short = try await shell.run(".log 2").output
    #expect(short.contains("… 3 before; `.log 5` shows all"))
  }

  @Test("log lines go to a file when told to")
  func logFile() async throws {
    let shell = try ShellHarness()
    let path = shell.folder.path
    #expect(try await shell.run(".set log \(path)/wire.log").status == .ok)
    let outcome = try await shell.run("subtract 2 1")
    #expect(outcome.error == "")
    let lines = try shell.folder.read("wire.log").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first == #"--> {"jsonrpc": "2.0", "method": "subtract", "params": [2, 1], "id": 1}"#)
    #expect(lines.last?.hasPrefix(#"<-- {"jsonrpc": "2.0", "result": 1, "id": 1} ("#) == true)
    #expect(try await shell.run(".set log /no/such/folder/x").status == .usage)
  }

  @Test(
    "a log that can't be written is told of once",
    .enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"))
  func fullLog() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(".set log /dev/full").status == .ok)
    let outcome = try await shell.run("subtract 2 1")
    #expect(outcome.status == .ok && outcome.output == "1\n")
    let complaint = "error: the log /dev/full can't be written: No space left on device\n"
    #expect(outcome.error.hasPrefix(complaint), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 2, "\(outcome.error)")
    #expect(try await shell.run("subtract 2 1").error.isEmpty)
  }
}
