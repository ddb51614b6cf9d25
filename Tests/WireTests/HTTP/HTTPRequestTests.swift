import Testing

@testable import Wire

@Suite("HTTP requests")
struct HTTPRequestTests {
  private static func server() -> ScriptedServer {
    ScriptedServer { connection in
      while connection.request() != nil { connection.reply("200 OK", [], "1") }
    }
  }

  @Test func defaultHeaders() async throws {
    let server = Self.server()
    _ = try await Probe(server).call("[]")
    let request = try #require(server.requests.first)
    #expect(request.values("Content-Type") == ["application/json"])
    #expect(request.values("Accept") == ["application/json, text/event-stream"])
    #expect(request.values("User-Agent") == [HTTPOptions().userAgent])
    #expect(request.values("Content-Length") == ["2"])
    #expect(request.values("Expect") == [])
    #expect(request.values("Authorization") == [])
    #expect(request.headers.count == 6, "\(request.headers)")
  }

  @Test func aLargeBodyGoesOutWholeWithoutExpect() async throws {
    let server = Self.server()
    let body = String(repeating: "0123456789", count: 300_000)
    _ = try await Probe(server).call(body)
    #expect(server.requests.first?.body == Array(body.utf8))
    #expect(server.requests.first?.values("Expect") == [])
  }

  @Test func ownHeadersReplaceAddAndRemoveWithoutRegardToCase() async throws {
    let server = Self.server()
    var options = HTTPOptions()
    options.headers = [
      HeaderField("content-type", "text/x"), HeaderField("X-One", "1"), HeaderField("X-Two", "2"),
      HeaderField("x-two", "3"), HeaderField("USER-AGENT", ""),
    ]
    let probe = try Probe(server, options)
    _ = try await probe.call()
    _ = try await probe.call(
      "{}",
      SendOptions(headers: [
        HeaderField("X-TWO", "4"), HeaderField("accept", ""), HeaderField("Host", "other"),
        HeaderField("accept-encoding", ""), HeaderField("X-Text", "a: \u{E9}\tb"),
      ]))
    _ = try await probe.call()
    let requests = server.requests
    #expect(requests.map { $0.values("Content-Type") } == [["text/x"], ["text/x"], ["text/x"]])
    #expect(requests.map { $0.values("X-Two") } == [["2", "3"], ["4"], ["2", "3"]])
    #expect(requests.map { $0.values("X-One") } == [["1"], ["1"], ["1"]])
    #expect(requests.map { $0.values("User-Agent") } == [[], [], []])
    #expect(requests.map { $0.values("Accept").count } == [1, 0, 1])
    #expect(requests.map { $0.values("Accept-Encoding").count } == [1, 0, 1])
    #expect(requests[1].values("Host") == ["other"])
    #expect(requests[1].values("X-Text") == ["a: \u{E9}\tb"])
  }

