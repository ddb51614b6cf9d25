import Testing

@testable import Wire

@Suite("HTTP event streams")
struct HTTPEventStreamTests {
  private static let head = "HTTP/1.1 200 OK\nContent-Type: Text/Event-Stream; charset=utf-8\n\n"

  @Test func eventsComeWhileTheStreamIsOpen() async throws {
    let gate = Gate()
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(Self.head)
      gate.await(1)
      connection.write("id: 1\nda")
      connection.write("ta: [1]\n\nevent: x\ndata: [2]\n\n")
      gate.await(2)
      connection.write("data: [3]")
    }
    let probe = try Probe(server)
    let id = probe.start()
    try await probe.wait { Told(id, $0).order == "h" ? true : nil }
    gate.open(1)
    try await probe.wait { Told(id, $0).order == "hff" ? true : nil }
    gate.open(2)
    let told = try await probe.end(of: id)
    #expect(told.order == "hfffe")
    #expect(told.texts == ["[1]", "[2]", "[3]"])
    #expect(
      told.frames.map(\.kind) == [
        .event(name: "message", id: "1"), .event(name: "x", id: ""),
        .event(name: "message", id: ""),
      ])
    for frame in told.frames { #expect(frame.firstByte <= frame.lastByte) }
  }

  @Test func aCutStreamHandsOutTheUnfinishedEvent() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(
        "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Length: 99\n\ndata: [1]\n")
    }
    let told = try await Probe(server).call()
    #expect(told.texts == ["[1]"])
    guard case .truncatedBody? = told.error else { throw Unexpected() }
  }

  @Test func aGetWithoutBytesListensUntilCancelled() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(Self.head + "data: 1\n\n: alive\n\n")
      connection.awaitClose()
    }
    let probe = try Probe(server)
    let id = probe.start("", SendOptions(verb: "GET"))
    try await probe.wait { Told(id, $0).order == "hf" ? true : nil }
    probe.channel.cancel(id)
    let told = try await probe.end(of: id)
    #expect(told.order == "hfe")
    #expect(told.error == .cancelled)
    let request = try #require(server.requests.first)
    #expect(request.line == "GET /rpc HTTP/1.1")
    #expect(request.values("Content-Type") == [])
    #expect(request.values("Content-Length") == [])
    #expect(request.values("Accept") == ["application/json, text/event-stream"])
  }

  @Test func anEventOverTheLimitEndsTheSend() async throws {
    let server = ScriptedServer { connection in
      connection.request()
      connection.write(Self.head + "data: 1\n\ndata: ")
      while connection.write([UInt8](repeating: 0x61, count: 1000)) {}
    }
    var options = HTTPOptions()
    options.bodyLimit = 5000
    let told = try await Probe(server, options).call()
    #expect(told.error == .tooLarge(limit: 5000))
    #expect(told.frames.map(\.bytes.count) == [1, 4994])
  }
}
