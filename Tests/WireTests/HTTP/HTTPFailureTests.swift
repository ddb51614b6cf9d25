import Testing

@testable import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("HTTP failures")
struct HTTPFailureTests {
  @Test func nothingListens() async throws {
    let server = ScriptedServer { _ in }
    let port = server.port
    server.stop()
    let told = try await Probe("http://127.0.0.1:\(port)/").call()
    #expect(told.order == "e")
    #expect(told.error == .connectFailed(peer: "127.0.0.1:\(port)", errno: ECONNREFUSED))
    let times = try #require(told.outcome?.timings)
    #expect(times.connected == nil)
    #expect(!times.reusedConnection)
    #expect(times.lastByte != nil)
  }

  @Test func aMissingUnixSocketNamesItsPath() async throws {
    var options = HTTPOptions()
    options.unixSocket = "/tmp/rpcscope-is-not-here"
    let told = try await Probe("http://localhost/", options).call()
    #expect(
      told.error == .connectFailed(peer: "unix:/tmp/rpcscope-is-not-here", errno: ENOENT))
  }

  @Test func anUnknownHost() async throws {
    var options = HTTPOptions()
    options.proxy = ""
    let told = try await Probe("http://nohost.invalid/", options).call()
    #expect(told.error == .unknownHost("nohost.invalid"))
  }

  @Test func aServerThatNeverAnswers() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.awaitClose()
    }
    let probe = try Probe(server)
    let told = try await probe.call("{}", SendOptions(timeout: .milliseconds(50)))
    #expect(told.error == .timedOut(after: .milliseconds(50)))
    #expect(told.order == "e")
    var options = HTTPOptions()
    options.timeout = .milliseconds(60)
    #expect(
      try await Probe(server, options).call().error == .timedOut(after: .milliseconds(60)))
  }

  @Test func aStallInTheMiddleOfABodyHandsOutWhatCame() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc")
      connection.awaitClose()
    }
    let told = try await Probe(server).call("{}", SendOptions(timeout: .milliseconds(300)))
    #expect(told.error == .timedOut(after: .milliseconds(300)))
    #expect(told.body == "abc")
  }

  @Test func aPortThatNeverAccepts() async throws {
    let full = FullListener()
    defer { full.stop() }
    var options = HTTPOptions()
    options.connectTimeout = .milliseconds(100)
    let probe = try Probe("http://127.0.0.1:\(full.port)/", options)
    let told = try await probe.call()
    #expect(
      told.error
        == .connectTimedOut(peer: "127.0.0.1:\(full.port)", after: .milliseconds(100)))
    let short = try await probe.call("{}", SendOptions(timeout: .milliseconds(40)))
    #expect(
      short.error
        == .connectTimedOut(peer: "127.0.0.1:\(full.port)", after: .milliseconds(40)))
  }

  @Test func aTimeoutOfOneSendDoesNotStayForTheNext() async throws {
    let gate = Gate()
    let server = ScriptedServer { connection in
      while let request = connection.request() {
        if request.body == Array("slow".utf8) { gate.await() }
        connection.reply("200 OK", [], "1")
      }
    }
    var options = HTTPOptions()
    options.timeout = .milliseconds(20)
    let probe = try Probe(server, options)
    #expect(try await probe.call("slow").error == .timedOut(after: .milliseconds(20)))
    let id = probe.start("slow", SendOptions(timeout: .zero))
    try await probe.wait { _ in server.requests.count == 2 ? true : nil }
    try await Task.sleep(for: .milliseconds(60))  // longer than the channel's own limit
    gate.open()
    #expect(try await probe.end(of: id).error == nil)
  }

  @Test(arguments: [
    "", "host", "ftp://host/", "http://", "http:///path", "http://host:99999/", "http://host:x/",
    "http://[::1/", "http://ho st/", "http://host/\n", "tcp:1:2", "http://host:0/",
  ])
  func aTextThatIsNoURL(_ text: String) {
    #expect {
      _ = try HTTPChannel(url: text)
    } throws: { error in
      if case .badTarget? = error as? WireError { true } else { false }
    }
  }

  @Test(arguments: [
    ("http://h", "h", 80, "http://h"), ("HTTPS://h/x?a#b", "h", 443, "https://h/x?a#b"),
    ("http://u:p%40@h:81/p@q", "h", 81, "http://h:81/p@q"),
    ("http://a@b@[::1]:5/", "::1", 5, "http://[::1]:5/"), ("http://h:?x", "h", 80, "http://h:?x"),
  ])
  func aURLTakenApart(_ text: String, _ host: String, _ port: Int, _ url: String) throws {
    let address = try HTTPAddress(text)
    #expect((address.host, address.port, address.url) == (host, port, url))
  }

  @Test func aMissingLibraryNamesItsPackage() async throws {
    let probe = try Probe("http://127.0.0.1:1/", library: "libnotcurl.so.9", opens: false)
    let id = probe.start()
    probe.open()
    let missing = WireError.missingLibrary(name: "libnotcurl.so.9", package: "libcurl4")
    #expect(try await probe.end(of: id).error == missing)
    let reason: CloseReason = try await probe.wait { events in
      if case .closed(let reason)? = events.last { reason } else { nil }
    }
    #expect(reason == .failed(missing))
    #expect(probe.events.count == 2)
  }

  @Test func aLibraryWithoutTheFunctionsIsTooOld() async throws {
    let probe = try Probe("http://127.0.0.1:1/", library: Self.otherLibrary)
    let reason: CloseReason = try await probe.wait { events in
      if case .closed(let reason)? = events.last { reason } else { nil }
    }
    guard case .failed(.unsupported(let words)) = reason else { throw Unexpected() }
    #expect(words.contains("too old"))
  }

  @Test func aFileThatCannotBeReadClosesTheChannel() async throws {
    let missing = "/tmp/rpcscope-no-such-file"
    for change: (inout HTTPOptions) -> Void in [
      { $0.tls.certificate = missing }, { $0.tls.key = missing },
      { $0.tls.authorityFile = missing }, { $0.tls.authorityDirectory = missing },
      { $0.netrc = .file(missing) },
    ] {
      var options = HTTPOptions()
      change(&options)
      let probe = try Probe("https://127.0.0.1:1/", options)
      let reason: CloseReason = try await probe.wait { events in
        if case .closed(let reason)? = events.last { reason } else { nil }
      }
      guard case .failed(.badFile(missing, _)) = reason else { throw Unexpected() }
    }
  }

  @Test func channelHeadersThatCannotBeSentCloseTheChannel() async throws {
    var options = HTTPOptions()
    options.headers = [HeaderField("A B", "1")]
    let probe = try Probe("http://127.0.0.1:1/", options)
    let reason: CloseReason = try await probe.wait { events in
      if case .closed(let reason)? = events.last { reason } else { nil }
    }
    guard case .failed(.unsupported) = reason else { throw Unexpected() }
  }

  private static var otherLibrary: String {
    #if canImport(Glibc)
      "libm.so.6"
    #else
      "/usr/lib/libSystem.B.dylib"
    #endif
  }
}

/// A port whose queue of connections is full, so that no further one is made.
private struct FullListener {
  let port: UInt16
  private let descriptors: [Int32]

  init() {
    let listener = ScriptedServer.listenLoopback(backlog: 0)
    port = ScriptedServer.port(of: listener)
    var descriptors = [listener]
    for _ in 0..<8 { descriptors.append(ScriptedServer.connectLoopback(port)) }
    self.descriptors = descriptors
  }

  func stop() { for descriptor in descriptors { close(descriptor) } }
}
