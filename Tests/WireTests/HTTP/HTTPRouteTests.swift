import Testing

@testable import Wire

@Suite("HTTP routes")
struct HTTPRouteTests {
  private static func answering(unix path: String? = nil) -> ScriptedServer {
    ScriptedServer(unix: path) { connection in
      while connection.request() != nil { connection.reply("200 OK", [], "via") }
    }
  }

  @Test func aProxyGetsTheWholeURL() async throws {
    let proxy = Self.answering()
    var options = HTTPOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let told = try await Probe("http://nohost.invalid/rpc", options, server: proxy).call()
    #expect(told.body == "via")
    #expect(proxy.requests.first?.line == "POST http://nohost.invalid/rpc HTTP/1.1")
  }

  @Test func noProxyGoesPastIt() async throws {
    let server = Self.answering()
    var options = HTTPOptions()
    options.proxy = "http://nohost.invalid:1"
    options.noProxy = "127.0.0.1"
    #expect(try await Probe(server, options).call().body == "via")
  }

  @Test func aProxyThatRefusesIsThePeerInTheError() async throws {
    let proxy = Self.answering()
    let port = proxy.port
    proxy.stop()
    var options = HTTPOptions()
    options.proxy = "http://127.0.0.1:\(port)"
    let told = try await Probe("http://nohost.invalid/", options).call()
    guard case .connectFailed(peer: "127.0.0.1:\(port)", errno: _)? = told.error else {
      throw Unexpected()
    }
    options.proxy = "http://noproxy.invalid:3128"
    #expect(
      try await Probe("http://127.0.0.1:9/", options).call().error
        == .unknownHost("noproxy.invalid"))
  }

  @Test func theHeadOfAProxysTunnelIsNotTold() async throws {
    let proxy = ScriptedServer { connection in
      connection.request()
      connection.write("HTTP/1.1 407 Proxy Authentication Required\nContent-Length: 2\n\nno")
    }
    var options = HTTPOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let told = try await Probe("https://nohost.invalid/", options, server: proxy).call()
    #expect(told.order == "e")
    #expect(proxy.requests.first?.line == "CONNECT nohost.invalid:443 HTTP/1.1")
    #expect(told.wire(.headerIn).starts(with: Array("HTTP/1.1 407".utf8)))
  }

  @Test func aUnixSocket() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let server = Self.answering(unix: "\(folder.path)/s")
    var options = HTTPOptions()
    options.unixSocket = "\(folder.path)/s"
    let told = try await Probe("http://daemon/v1", options, server: server).call()
    #expect(told.body == "via")
    #expect(server.requests.first?.line == "POST /v1 HTTP/1.1")
    #expect(server.requests.first?.values("Host") == ["daemon"])
  }

  @Test func http10IsSpokenWhenAsked() async throws {
    let server = Self.answering()
    var options = HTTPOptions()
    options.version = .http10
    #expect(try await Probe(server, options).call().body == "via")
    #expect(server.requests.first?.line == "POST /rpc HTTP/1.0")
  }
}