  @Test(arguments: [
    HeaderField("X-A", "1\r\nX-B: 2"), HeaderField("X-A\r\nX-B", "1"), HeaderField("", "1"),
    HeaderField("X A", "1"), HeaderField("X-A", "\u{0}"), HeaderField("X:A", "1"),
  ])
  func aHeaderThatWouldBreakOutIsRefused(_ field: HeaderField) async throws {
    let server = Self.server()
    let probe = try Probe(server)
    let told = try await probe.call("{}", SendOptions(headers: [field]))
    guard case .unsupported? = told.error else { throw Unexpected() }
    #expect(told.order == "e")
    #expect(try await probe.call().error == nil)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    ("GET", "", false), ("DELETE", "", false), ("OPTIONS", "", false), ("POST", "", true),
    ("PUT", "", true), ("GET", "[1]", true), ("PATCH", "[1]", true), ("QUERY", "[1]", true),
  ])
  func verbsAndBodies(_ verb: String, _ body: String, _ hasBody: Bool) async throws {
    let server = Self.server()
    let probe = try Probe(server)
    _ = try await probe.call("[0]")
    let told = try await probe.call(body, SendOptions(verb: verb))
    _ = try await probe.call("[2]")
    #expect(told.body == "1")
    let requests = server.requests
    #expect(requests.map(\.line) == ["POST", verb, "POST"].map { "\($0) /rpc HTTP/1.1" })
    #expect(requests[1].body == Array(body.utf8))
    #expect(requests[1].values("Content-Type").isEmpty == !hasBody)
    #expect(requests[1].values("Content-Length") == (hasBody ? ["\(body.utf8.count)"] : []))
    #expect(requests[2].body == Array("[2]".utf8))
  }

  @Test func headHasNoBodyWhateverItsLengthSays() async throws {
    let server = ScriptedServer { connection in
      while let request = connection.request() {
        connection.write("HTTP/1.1 200 OK\nContent-Length: 5\n\n")
        if !request.line.hasPrefix("HEAD") { connection.write("hello") }
      }
    }
    let probe = try Probe(server)
    let told = try await probe.call("", SendOptions(verb: "HEAD"))
    #expect(told.order == "he")
    #expect(told.error == nil)
    #expect(try await probe.call().body == "hello")
  }

  @Test(arguments: ["", "GE T", "GET / HTTP/1.1\r\nX: y"])
  func aVerbThatIsNoneIsRefused(_ verb: String) async throws {
    let server = Self.server()
    let probe = try Probe(server)
    guard case .unsupported? = try await probe.call("", SendOptions(verb: verb)).error else {
      throw Unexpected()
    }
    #expect(try await probe.call().error == nil)
    #expect(server.requests.count == 1)
  }

  @Test func cookiesAreKeptAcrossSendsAndConnections() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.reply(
        "200 OK", ["Set-Cookie: sid=42; Path=/", "Connection: close"], "1")
    }
    let probe = try Probe(server)
    _ = try await probe.call()
    _ = try await probe.call()
    _ = try await Probe(server).call()
    #expect(server.requests.map { $0.values("Cookie") } == [[], ["sid=42"], []])
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func aRedirectIsAReplyUnlessAskedToFollow(_ status: Int) async throws {
    let server = ScriptedServer { connection in
      while let request = connection.request() {
        if request.line.contains("/rpc") {
          connection.reply("\(status) Elsewhere", ["Location: /new"], "moved")
        } else {
          connection.reply("200 OK", [], "here")
        }
      }
    }
    let plain = try await Probe(server).call()
    #expect(plain.head?.status == status)
    #expect(plain.body == "moved")
    #expect(server.requests.count == 1)
    var options = HTTPOptions()
    options.followsRedirects = true
    let followed = try await Probe(server, options).call("[7]")
    #expect(followed.order == "hfe")
    #expect(followed.head?.status == 200)
    #expect(followed.body == "here")
    let last = try #require(server.requests.last)
    #expect(last.line == (status == 303 ? "GET" : "POST") + " /new HTTP/1.1")
    #expect(last.body == (status == 303 ? [] : Array("[7]".utf8)))
  }

  @Test func redirectsEndSomewhere() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil { connection.reply("307 Loop", ["Location: /rpc"]) }
    }
    var options = HTTPOptions()
    options.followsRedirects = true
    options.maxRedirects = 3
    let told = try await Probe(server, options).call()
    guard case .curl(code: 47, message: _)? = told.error else { throw Unexpected() }
    #expect(told.head?.status == 307)
    #expect(server.requests.count == 4)
  }

  @Test func aRedirectToAnotherSchemeIsNotFollowed() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.reply("302 Found", ["Location: file:///etc/passwd"])
      }
    }
    var options = HTTPOptions()
    options.followsRedirects = true
    let told = try await Probe(server, options).call()
    guard let error = told.error, case .curl(code: 1, message: _) = error else {
      throw Unexpected()
    }
    #expect(!error.isNotHTTP)
    #expect(told.frames.isEmpty)
  }
}
