import Testing

@testable import Wire

private let hasTools = ServerProcess.has("openssl") && ServerProcess.has("python3")

@Suite("HTTPS", .enabled(if: hasTools, "needs openssl and python3"))
struct HTTPSTests {
  @Test func trustIsNeededAndCanBeGivenOrWaived() async throws {
    let fixture = try TLSFixture()
    let (server, url) = try fixture.serve()
    let untrusted = try await Probe(url).call()
    guard case .tls(code: 60, let message)? = untrusted.error else {
      Issue.record("\(String(describing: untrusted.error))")
      return
    }
    #expect(message.contains("certificate"))
    #expect(untrusted.order == "e")

    var options = HTTPOptions()
    options.tls.insecure = true
    #expect(try await Probe(url, options).call("[1]").body == "[1]")

    options.tls.insecure = false
    options.tls.authorityFile = fixture.authority
    let probe = try Probe(url, options)
    let trusted = try await probe.call("[2]")
    #expect(trusted.body == "[2]")
    let times = try #require(trusted.outcome).timings
    let (connected, tls) = (try #require(times.connected), try #require(times.tls))
    #expect(connected <= tls)
    #expect(try tls <= #require(times.written))
    #expect(try await probe.call("[3]").outcome?.timings.tls == nil)
    #expect(trusted.wire(.info).count > 0)
    withExtendedLifetime(server) {}
  }

  @Test func aNameThatIsNotInTheCertificateIsRefused() async throws {
    let fixture = try TLSFixture()
    let (server, url) = try fixture.serve()
    var options = HTTPOptions()
    options.tls.authorityFile = fixture.authority
    options.noProxy = "*"
    let port = url.dropFirst("https://127.0.0.1".count)
    let told = try await Probe("https://127.0.0.2\(port)", options).call()
    switch told.error {
    case .tls, .connectFailed: break
    default: Issue.record("\(String(describing: told.error))")
    }
    withExtendedLifetime(server) {}
  }

  @Test func aClientCertificateIsShownWithItsKeysPassword() async throws {
    let fixture = try TLSFixture()
    let (server, url) = try fixture.serve(asksForCertificate: true)
    var options = HTTPOptions()
    options.tls.authorityFile = fixture.authority
    let without = try await Probe(url, options).call()
    // The server's alert comes after the handshake, and its reset may come before we read it.
    switch without.error {
    case .tls, .curl(code: 55, message: _), .curl(code: 56, message: _): break
    default: Issue.record("\(String(describing: without.error))")
    }
    #expect(without.order == "e")
    options.tls.certificate = fixture.clientCertificate
    options.tls.key = fixture.clientKey
    options.tls.keyPassword = "wrong"
    guard case .badFile? = try await Probe(url, options).call().error else { throw Unexpected() }
    options.tls.keyPassword = fixture.keyPassword
    #expect(try await Probe(url, options).call("[1]").body == "[1]")
    withExtendedLifetime(server) {}
  }

  @Test func aTrustFileThatHoldsNoCertificateIsNamed() async throws {
    let fixture = try TLSFixture()
    let (server, url) = try fixture.serve()
    var options = HTTPOptions()
    options.tls.authorityFile = try fixture.folder.file("empty.pem", "nothing\n")
    let told = try await Probe(url, options).call()
    guard case .badFile(options.tls.authorityFile, _)? = told.error else { throw Unexpected() }
    withExtendedLifetime(server) {}
  }

  @Test func tlsToAPortThatSpeaksPlainHTTP() async throws {
    let server = ScriptedServer { connection in
      connection.write("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")
      connection.awaitClose()
    }
    let told = try await Probe("https://127.0.0.1:\(server.port)/", server: server).call()
    guard case .tls(code: 35, message: _)? = told.error else { throw Unexpected() }
  }

  @Test func aHandshakeThatNeverComesIsAConnectionThatNeverStood() async throws {
    let server = ScriptedServer { connection in connection.awaitClose() }
    var options = HTTPOptions()
    options.connectTimeout = .milliseconds(100)
    let told = try await Probe(
      "https://127.0.0.1:\(server.port)/", options, server: server
    ).call()
    #expect(
      told.error
        == .connectTimedOut(peer: "127.0.0.1:\(server.port)", after: .milliseconds(100)))
  }
}
