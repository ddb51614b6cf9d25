import Testing

/// Secrets that a session meets stand in nothing that is kept of it.
@Suite(.seated, .enabled(if: Installed.runs("python3"), "python3 is not installed"))
struct SecretTests {
  private static let script = "\(Installed.project)/Tests/ProgramTests/Servers/reflect.py"
  private static let formats = [
    "curl", "har", "python", "swift", "markdown", "html", "openrpc", "io",
  ]

  /// Everything that holds one of these is a leak, wherever it stands.
  private static let secrets = [
    "url-5ecret-a1", "query-5ecret-b2", "header-5ecret-c3", "cookie-5ecret-d4", "param-5ecret-e5",
    "nested-5ecret-f6", "result-5ecret-1f9c", "set-cookie-5ecret-77", "netrc-5ecret-88",
    "env-5ecret-99", "bearer-5ecret-aa", "typed-5ecret-bb", "rule-5ecret-cc", "ZZ-5ecret-dd",
    "argument-5ecret-ee", "word-5ecret-ff", "48151623", "password-5ecret-gg",
    // `ada:url-5ecret-a1`, `ada:netrc-5ecret-88` and `bob:password-5ecret-gg` as Basic has them.
    "YWRhOnVybC01ZWNyZXQtYTE=", "YWRhOm5ldHJjLTVlY3JldC04OA==",
    "Ym9iOnBhc3N3b3JkLTVlY3JldC1nZw==",
  ]

  /// What is no secret and has to be there still.
  private static let readable = ["max_tokens", "nextPageToken", "page-17", "visible-value"]

  @Test func nothingThatIsKeptHoldsASecret() async throws {
    let home = try Home()
    let server = try await LoopbackServer.start { port, _ in ["python3", Self.script, "\(port)"] }
    try home.write("netrc", "machine 127.0.0.1 login ada password netrc-5ecret-88\n")
    try await speakHTTP(server.port, home)
    try await speakToAChild(home)
    try await type(server.port, home)
    let kept = try home.files().filter { $0 != "netrc" && !$0.hasSuffix("/") }
    let recordings = kept.filter { $0.hasSuffix(".jsonl") && !$0.contains("/history/") }
    #expect(recordings.count == 6, "\(kept)")
    #expect(kept.contains { $0.contains("history") }, "\(kept)")
    var all = ""
    for file in kept { all += check(home.read(file) ?? "", file) }
    for file in recordings {
      for format in Self.formats {
        let run = try await ProgramRun.finish(["export", file, format], home: home)
        #expect(run.status == .exited(0), "\(run.errors)")
        all += check(run.output, "\(file) as \(format)")
      }
    }
    for word in Self.readable { #expect(all.contains(word), "\(word) was masked") }
  }

  /// A text, once it was looked through.
  private func check(_ text: String, _ place: String) -> String {
    for secret in Self.secrets where text.contains(secret) {
      let line = text.split(separator: "\n").first { $0.contains(secret) } ?? ""
      Issue.record("\(secret) stands in \(place): \(line.prefix(1000))")
    }
    return text
  }

  private func speakHTTP(_ port: UInt16, _ home: Home) async throws {
    let rules = ["--mask", "$.params.pin", "--mask", "/ZZ-[0-9a-z-]+/", "--mask", "licence"]
    let calls = [
      "-e", "login user=bob password=param-5ecret-e5 max_tokens=12 nextPageToken=page-17",
      "-e", #"fail {"a": [{"api_key": "nested-5ecret-f6"}], "b": "param-5ecret-e5"}"#,
      "-e", #"check {"pin": 48151623, "note": "ZZ-5ecret-dd", "licence": "rule-5ecret-cc"}"#,
      "-e", "show visible-value", "-e", ".export har exported.har", "-e", ".save saved.jsonl",
      "-e", ".set log lines.log", "-e", "login password=param-5ecret-e5",
    ]
    let url = "http://ada:url-5ecret-a1@127.0.0.1:\(port)/rpc?api_key=query-5ecret-b2"
    let headers = [
      "-H", "X-Api-Key: header-5ecret-c3", "-H", "Cookie: theme=dark; sid=cookie-5ecret-d4",
    ]
    let plain = "http://127.0.0.1:\(port)/rpc"
    for arguments in [
      headers + rules + calls + [url],
      ["call", "--record", "bearer.jsonl", "--oauth2-bearer", "bearer-5ecret-aa", plain, "show"],
      ["call", "--record", "netrc.jsonl", "--netrc-file", "netrc", plain, "fail"],
      ["call", "--record", "netrc.jsonl", "-u", "bob:password-5ecret-gg", plain, "fail"],
    ] {
      let run = try await ProgramRun.finish(arguments, home: home)
      #expect(run.output.contains("result") || run.errors.contains("refused"), "\(run.errors)")
    }
  }

  private func speakToAChild(_ home: Home) async throws {
    let run = try await ProgramRun.finish(
      [
        "-e", "show visible-value", "-e", "fail token:word-5ecret-ff", "--", "python3",
        Self.script, "--api-key", "argument-5ecret-ee",
      ], home: home, environment: ["MY_API_TOKEN": "env-5ecret-99"])
    #expect(run.output.contains("env-5ecret-99"), "\(run.output)\(run.errors)")
  }

  /// A person types secrets, which are in the history of this shell but in no file.
  private func type(_ port: UInt16, _ home: Home) async throws {
    let shell = try TerminalRun(
      ["http://ada:url-5ecret-a1@127.0.0.1:\(port)/"], columns: 150, home: home)
    try await shell.enter("login user=ada password=typed-5ecret-bb")
    try await shell.enter(".set header 'Authorization: Bearer bearer-5ecret-aa'")
    try await shell.enter("aria token:word-5ecret-ff")
    try await shell.enter(#"raw {"client_secret": "nested-5ecret-f6"}"#)
    try await shell.press(.up)
    try await shell.waitFor("nested-5ecret-f6")
    try await shell.press(.enter)
    try await shell.waitForPrompt()
    try await shell.quit()
    try await recall(port, home)
  }

  /// The next shell knows but the masks, and says so instead of sending one.
  private func recall(_ port: UInt16, _ home: Home) async throws {
    let shell = try TerminalRun(
      ["http://ada:url-5ecret-a1@127.0.0.1:\(port)/", "--no-record"], columns: 150, home: home)
    try await shell.waitForPrompt()
    for _ in 1...2 { try await shell.press(.up) }
    try await shell.waitFor(#"raw {"client_secret": "<masked"#)
    try await shell.press(.enter)
    try await shell.waitFor("type the secret again")
    try await shell.quit()
  }
}
