import Host
import JSONRPC
import LosslessJSON
import Testing

@Suite("HTTP host under pressure", .timeLimit(.minutes(2)))
struct HTTPLimitTests {
  static let request = HTTPHostTests.request
  static let reply = HTTPHostTests.reply

  private func expectServed(_ server: RunningHost) async throws {
    let other = try RawClient(server.address)
    try await other.post(Self.request)
    #expect(try await other.answer().body == Self.reply)
  }

  @Test("a body over the limit is refused, whether it says so or not")
  func tooLarge() async throws {
    var options = ServiceOptions()
    options.limits = JSONLimits(maxBytes: 1_000, maxDepth: 100)
    try await withHTTPHost(options: options) { server in
      let chunk = "400\r\n\(String(repeating: " ", count: 1024))\r\n"
      for head in [
        "Content-Length: 5000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n\(chunk)",
      ] {
        let client = try RawClient(server.address)
        try await client.send("POST / HTTP/1.1\r\nHost: localhost\r\n\(head)")
        // It is still sending when the answer comes.
        for _ in 0..<200 { _ = client.writeSome(Array(chunk.utf8)[...]) }
        let answer = try await client.answer()
        #expect(answer.status == 413)
        #expect(answer.header("Connection") == "close")
      }
      try await expectServed(server)
    }
  }

  @Test("all requests together hold no more than they may")
  func budget() async throws {
    try await withHTTPHost(configure: { $0.options.maxBuffered = 10_000 }) { server in
      let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n"
      let first = try RawClient(server.address)
      try await first.send(head + String(repeating: " ", count: 8_000))
      let second = try RawClient(server.address)
      // Which of the two is refused depends on whose bytes come first.
      try await second.send(head + String(repeating: " ", count: 8_999))
      try await until {
        first.readSome()
        second.readSome()
        return !first.buffer.isEmpty || !second.buffer.isEmpty
      }
      let refused = first.buffer.isEmpty ? second : first
      #expect(try await refused.answer().status == 503)
      try await expectServed(server)
    }
  }

  @Test("those who send too slowly are told so, and those who send nothing are closed")
  func slow() async throws {
    try await withHTTPHost(configure: {
      $0.options.idleTimeout = .milliseconds(300)
      $0.options.receiveTimeout = .milliseconds(300)
    }) { server in
      let silent = try RawClient(server.address)
      let drip = try RawClient(server.address)
      let slow = try RawClient(server.address)
      try await drip.send("GET / HTTP/1.1\r\nHo")
      try await slow.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{")
      #expect(try await slow.answer().status == 408)
      #expect(try await silent.end() == "")
      #expect(try await drip.end() == "")
      try await expectServed(server)
    }
  }

  @Test("a client that does not read is closed in the end")
  func unread() async throws {
    try await withHTTPHost(configure: { $0.options.sendTimeout = .milliseconds(500) }) { server in
      let client = try RawClient(server.address)
      try await client.post(
        "{\"jsonrpc\": \"2.0\", \"method\": \"large\", \"params\": [300000], \"id\": 1}")
      try await until { server.connectionCount == 1 }
      try await until { server.connectionCount == 0 }
      try await expectServed(server)
    }
  }

  @Test("more connections than allowed are told to come back")
  func connections() async throws {
    try await withHTTPHost(configure: { $0.options.maxConnections = 2 }) { server in
      let (first, second) = (try RawClient(server.address), try RawClient(server.address))
      try await first.post(Self.request)
      _ = try await first.answer()
      try await second.post(Self.request)
      _ = try await second.answer()
      let third = try RawClient(server.address)
      #expect(try await third.end().hasPrefix("HTTP/1.1 503"))
      second.closeHalf()
      #expect(try await second.end() == "")
      try await until { server.connectionCount == 1 }
      try await expectServed(server)
    }
  }

  @Test("connections opened and dropped leave nothing behind")
  func dropped() async throws {
    try await withHTTPHost { server in
      for number in 0..<400 {
        let client = try RawClient(server.address)
        switch number % 4 {
        case 0: break
        case 1: try await client.send("POST / HT")
        case 2: try await client.post(Self.request)
        default:
          try await client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
          client.reset()
        }
      }
      try await until { server.connectionCount == 0 }
      try await expectServed(server)
    }
  }

  @Test("methods that block don't keep others from being read and written")
  func blocking() async throws {
    let methods = Dispatcher()
    methods.register("spin") { _ in
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .milliseconds(500) {}
      return 1
    }
    try await withHTTPHost(methods) { server in
      let busy = try RawClient(server.address)
      try await busy.post("{\"jsonrpc\": \"2.0\", \"method\": \"spin\", \"id\": 1}")
      let other = try RawClient(server.address)
      try await other.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(try await other.answer().status == 200)
      #expect(busy.buffer.isEmpty)
      #expect(try await busy.answer().status == 200)
    }
  }

  @Test("stopping answers what runs, then takes the rest back, and lets nobody in")
  func stopping() async throws {
    var host = HTTPHost(Service(Demo.dispatcher()))
    host.faults = Demo.faults
    let server = try await host.start()
    let (short, long, idle) = (
      try RawClient(server.address), try RawClient(server.address), try RawClient(server.address)
    )
    func slow(_ seconds: Double) -> String {
      "{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [\(seconds), 1], \"id\": 1}"
    }
    try await short.post(slow(0.3))
    try await long.post(slow(3600))
    try await until { server.connectionCount == 3 }
    // The requests must have been read, not only the connections made.
    try await idle.post(Self.request)
    _ = try await idle.answer()
    try await idle.post(Self.request)
    _ = try await idle.answer()
    await server.stop(grace: .seconds(2))
    #expect(try await short.end().contains("{\"steps\": 1}"))
    #expect(try await long.end().contains("-32800"))
    #expect(try await idle.end() == "")
    #expect(server.connectionCount == 0)
    #expect(throws: RawClient.SystemFailure.self) { try RawClient(server.address) }
  }
}
