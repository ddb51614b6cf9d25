import Testing

@testable import Wire

@Suite("HTTP replies")
struct HTTPReplyTests {
  @Test func aCallTellsHeadBodyAndEndInOrder() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.reply("200 OK", ["Content-Type: application/json", "X-A: 1", "x-a: 2"], "[1]")
      }
    }
    let probe = try Probe(server)
    let told = try await probe.call("{\"a\":1}")
    #expect(told.order == "hfe")
    #expect(told.body == "[1]")
    #expect(told.error == nil)
    let head = try #require(told.head)
    #expect((head.version, head.status, head.reason) == ("HTTP/1.1", 200, "OK"))
    #expect(
      head.headers == [
        HeaderField("Content-Type", "application/json"), HeaderField("X-A", "1"),
        HeaderField("x-a", "2"), HeaderField("Content-Length", "3"),
      ])
    #expect(server.requests.first?.body == Array("{\"a\":1}".utf8))
    #expect(server.requests.first?.line == "POST /rpc HTTP/1.1")
    guard case .opened = probe.events.first else { throw Unexpected() }
  }

  @Test func connectionsAreKeptAndTimesSaySo() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil { connection.reply("200 OK", [], "1") }
    }
    let probe = try Probe(server)
    let first = try #require(try await probe.call().outcome).timings
    let second = try #require(try await probe.call().outcome).timings
    #expect(server.accepted == 1)
    #expect(!first.reusedConnection)
    #expect(second.reusedConnection)
    #expect(first.nameLookup == nil)
    #expect(first.tls == nil)
    #expect(second.connected == nil)
    for times in [first, second] {
      let written = try #require(times.written)
      let firstByte = try #require(times.firstByte)
      let lastByte = try #require(times.lastByte)
      #expect(written > .zero)
      #expect(written <= lastByte)
      #expect(firstByte <= lastByte)
    }
    #expect(try #require(first.connected) <= #require(first.written))
  }

  @Test(arguments: ["201 Created", "400 Bad Request", "404 Not Found", "500 ", "503 Try Later"])
  func anyStatusKeepsItsBody(_ status: String) async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil { connection.reply(status, [], "{\"error\":1}") }
    }
    let told = try await Probe(server).call()
    #expect(told.order == "hfe")
    #expect(told.head?.status == Int(status.prefix(3)))
    #expect(told.head?.reason == String(status.dropFirst(4)))
    #expect(told.body == "{\"error\":1}")
    #expect(told.error == nil)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 202 Accepted\nContent-Length: 0\n\n",
    "HTTP/1.1 204 No Content\n\n",
  ])
  func anEmptyBodyBringsNoFrame(_ reply: String) async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil { connection.write(reply) }
    }
    let told = try await Probe(server).call()
    #expect(told.order == "he")
    #expect(told.error == nil)
  }

  @Test func aChunkedBodyInPiecesIsOneFrame() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTrailer: X-T\n\n4\nab")
        connection.write("cd\n3\nefg\n")
        connection.write("0\nX-T: 1\n\n")
      }
    }
    let probe = try Probe(server)
    let told = try await probe.call()
    #expect(told.order == "hfe")
    #expect(told.body == "abcdefg")
    #expect(told.frames.first?.kind == .body)
    #expect(told.wire(.dataIn).starts(with: Array("4\r\nabcd\r\n".utf8)))
    #expect(try await probe.call().order == "hfe")
  }

  @Test func aBodyWithoutLengthEndsWithTheConnection() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write("HTTP/1.0 200 OK\n\nabc")
    }
    let told = try await Probe(server).call()
    #expect(told.head?.version == "HTTP/1.0")
    #expect(told.body == "abc")
    #expect(told.error == nil)
  }

  @Test func interimHeadsAreNotTold() async throws {
    let server = ScriptedServer { connection in
      _ = connection.head()
      connection.write("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: x\n\n")
      _ = connection.bytes(2)
      connection.reply("200 OK", [], "1")
    }
    var options = HTTPOptions()
    options.headers = [HeaderField("Expect", "100-continue")]
    let told = try await Probe(server, options).call("{}")
    #expect(told.order == "hfe")
    #expect(told.head?.status == 200)
    #expect(told.head?.header("link") == nil)
  }

  @Test func aCompressedBodyIsDecodedAndItsEncodedBytesAreKept() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.write(
          "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(gzipped.count)\n\n")
        connection.write(gzipped)
      }
    }
    let told = try await Probe(server).call()
    #expect(told.body == "{\"jsonrpc\":\"2.0\",\"result\":19,\"id\":1}")
    #expect(told.wire(.dataIn) == gzipped)
    #expect(server.requests.first?.values("Accept-Encoding").first?.contains("gzip") == true)
  }

  @Test(arguments: [[UInt8]("not gzip at all, not at all".utf8), [0x1F, 0x8B, 0xFF, 0, 1, 2, 3]])
  func aBodyThatCannotBeDecodedIsAnErrorWithItsBytes(_ body: [UInt8]) async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(
        "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(body.count)\n\n")
      connection.write(body)
      connection.awaitClose()
    }
    let told = try await Probe(server).call()
    guard case .badEncoding? = told.error else { throw Unexpected() }
    #expect(told.head?.status == 200)
    #expect(told.wire(.dataIn) == body)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\nContent-Length: 100\n\nabc",
    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n5\n",
  ])
  func aBodyCutShortHandsOutWhatCame(_ reply: String) async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(reply)
    }
    let told = try await Probe(server).call()
    #expect(told.order == "hfe")
    #expect(told.body == "abc")
    guard case .truncatedBody? = told.error else { throw Unexpected() }
  }

  @Test func aBodyOverTheLimitIsStopped() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write("HTTP/1.1 200 OK\nContent-Length: 209715200\n\n")
      let piece = [UInt8](repeating: 0x61, count: 65536)
      for _ in 0..<3200 where !connection.write(piece) { return }
    }
    var options = HTTPOptions()
    options.bodyLimit = 100_000
    let told = try await Probe(server, options).call()
    #expect(told.error == .tooLarge(limit: 100_000))
    #expect(told.frames.first?.bytes.count == 100_000)
    #expect(told.wire(.dataIn).count < 2_000_000)
  }

  @Test func headersOverTheLimitAreStopped() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write("HTTP/1.1 200 OK\n")
      while connection.write("X-Long: \(String(repeating: "x", count: 1000))\n") {}
    }
    var options = HTTPOptions()
    options.headerLimit = 10_000
    let told = try await Probe(server, options).call()
    #expect(told.error == .tooLarge(limit: 10_000))
  }

  @Test(arguments: [
    "220 mail.example ESMTP\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\u{3}\n",
  ])
  func anAnswerThatIsNotHTTPIsRecognisable(_ greeting: String) async throws {
    let server = ScriptedServer { connection in
      connection.write(Array(greeting.utf8))
      connection.request()
    }
    let error = try #require(try await Probe(server).call().error)
    #expect(error.isNotHTTP, "\(error)")
  }

  @Test func aSilentCloseIsAnError() async throws {
    let server = ScriptedServer { connection in connection.request() }
    let told = try await Probe(server).call()
    #expect(told.order == "e")
    guard case .curl(code: 52, let message)? = told.error else {
      Issue.record("\(String(describing: told.outcome))")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test func aLongRequestLeavesRoomForItsReplyInTheRecord() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil { connection.reply("200 OK", [], "here") }
    }
    var options = HTTPOptions()
    options.recordLimit = 5000
    let told = try await Probe(server, options).call(String(repeating: "z", count: 20_000))
    #expect(told.wire(.dataIn) == Array("here".utf8))
    #expect(told.wire(.headerOut).count + told.wire(.dataOut).count == 5000)
    #expect(told.outcome?.wire?.dropped ?? 0 > 15_000)
  }

  @Test func aServerMayCloseAnIdleConnection() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.reply("200 OK", [], "1")
    }
    let probe = try Probe(server)
    for _ in 0..<5 { #expect(try await probe.call("[]").body == "1") }
    #expect(server.accepted == 5)
  }

  @Test func theWireRecordHoldsTheExactBytesUpToItsLimit() async throws {
    let server = ScriptedServer { connection in
      while connection.request() != nil {
        connection.reply("200 OK", [], String(repeating: "y", count: 5000))
      }
    }
    let told = try await Probe(server).call("[1,2]")
    let head = String(decoding: told.wire(.headerOut), as: UTF8.self)
    #expect(head.hasPrefix("POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
    #expect(told.wire(.dataOut) == Array("[1,2]".utf8))
    #expect(
      told.wire(.headerIn) == Array("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".utf8))
    #expect(told.wire(.dataIn).count == 5000)
    #expect(told.outcome?.wire?.dropped == 0)
    var options = HTTPOptions()
    options.recordLimit = 600
    let short = try #require(try await Probe(server, options).call().outcome?.wire)
    let sent = short.chunks.filter { $0.kind == .headerOut || $0.kind == .dataOut }
    let received = short.chunks.filter { $0.kind != .headerOut && $0.kind != .dataOut }
    #expect(received.map(\.bytes.count).reduce(0, +) == 600)
    #expect(sent.flatMap(\.bytes).starts(with: Array("POST /rpc".utf8)))
    #expect(short.dropped > 4000)
    options.recordLimit = 0
    #expect(try await Probe(server, options).call().outcome?.wire == nil)
  }
}

/// A test got something that its `guard case` did not expect.
struct Unexpected: Error {}

/// `{"jsonrpc":"2.0","result":19,"id":1}`, with gzip.
private let gzipped: [UInt8] = [
  0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xAB, 0x56, 0xCA,
  0x2A, 0xCE, 0xCF, 0x2B, 0x2A, 0x48, 0x56, 0xB2, 0x52, 0x32, 0xD2, 0x33, 0x50,
  0xD2, 0x51, 0x2A, 0x4A, 0x2D, 0x2E, 0xCD, 0x29, 0x51, 0xB2, 0x32, 0xB4, 0xD4,
  0x51, 0xCA, 0x4C, 0x01, 0xD2, 0xB5, 0x00, 0x7C, 0x72, 0xE6, 0xB6, 0x24, 0x00,
  0x00, 0x00,
]
