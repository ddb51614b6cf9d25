import TestScreens
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sessions of the program that are kept, listed, shown, compared and exported.
@Suite(.seated) struct RecordedSessionTests {
  private static let folder = "state/rpcscope/sessions"

  @Test func keepsListsAndShowsASession() async throws {
    let home = try Home()
    for _ in 1...2 {
      let run = try await ProgramRun.finish(
        ["demo", "-e", "subtract 42 23", "-e", "nope"], home: home)
      #expect(run.output == "19\n", "\(run.errors)")
    }
    let list = try await ProgramRun.finish(["sessions"], home: home)
    #expect(list.status == .exited(0), "\(list.errors)")
    #expect(list.lines.count == 3)
    #expect(list.lines[1].contains("\(home.path)/\(Self.folder)/"))
    #expect(list.lines[1].contains("demo-server"))
    for word in ["last", "1", "2"] {
      let show = try await ProgramRun.finish(["show", word], home: home)
      #expect(show.status == .exited(0), "\(show.errors)")
      #expect(show.output.contains(#""result": 19, "id": "#))
      #expect(show.output.contains(#""code": -32601"#))
    }
    let errors = try await ProgramRun.finish(
      ["show", "last", "status:error", "--json"], home: home)
    #expect(errors.lines.count == 1)
    #expect(errors.output.contains(#""method": "nope""#))
    let same = try await ProgramRun.finish(["diff", "2", "1"], home: home)
    #expect(same.status == .exited(0), "\(same.output)\(same.errors)")
    let other = try await ProgramRun.finish(["demo", "-e", "subtract 42 22"], home: home)
    #expect(other.status == .exited(0))
    let different = try await ProgramRun.finish(["diff", "2", "last"], home: home)
    #expect(different.status == .exited(6))
    #expect(different.output.contains("    result\n    - 19\n    + 20\n"), "\(different.output)")
    let export = try await ProgramRun.finish(["export", "2", "har", "-o", "s.har"], home: home)
    #expect(export.status == .exited(0), "\(export.errors)")
    let again = try await ProgramRun.finish(["show", "s.har"], home: home)
    #expect(again.output.contains(#""method": "subtract""#), "\(again.errors)")
  }

  @Test func keepsOnlyWhatIsWanted() async throws {
    let home = try Home()
    let off = try await ProgramRun.finish(["demo", "--no-record", "-e", "add 1 2"], home: home)
    #expect(off.status == .exited(0))
    let server = try ScriptedServer.http(body: #"{"jsonrpc":"2.0","id":1,"result":true}"#)
    _ = try await ProgramRun.finish(["call", server.url, "ping"], home: home)
    let list = try await ProgramRun.finish(["sessions"], home: home)
    #expect(list.output.isEmpty)
    #expect(list.errors.contains("no session was kept yet"))
    #expect(access("\(home.path)/\(Self.folder)", F_OK) != 0)
    let call = try await ProgramRun.finish(
      ["call", "--record", "one.jsonl", "-u", "me:s3cr3t-w0rd", server.url, "ping"], home: home)
    #expect(call.output == "true\n", "\(call.errors)")
    let text = home.read("one.jsonl") ?? ""
    #expect(text.contains("ping"))
    for secret in ["s3cr3t-w0rd", "bWU6czNjcjN0LXcwcmQ="] { #expect(!text.contains(secret)) }
    let show = try await ProgramRun.finish(["show", "one.jsonl"], home: home)
    #expect(show.output.contains("(200 OK, "), "\(show.errors)")
    let both = try await ProgramRun.finish(
      ["demo", "--record", "x", "--no-record", "-e", "add 1 2"], home: home)
    #expect(both.status == .exited(2))
  }

  /// What was on the screen is in the file, even if nobody could say goodbye.
  @Test func survivesBeingKilled() async throws {
    let run = try ProgramRun(["demo"])
    try await run.write("subtract 42 23\n")
    try await run.waitFor("19\n")
    run.signal(SIGKILL)
    _ = try await run.exit()
    let show = try await ProgramRun.finish(["show", "last"], home: run.home)
    #expect(show.output.contains(#""result": 19"#), "\(show.errors)")
  }

  @Test func followsASessionThatGoesOn() async throws {
    let home = try Home()
    let shell = try ProgramRun(["demo", "--record", "live.jsonl"], home: home)
    try await shell.write("subtract 42 23\n")
    try await shell.waitFor("19\n")
    let show = try ProgramRun(["show", "live.jsonl", "-f", "method:subtract"], home: home)
    try await show.waitFor("[42, 23]")
    try await shell.write("echo never\nsubtract 5 3\n")
    try await show.waitFor("[5, 3]")
    #expect(!show.outputText.contains("never"))
    show.signal(SIGINT)
    _ = try await show.exit()
    shell.closeInput()
    #expect(try await shell.exit() == .exited(0))
  }

  @Test func saysWhatItCannotRead() async throws {
    let home = try Home()
    try home.write("letter.txt", "Dear all,\n")
    let table: [([String], String)] = [
      (["show", "nowhere.jsonl"], "there is no file nowhere.jsonl"),
      (["show", "letter.txt"], "letter.txt is no session that can be read"),
      (["show", "last"], "no session was kept yet"),
      (["show", "letter.txt", "status:nope"], "there is no status nope"),
      (["export", "letter.txt", "tea"], "there is no format tea"),
      (["diff", "letter.txt", "letter.txt", "--ignore", "$["], "the path $["),
    ]
    for (arguments, words) in table {
      let run = try await ProgramRun.finish(arguments, home: home)
      #expect(run.status == .exited(2), "\(arguments)")
      #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  /// A person saves, compares and filters without leaving the shell.
  @Test func comparesInATerminal() async throws {
    let shell = try TerminalRun(["demo"])
    try await shell.enter("echo [[1, 2]]")
    try await shell.enter("echo [[1, 3]]")
    let log = try await shell.enter(".log method:echo status:ok")
    let numbers = log.split(separator: "\n").dropFirst().compactMap { line in
      Int(line.drop { $0 == " " }.prefix { $0 != " " })
    }
    #expect(numbers.count == 2, "\(log)")
    let words = numbers.map { "\($0)" }.joined(separator: " ")
    let diff = try await shell.enter(".diff \(words)")
    #expect(diff.contains("- 2") && diff.contains("+ 3"), "\(diff)")
    let saved = try await shell.enter(".save mine.jsonl \(numbers[0])")
    #expect(saved.contains("1 exchange kept in mine.jsonl"), "\(saved)")
    try await shell.quit()
    #expect(shell.home.read("mine.jsonl")?.contains("[[1, 2]]") == true)
  }
}
