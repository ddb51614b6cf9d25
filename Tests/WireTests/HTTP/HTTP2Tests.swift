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
        return (probe, told)
      }
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
