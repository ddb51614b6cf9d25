import Testing
import Wire

@Suite struct TargetTests {
  @Test(arguments: [
    ("http://localhost:8545", Target.http("http://localhost:8545")),
    ("  https://example.com/rpc?x=1 ", .http("https://example.com/rpc?x=1")),
    ("HTTP://example.com", .http("HTTP://example.com")),
    ("http://[::1]:80/x", .http("http://[::1]:80/x")),
    ("http://u:p@h/", .http("http://u:p@h/")),
    ("unix:/run/x.sock", .unix(path: "/run/x.sock")),
    ("unix:///run/x.sock", .unix(path: "/run/x.sock")),
    ("unix:relative path.sock", .unix(path: "relative path.sock")),
    ("tcp:localhost:6640", .tcp(host: "localhost", port: 6640)),
    ("tcp://10.0.0.1:6640", .tcp(host: "10.0.0.1", port: 6640)),
    ("tcp:[::1]:6640", .tcp(host: "::1", port: 6640)),
    ("stdio:cat", .child(["cat"])),
    ("stdio: ruff  server --preview", .child(["ruff", "server", "--preview"])),
    ("stdio:sh -c 'echo \"a b\" $X'", .child(["sh", "-c", "echo \"a b\" $X"])),
    ("stdio:a\\ b", .child(["a b"])),
  ])
  func readsTargets(text: String, expected: Target) throws {
    let target = try Target(parsing: text)
    #expect(target == expected)
    if case .http = target { return }
    #expect(try Target(parsing: target.description) == target)
  }

  @Test(arguments: [
    ("", "no target"),
    ("localhost:8545", "http://localhost:8545 or tcp:localhost:8545"),
    (":8545", "http://localhost:8545 or tcp:localhost:8545"),
    ("8545", "http://localhost:8545 or tcp:localhost:8545"),
    ("[::1]:8545", "http://[::1]:8545 or tcp:[::1]:8545"),
    ("http:8545", "http://http:8545 or tcp:http:8545"),
    ("example.com/rpc", "http://example.com/rpc"),
    ("localhost:8545/rpc", "http://localhost:8545/rpc"),
    ("user:secret@example.com", "http://example.com"),
    ("example.com", "http://example.com"),
    ("clangd", "stdio:clangd"),
    ("ruff server", "'stdio:ruff server'"),
    ("/run/x.sock", "unix:/run/x.sock"),
    ("./server", "stdio:./server"),
    ("ws://localhost:1/", "not supported yet"),
    ("ws://h:6680/mopidy/ws", "try http://h:6680/mopidy/rpc"),
    ("ws://tv:9090/jsonrpc", "try http://tv:8080/jsonrpc"),
    ("wss://h/api", "rpcscope -- websocat wss://h/api"),
    ("wss://localhost", "not supported yet"),
    ("ftp://example.com", "ftp: is not known"),
    ("http:/localhost:1", "http://localhost:1"),
    ("https:example.com/x", "https://example.com/x"),
    ("http://", "no host"),
    ("http://:80", "no host"),
    ("http://user:secret@", "no host"),
    ("http://h:99999/", "65535"),
    ("http://h:x/", "65535"),
    ("http://[::1/", "never closed"),
    ("http://a b/", "blanks"),
    ("unix:", "unix:PATH"),
    ("tcp:localhost", "tcp:HOST:PORT"),
    ("tcp:localhost:", "65535"),
    ("tcp:localhost:0", "65535"),
    ("tcp:localhost:65536", "65535"),
    ("tcp:localhost:+1", "65535"),
    ("tcp::80", "tcp:localhost:80"),
    ("tcp:::1:80", "tcp:[::1]:80"),
    ("tcp:[::1]", "tcp:HOST:PORT"),
    ("stdio:", "stdio:COMMAND"),
    ("stdio:''", "empty"),
    ("stdio:echo 'x", "single quote"),
    ("stdio:echo \"x", "double quote"),
    ("stdio:echo x\\", "backslash"),
    ("stdio:a\0b", "zero byte"),
  ])
  func saysWhatMayHaveBeenMeant(text: String, expected: String) {
    let error = #expect(throws: WireError.self) { try Target(parsing: text) }
    guard case .badTarget(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains(expected), "\(message)")
    #expect(!message.contains("secret"), "\(message)")
  }

