import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is exported does what it is for: commands and scripts get the same replies, pages open, a
/// description is understood.
@Suite(.seated) struct ExportProofTests {
  /// Calls that shells, scripts and pages take for something else, unless they are told not to.
  private static let calls = [
    "subtract 42 23", "nope [1]", ".notify echo hi", ".batch add 1 2 ; .notify echo hi ; nope",
    #"echo "it's @\"quoted\"\nsecond line \\ $HOME `id` %41 !!""#, "echo '@/etc/hostname'",
    #"echo "</script><img src=x onerror=document.title=1><!--""#, "@first 1",
    #"echo "\u202e\u0000\u001b[31mred""#, "broken.invalidUTF8", "broken.trailingComma", "é '日本 ü'",
    "{\"jsonrpc\": \"2.0\",\n \"method\": \"echo\", \"params\": [\"'\"], \"id\": \"a'b\"}",
    ".send --exact @not-a-file", ".send --exact {\"id\": 1, 'x': \\}",
  ]

  /// A session of those calls with a server of that kind, recorded.
  private func record(_ home: Home, _ target: String) async throws {
    let words = Self.calls.flatMap { ["-e", $0] }
    let run = try await ProgramRun.finish(
      ["--record", "session.jsonl", "--no-discover"] + words + [target], home: home)
    #expect(run.output.contains("19\n"), "\(run.errors)")
  }

  private func export(_ format: String, _ home: Home, to file: String) async throws {
    let run = try await ProgramRun.finish(
      ["export", "session.jsonl", format, "-o", file], home: home)
    #expect(run.status == .exited(0), "\(run.errors)")
  }

  /// The replies that are recorded, as `.io` has them.
  private func replies(_ home: Home) async throws -> [String] {
    let run = try await ProgramRun.finish(["export", "session.jsonl", "io"], home: home)
    return run.lines.filter { $0.hasPrefix("<< ") }.map { String($0.dropFirst(3)) }
  }

  private func run(_ words: [String], _ home: Home) async throws -> [String] {
    let program = try #require(Installed.path(of: words[0]))
    let run = try ProgramRun(Array(words.dropFirst()), home: home, program: program)
    run.closeInput()
    #expect(try await run.exit() == .exited(0), "\(run.errorText)")
    return run.outputText.split(separator: "\n").map(String.init)
  }

  @Test(
    .enabled(if: Installed.runs("curl", "python3"), "curl or python3 is not installed"),
    arguments: [["sh"], ["bash"], ["python3", "-I", "-S"]])
  func scriptsGetTheSameReplies(interpreter: [String]) async throws {
    let home = try Home()
    let server = try await ServedProgram.start("--quiet")
    try await record(home, server.url)
    let format = interpreter[0] == "python3" ? "python" : "curl"
    try await export(format, home, to: "script")
    let lines = try await run(interpreter + ["script"], home)
    #expect(lines == (try await replies(home)))
  }

  @Test(
    .enabled(if: Installed.runs("python3"), "python3 is not installed"),
    arguments: ["lines", "headers", "values", "netstring"])
  func scriptsSpeakEveryFraming(framing: String) async throws {
    let home = try Home()
    let server = try await ServedProgram.start(
      "--quiet", "--tcp", "127.0.0.1:0", "--framing", framing)
    let run = try await ProgramRun.finish(
      [
        "--record", "session.jsonl", "--no-discover", "--framing", framing, "-e", "subtract 42 23",
        "-e", "echo 'a\nb'", "-e", ".notify echo hi", "-e", "nope", server.url,
      ], home: home)
    #expect(run.output.contains("19\n"), "\(run.errors)")
    try await export("python", home, to: "script")
    let lines = try await self.run(["python3", "-I", "-S", "script"], home)
    #expect(lines == (try await replies(home)))
    #expect(lines.count == 3)
  }

