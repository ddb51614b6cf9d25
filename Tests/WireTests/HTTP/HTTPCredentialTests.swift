import Testing

@testable import Wire

@Suite("HTTP credentials")
struct HTTPCredentialTests {
  private static func server() -> ScriptedServer {
    ScriptedServer { connection in
      while connection.request() != nil { connection.reply("200 OK", [], "1") }
    }
  }

  private func sent(
    _ userInfo: String = "", _ change: (inout HTTPOptions) -> Void
  ) async throws -> [String] {
    let server = Self.server()
    var options = HTTPOptions()
    change(&options)
    let url = "http://\(userInfo)127.0.0.1:\(server.port)/"
    let probe = try Probe(url, options, server: server)
    #expect(!probe.channel.traits.peer.contains("@"))
    #expect(try await probe.call().error == nil)
    return try #require(server.requests.first).values("Authorization")
  }

  @Test func basicFromOptionsOrFromTheURL() async throws {
    let wanted = ["Basic dXNlcjpwOnc="]  // user:p:w
    #expect(
      try await sent {
        $0.user = "user"
        $0.password = "p:w"
      } == wanted)
    #expect(try await sent("user:p%3Aw@") { _ in } == wanted)
    #expect(try await sent("other:x@") { $0 = Self.with($0, "user", "p:w") } == wanted)
    #expect(try await sent("user@") { $0.password = "p:w" } == wanted)
    #expect(try await sent { _ in } == [])
  }

  private static func with(_ options: HTTPOptions, _ user: String, _ word: String) -> HTTPOptions {
    var options = options
    options.user = user
    options.password = word
    return options
  }

  @Test func bearer() async throws {
    #expect(try await sent { $0.authentication = .bearer("t0k") } == ["Bearer t0k"])
  }

  @Test func netrcFile() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.file(
      "netrc", "machine 127.0.0.1 login user password p:w\n")
    #expect(try await sent { $0.netrc = .file(path) } == ["Basic dXNlcjpwOnc="])
  }

  @Test(arguments: [HTTPAuthentication.digest, .any])
  func digestAnswersTheChallengeAndTellsOneHead(_ way: HTTPAuthentication) async throws {
    let server = ScriptedServer { connection in
      while let request = connection.request() {
        if request.values("Authorization").isEmpty {
          connection.reply(
            "401 Unauthorized",
            ["WWW-Authenticate: Digest realm=\"r\", nonce=\"abc\", qop=\"auth\""], "no")
        } else {
          connection.reply("200 OK", [], "yes")
        }
      }
    }
    var options = Self.with(HTTPOptions(), "user", "word")
    options.authentication = way
    let told = try await Probe(server, options).call("[1]")
    #expect(told.order == "hfe")
    #expect(told.head?.status == 200)
    #expect(told.body == "yes")
    #expect(server.requests.last?.body == Array("[1]".utf8))
    let answer = try #require(server.requests.last?.values("Authorization").first)
    #expect(answer.hasPrefix("Digest "))
    for part in ["username=\"user\"", "nonce=\"abc\"", "uri=\"/rpc\"", "response=\""] {
      #expect(answer.contains(part))
    }
  }

  @Test func negotiateWithoutATicketLeavesTheRefusalAsTheReply() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.reply("401 Unauthorized", ["WWW-Authenticate: Negotiate"], "no")
      }
    }
    var options = HTTPOptions()
    options.authentication = .negotiate
    let told = try await Probe(server, options).call()
    #expect(told.order == "hfe")
    #expect(told.head?.status == 401)
    #expect(told.body == "no")
  }

  @Test func refusedCredentialsAreAReply() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.reply("401 Unauthorized", ["WWW-Authenticate: Basic realm=\"r\""], "no")
      }
    }
    for options in [HTTPOptions(), Self.with(HTTPOptions(), "user", "bad")] {
      let told = try await Probe(server, options).call()
      #expect(told.order == "hfe")
      #expect(told.head?.status == 401)
      #expect(told.body == "no")
      #expect(told.error == nil)
    }
  }
}