  @Test(arguments: [
    ("http://user:pw@host:1/a@b", "http://host:1/a@b"),
    ("https://token@host", "https://host"),
    ("http://a:b@c@host/?q=@", "http://host/?q=@"),
    ("http://host/x@y", "http://host/x@y"),
  ])
  func keepsCredentialsOutOfSight(url: String, shown: String) throws {
    let target = try Target(parsing: url)
    #expect(target == .http(url))
    #expect(target.description == shown)
    #expect(target.displayName == shown)
    #expect("\(target)" == shown)
    #expect(!target.isStream)
    #expect(throws: WireError.self) { try target.makeStreamChannel() }
  }

  @Test(arguments: [
    ("clangd --log=error", FramingName.headers),
    ("/usr/lib/llvm/bin/clangd-18", .headers),
    ("ruff server", .headers),
    ("ruff check", .lines),
    ("gopls", .headers),
    ("rust-analyzer", .headers),
    ("sourcekit-lsp", .headers),
    ("pyright-langserver --stdio", .headers),
    ("npx -y typescript-language-server --stdio", .headers),
    ("env RUST_LOG=debug rust-analyzer", .headers),
    ("uvx ruff@0.5 server", .headers),
    ("cat", .lines),
    ("python3 server.py", .lines),
    ("npx", .lines),
    ("codex mcp-server", .lines),
  ])
  func knowsProgramsThatWantHeaders(command: String, framing: FramingName) throws {
    let target = try Target(parsing: "stdio:" + command)
    #expect(target.defaultFraming == framing)
    #expect(try target.makeStreamChannel().traits.framing == framing.rawValue)
  }

  @Test func socketsSpeakValuesUnlessTold() throws {
    let target = Target.tcp(host: "::1", port: 1)
    #expect(target.defaultFraming == .values)
    #expect(try target.makeStreamChannel().traits.peer == "tcp:[::1]:1")
    let told = try target.makeStreamChannel(StreamOptions(framing: .lines))
    #expect(told.traits.framing == "lines")
    #expect(Target.http("http://x").defaultFraming == nil)
    #expect(try Target.unix(path: "/x").makeStreamChannel().traits.kind == .unix)
  }
}

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("a b  c", ["a", "b", "c"]), ("", []), ("  \t\n", []),
    ("'a b' \"c d\"", ["a b", "c d"]), ("a'b'\"c\"d", ["abcd"]),
    ("'' \"\"", ["", ""]), ("\\'a\\ b", ["'a b"]),
    ("\"a\\\"b\\\\c\\$d\\`e\\n\"", ["a\"b\\c$d`e\\n"]), ("'a\\b'", ["a\\b"]),
    ("$HOME ~ * `x`", ["$HOME", "~", "*", "`x`"]), ("a\\\nb", ["ab"]),
    ("é \u{1F600}", ["é", "\u{1F600}"]), ("--x='1 2'", ["--x=1 2"]),
  ])
  func splitsAsTheShellDoes(text: String, expected: [String]) throws {
    #expect(try ShellWords.split(text) == expected)
    #expect(try ShellWords.split(ShellWords.joined(expected)) == expected)
  }

  @Test(arguments: [
    ("plain-word_1.x/y=z", "plain-word_1.x/y=z"), ("", "''"), ("a b", "'a b'"),
    ("it's", "'it'\\''s'"), ("$x", "'$x'"),
  ])
  func quotesWhatNeedsIt(word: String, quoted: String) {
    #expect(ShellWords.quoted(word) == quoted)
  }
}
