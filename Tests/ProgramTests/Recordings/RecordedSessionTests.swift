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

  @Test func keepsWhatTheSettingsSay() async throws {
    let home = try Home()
    let run = try await ProgramRun.finish(
      [
        "demo", "-e", "add 1 1", "-e", ".set record off", "-e", "add 2 2", "-e",
        ".set record part.jsonl", "-e", "add 3 3", "-e", ".set record on", "-e", "add 4 4", "-e",
        ".set record",
      ], home: home)
    #expect(run.output == "2\n4\n6\n8\non\n", "\(run.errors)")
    let part = try await ProgramRun.finish(["export", "part.jsonl", "io"], home: home)
    #expect(part.output.contains("[3, 3]"))
    #expect(part.lines.count == 2, "\(part.output)")
    func sessions() throws -> [String] {
      try home.files().filter { $0.hasPrefix(Self.folder + "/") }
    }
    let kept = try sessions().compactMap { home.read($0) }.joined()
    for (call, isKept) in [
      ("[1, 1]", true), ("[2, 2]", false), ("[3, 3]", false), ("[4, 4]", true),
    ] { #expect(kept.contains(call) == isKept, "\(call)") }
    for number in 1...3 {
      let run = try await ProgramRun.finish(
        ["demo", "-e", "add \(number) 7"], home: home, environment: ["RPCSCOPE_KEEP": "2"])
      #expect(run.status == .exited(0), "\(run.errors)")
    }
    #expect(try sessions().count == 2)
    let off = try await ProgramRun.finish(
      ["demo", "-e", "add 1 2"], home: home, environment: ["RPCSCOPE_RECORD": "off"])
    #expect(off.status == .exited(0))
    #expect(try sessions().count == 2)
    let wrong = try await ProgramRun.finish(
      ["demo", "--mask", "/[/", "-e", "add 1 2"], home: home)
    #expect(wrong.status == .exited(2))
    #expect(wrong.errors.contains("no regular expression"), "\(wrong.errors)")
  }

  /// Files of other programs are masked on their way out, and inspected exchange by exchange.
  @Test func takesWhatOtherProgramsKept() async throws {
    let home = try Home()
    try home.write(
      "browser.har",
      #"""
      {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
      {"startedDateTime": "2026-11-21T15:00:00Z", "time": 5, "timings": {}, "cache": {}, "request":
      {"method": "POST", "url": "http://h/rpc", "httpVersion": "HTTP/1.1", "headers": [
      {"name": "Authorization", "value": "Bearer browser-5ecret"}], "postData": {"mimeType": "",
      "text": "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":{\"password\":\"hunter22\"},\"id\":1}"}},
      "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [
      {"name": "Content-Type", "value": "application/json"}], "content": {"size": 9, "mimeType":
      "application/json", "text": "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":\"1\",}"}}}]}}
      """#)
    for format in ["curl", "har", "python", "html"] {
      let run = try await ProgramRun.finish(["export", "browser.har", format], home: home)
      #expect(run.status == .exited(0), "\(run.errors)")
      #expect(run.errors.contains("--no-mask"), "\(run.errors)")
      #expect(!run.output.contains("browser-5ecret") && !run.output.contains("hunter22"))
    }
    let open = try await ProgramRun.finish(
      ["export", "browser.har", "curl", "--no-mask"], home: home)
    #expect(open.output.contains("Bearer browser-5ecret"), "\(open.errors)")
    let inspect = try await ProgramRun.finish(["inspect", "browser.har"], home: home)
    #expect(inspect.status == .exited(5), "\(inspect.output)\(inspect.errors)")
    #expect(inspect.output.contains("error[json.trailing-comma]"), "\(inspect.output)")
    #expect(inspect.output.contains("2 errors, no warnings in one exchange"), "\(inspect.output)")
    let json = try await ProgramRun.finish(["inspect", "--json", "browser.har"], home: home)
    #expect(json.output.contains(#""rule": "rpc.id-mismatch""#), "\(json.output)")
    try home.write("out", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}\n")
    try home.write("in", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}\n")
    let both = try await ProgramRun.finish(["show", "out+in"], home: home)
    #expect(both.output.contains("\"method\":\"a\"} (#1)\n<-- {"), "\(both.output)\(both.errors)")
    let diff = try await ProgramRun.finish(["diff", "browser.har", "browser.har"], home: home)
    #expect(diff.status == .exited(0), "\(diff.output)\(diff.errors)")
  }

  @Test func logsLikeTheLiveLogOnDemand() async throws {
    let home = try Home()
    let run = try await ProgramRun.finish(
      [
        "demo", "-e", "subtract 42 23", "-e", "nope", "-e", "add 1 2", "-e",
        ".log --full method:subtract|nope status:ok", "-e", ".log --full 2 > all.txt", "-e",
        ".log status:error | head -1",
      ], home: home)
    #expect(run.status == .exited(1), "\(run.errors)")
    let log = run.output.split(separator: "\n").filter {
      $0.hasPrefix("-->") || $0.hasPrefix("<--")
    }
    #expect(log.count == 2, "\(run.output)")
    #expect(log[0].contains("[42, 23]") && log[1].contains("\"result\": 19"))
    let file = home.read("all.txt") ?? ""
    #expect(file.split(separator: "\n").count == 4, "\(file)")
    #expect(file.contains("nope") && file.contains("\"result\": 3"))
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
    try home.write("other.jsonl", home.read("live.jsonl") ?? "")
    #expect(rename("\(home.path)/other.jsonl", "\(home.path)/live.jsonl") == 0)
    let deadline = ContinuousClock.now + .seconds(20)
    while !show.errorText.contains("another file"), ContinuousClock.now < deadline {
      try await show.waitFor("[5, 3]")
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(show.errorText.contains("another file has taken the name"), "\(show.errorText)")
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
