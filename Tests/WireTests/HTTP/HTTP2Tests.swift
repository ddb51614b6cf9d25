import Testing

@testable import Wire

private let hasTools = ServerProcess.has("openssl") && ServerProcess.has("nghttpd")

@Suite("HTTP/2", .enabled(if: hasTools, "needs openssl and nghttpd (package nghttp2-server)"))
struct HTTP2Tests {
  /// A port that was free a moment ago, since nghttpd does not tell the one it took.
  private static func start(_ words: (String) -> [String]) async throws -> (ServerProcess, String) {
    let server = ScriptedServer { _ in }
    let port = "\(server.port)"
    server.stop()
    return (try ServerProcess(words(port)), port)
  }

  private func answered(_ url: String, _ options: HTTPOptions) async throws -> (Probe, Told) {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      let probe = try Probe(url, options)
      let told = try await probe.call()
      guard case .connectFailed? = told.error, ContinuousClock.now < deadline else {
        try #require(told.error == nil)
        return (probe, told)
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test func overTLSByAgreementWithManyStreamsOnOneConnection() async throws {
    let fixture = try TLSFixture()
    _ = try fixture.folder.file("rpc", "[1]")
    let (server, port) = try await Self.start { port in
      [
        "nghttpd", "-a", "127.0.0.1", "-d", fixture.folder.path, "-m", "100", port,
        fixture.serverKey, fixture.serverCertificate,
      ]
    }
    var options = HTTPOptions()
    options.tls.authorityFile = fixture.authority
    let (probe, first) = try await answered("https://127.0.0.1:\(port)/rpc", options)
    #expect(first.head?.version == "HTTP/2")
    #expect(first.head?.status == 200)
    #expect(first.head?.reason == "")
    #expect(first.body == "[1]")
    #expect(first.error == nil)
    let ids = (0..<50).map { _ in probe.start() }
    for id in ids {
      let told = try await probe.end(of: id)
      #expect(told.body == "[1]")
      #expect(told.outcome?.timings.reusedConnection == true)
    }
    withExtendedLifetime(server) {}
  }

  @Test func withoutTLSByPriorKnowledge() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    _ = try folder.file("rpc", "[2]")
    let (server, port) = try await Self.start { port in
      ["nghttpd", "-a", "127.0.0.1", "--no-tls", "-d", folder.path, port]
    }
    var options = HTTPOptions()
    options.version = .http2PriorKnowledge
    let (_, told) = try await answered("http://127.0.0.1:\(port)/rpc", options)
    #expect(told.head?.version == "HTTP/2")
    #expect(told.body == "[2]")
    withExtendedLifetime(server) {}
  }
}

/// Frames written by hand, so that the server can break off where a real one would not.
@Suite("HTTP/2 by hand")
struct HTTP2FrameTests {
  fileprivate static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ bytes: [UInt8])
    -> [UInt8]
  {
    [0, 0, UInt8(bytes.count), type, flags, 0, 0, 0, stream] + bytes
  }

  /// Settings, and on stream 1 the head of a 200 and the first bytes of its body.
  private static let begun =
    frame(4, 0, 0, []) + frame(4, 1, 0, []) + frame(1, 4, 1, [0x88])
    + frame(0, 0, 1, Array("abc".utf8))

  /// The ending goes out once the client has answered a ping, and so has read all before it.
  private func told(_ ending: [UInt8]) async throws -> Told {
    let ping = Self.frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])
    let server = ScriptedServer { connection in
      _ = connection.bytes(24)
      connection.write(Self.begun + ping)
      while true {
        let head = connection.bytes(9)
        guard head.count == 9 else { return }
        _ = connection.bytes(Int(head[1]) << 8 + Int(head[2]))
        if head[3] == 6 { break }
      }
      connection.write(ending)
      if !ending.isEmpty { connection.awaitClose() }
    }
    var options = HTTPOptions()
    options.version = .http2PriorKnowledge
    return try await Probe(server, options).call()
  }

  @Test func aWholeReply() async throws {
    let told = try await told(Self.frame(0, 1, 1, Array("de".utf8)))
    #expect(told.error == nil)
    #expect(told.body == "abcde")
    #expect(told.head == ReplyHead(version: "HTTP/2", status: 200, reason: "", headers: []))
  }

  @Test(arguments: [frame(3, 0, 1, [0, 0, 0, 2]), []])
  func aStreamThatBreaksOffHandsOutWhatCame(_ ending: [UInt8]) async throws {
    let told = try await told(ending)
    #expect(told.order == "hfe")
    #expect(told.body == "abc")
    guard case .truncatedBody? = told.error else {
      Issue.record("\(String(describing: told.error))")
      return
    }
  }
}