  /// The page runs no text of a server's, needs no network, and finds what is looked for.
  @Test(.enabled(if: Browser.runs, "chromium is not installed, or has too little room"))
  func thePageIsSearchedInABrowser() async throws {
    let home = try Home()
    let server = try await ServedProgram.start("--quiet")
    try await record(home, server.url)
    try await export("html", home, to: "page.html")
    func shown(_ query: String) async throws -> (count: Int, title: String) {
      let browser = try ProgramRun(
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
          "--user-data-dir=\(home.path)/browser", "--host-resolver-rules=MAP * ~NOTFOUND",
          "--dump-dom", "file://\(home.path)/page.html#\(query)",
        ], home: home, program: try #require(Installed.path(of: "chromium")))
      let status = try await browser.exit(within: 120)
      #expect(status == .exited(0), "\(status) \(browser.errorText)")
      let page = browser.outputText
      let items = page.split(separator: "<details").dropFirst()
      #expect(items.count == Self.calls.count, "\(page.prefix(3000))")
      #expect(!page.contains("<img"))
      let title = page.split(separator: "<title>").last.flatMap { $0.split(separator: "<").first }
      let visible = items.filter { !$0.prefix { $0 != ">" }.contains("hidden") }
      return (visible.count, String(title ?? ""))
    }
    let all = try await shown("")
    #expect(all.count == Self.calls.count)
    #expect(all.title == server.url)
    #expect(try await shown("status:invalid").count == 2)
    #expect(try await shown("method:broken.*%20!comma").count == 1)
    #expect(try await shown("onerror").count == 1)
    #expect(try await shown("nowhere-to-be-found").count == 0)
  }

  /// A description that was inferred gives completion, types and help.
  @Test func aDescriptionOfTheTrafficIsUnderstood() async throws {
    let home = try Home()
    let server = try await ServedProgram.start("--quiet")
    let run = try await ProgramRun.finish(
      [
        "--record", "session.jsonl", "--no-discover", "-e", "subtract minuend=42 subtrahend=23",
        "-e", "subtract minuend=1.5", "-e", "echo 'a'", "-e", "nope", server.url,
      ], home: home)
    #expect(run.output.contains("19\n"), "\(run.errors)")
    try await export("openrpc", home, to: "api.json")
    let shell = try TerminalRun(
      ["--openrpc", "api.json", "--no-discover", server.url], columns: 110, home: home)
    try await shell.waitFor("2 methods")
    let help = try await shell.enter(".describe subtract")
    #expect(help.contains("minuend") && help.contains("number"), "\(help)")
    try await shell.type("sub\tminu\t7 subt\t2")
    #expect(try await shell.submit().contains("\n5"))
    try await shell.quit()
  }

  /// The test compiles against the modules as they were built.
  @Test(.enabled(if: Modules.areThere, "the modules or swiftc are not there"))
  func theSwiftTestCompiles() async throws {
    let home = try Home()
    let server = try await ServedProgram.start("--quiet")
    try await record(home, server.url)
    for target in ["session.jsonl", "stream.jsonl"] {
      if target == "stream.jsonl" {
        _ = try await ProgramRun.finish(
          ["demo", "--record", target, "-e", "add 1 2"], home: home)
      }
      let run = try await ProgramRun.finish(
        ["export", target, "swift", "-o", "T.swift"], home: home)
      #expect(run.status == .exited(0), "\(run.errors)")
      let compiler = try ProgramRun(
        [
          "-typecheck", "-swift-version", "6", "-I", Modules.folder, "-plugin-path",
          Modules.plugins, "-module-cache-path", "\(home.path)/cache",
        ] + Modules.maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] } + ["T.swift"], home: home,
        program: try #require(Modules.compiler))
      #expect(try await compiler.exit(within: 300) == .exited(0), "\(compiler.errorText)")
    }
  }
}

/// Chromium, which reserves more addresses than a limit may leave it.
private enum Browser {
  static var runs: Bool {
    var limit = rlimit()
    #if canImport(Glibc)
      getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      getrlimit(RLIMIT_AS, &limit)
    #endif
    return Installed.has("chromium") && limit.rlim_cur > 1 << 40
  }
}

/// What a file needs to be compiled as one of the package's own tests is.
private enum Modules {
  static let folder =
    BuiltProgram.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/Modules"
  /// The maps of the C modules below ours.
  static let maps = ["CCurl", "CByteScan"].map {
    "\(folder.dropLast("Modules".count))\($0).build/module.modulemap"
  }
  static let compiler = Installed.path(of: "swiftc")
  static let plugins = "\((compiler ?? "").dropLast("/bin/swiftc".count))/lib/swift/host/plugins"

  static let areThere =
    compiler != nil && access("\(folder)/Session.swiftmodule", R_OK) == 0
    && access("\(plugins)/libTestingMacros.so", R_OK) == 0
}
