import Host
import JSONRPC
import LosslessJSON
import Synchronization
import Testing
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Socket host", .timeLimit(.minutes(2)))
struct SocketHostTests {
  private func withSocketHost(
    _ dispatcher: Dispatcher = Demo.dispatcher(), on address: ListenAddress = "127.0.0.1:0",
    configure: (inout SocketHost) -> Void = { _ in },
    _ body: (RunningHost) async throws -> Void
  ) async throws {
    var host = SocketHost(Service(dispatcher))
    host.faults = Demo.faults
    configure(&host)
    let server = try await host.start(on: address)
    do {
      try await body(server)
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
    await server.stop(grace: .zero)
  }

  private func request(_ method: String, _ params: String = "[]", id: Int) -> String {
    "{\"jsonrpc\": \"2.0\", \"method\": \"\(method)\", \"params\": \(params), \"id\": \(id)}"
  }

  @Test("each framing is spoken both ways", arguments: FramingName.allCases)
  func framings(name: FramingName) async throws {
    try await withSocketHost(configure: { $0.framing = name }) { server in
      #expect(server.url.hasPrefix("tcp:127.0.0.1:"))
      let client = try RawClient(server.address)
      var framing = name.make()
      let messages = (1...50).flatMap { id in
        framing.wrap(Array(request("echo", "[\(id)]", id: id).utf8))
      }
      for start in stride(from: 0, to: messages.count, by: 37) {
        try await client.send(Array(messages[start..<min(start + 37, messages.count)]))
      }
      var ids: Set<Int> = []
      var seen = 0
      while ids.count < 50 {
        let new = try await client.bytes { $0.isEmpty ? nil : $0.count }
        seen += new.count
        for case .message(let text, _) in framing.feed(new[...]) {
          let reply = try JSON(reading: text)
          #expect(reply["result"] == reply["id"])
          ids.insert(try #require(reply["id"]?.int))
        }
      }
      client.closeHalf()
      _ = try await client.end()
    }
  }

  @Test("a Unix socket is served, its file is private, and it goes in the end")
  func unix() async throws {
    let path = "/tmp/rpcscope-host-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    for _ in 0..<2 {
      try await withSocketHost(on: .unix(path: path)) { server in
        #expect(server.url == "unix:\(path)")
        let client = try RawClient(server.address)
        try await client.send(request("subtract", "[42, 23]", id: 1))
        #expect(try await client.line() == "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 1}")
        var facts = stat()
        #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        await #expect(throws: HostError.self) {
          try await SocketHost(Service(Dispatcher())).start(on: .unix(path: path))
        }
      }
      #expect(access(path, F_OK) != 0)
    }
  }

  @Test("a port that is taken is an error that says so")
  func taken() async throws {
    try await withSocketHost { server in
      do throws(HostError) {
        _ = try await SocketHost(Service(Dispatcher())).start(on: server.address)
        Issue.record("it listens twice")
      } catch {
        #expect(error.code == EADDRINUSE)
        #expect(error.description.hasPrefix("can't listen on \(server.address): Address already"))
      }
    }
  }

  @Test("methods send their caller notifications and requests, while others run")
  func bothWays() async throws {
    try await withSocketHost { server in
      let client = try RawClient(server.address)
      try await client.send(
        request("slow", "[0.2, 2]", id: 1) + request("ask", id: 2) + request("nothing", id: 3))
      var lines: [JSON] = []
      while lines.count < 5 {
        let line = try JSON(reading: Array(try await client.line().utf8))
        lines.append(line)
        if line["method"]?.string == "client.question" {
          let id = try #require(line["id"]).text
          try await client.send("{\"jsonrpc\": \"2.0\", \"result\": \"Ann\", \"id\": \(id)}")
        }
      }
      lines.append(try JSON(reading: Array(try await client.line().utf8)))
      #expect(lines.count { $0["method"]?.string == "progress" } == 2)
      #expect(lines.contains { $0["id"]?.int == 2 && $0["result"]?["result"] == "Ann" })
      #expect(lines.contains { $0["result"]?["steps"]?.int == 2 })
    }
  }

  @Test("calls of one connection begin in the order in which they came")
  func order() async throws {
    let methods = Dispatcher()
    let seen = Mutex<[Int]>([])
    methods.register("note", Param<Int>("number")) { _, number in
      seen.withLock { $0.append(number) }
      return number
    }
    try await withSocketHost(methods) { server in
      let client = try RawClient(server.address)
      try await client.send((1...500).map { request("note", "[\($0)]", id: $0) }.joined())
      for _ in 1...500 { _ = try await client.line() }
      #expect(seen.withLock { $0 } == Array(1...500))
    }
  }

  @Test("text that is no message is refused, and the connection goes on")
  func stray() async throws {
    try await withSocketHost(configure: { $0.maxMessage = 200 }) { server in
      let client = try RawClient(server.address)
      try await client.send("hello\n")
      #expect(try await client.line().contains("-32700"))
      try await client.send("{\"a\": \"\(String(repeating: "x", count: 1_000))\"}")
      #expect(try await client.line().contains("at most 200 bytes"))
      try await client.send(request("nothing", id: 1))
      #expect(try await client.line().contains("\"id\": 1"))
      try await client.send("{\"jsonrpc\"")
      client.closeHalf()
      #expect(try await client.end().contains("-32700"))
    }
  }

  @Test("a message that does not come to its end is not waited for without end")
  func slowSender() async throws {
    try await withSocketHost(configure: { $0.receiveTimeout = .milliseconds(200) }) { server in
      let client = try RawClient(server.address)
      try await client.send("{\"jsonrpc\"")
      #expect(try await client.end().contains("took too long to come"))
    }
  }

  @Test("a client that closes its half gets all its answers")
  func halfClosed() async throws {
    try await withSocketHost { server in
      let client = try RawClient(server.address)
      try await client.send(request("slow", "[0.2, 1]", id: 1) + request("nothing", id: 2))
      client.closeHalf()
      let answers = try await client.end()
      #expect(answers.contains("{\"steps\": 1}") && answers.contains("\"id\": 2"))
    }
  }

  @Test("reading waits for a client that does not read")
  func backPressure() async throws {
    let methods = Dispatcher()
    let calls = Atomic(0)
    let text = String(repeating: "x", count: 10_000)
    methods.register("text") { _ in
      calls.add(1, ordering: .relaxed)
      return text
    }
    try await withSocketHost(methods, configure: { $0.maxQueued = 1 << 18 }) { server in
      let client = try RawClient(server.address)
      // 40 MB of answers are asked for, and none is read.
      let requests = Array((1...4_000).map { request("text", id: $0) }.joined().utf8)
      var sent = 0
      var last = (-1, ContinuousClock.now)
      while ContinuousClock.now - last.1 < .seconds(1) {
        let count = client.writeSome(requests[sent...])
        if count > 0 { sent += count }
        let done = calls.load(ordering: .relaxed)
        if done != last.0 { last = (done, .now) }
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(calls.load(ordering: .relaxed) < 2_500)
      // Once it reads, all come.
      var came = 0
      try await until {
        if sent < requests.count { sent += max(0, client.writeSome(requests[sent...])) }
        while client.readSome() {}
        came = client.buffer.count
        return came > 40_000_000
      }
    }
  }

  @Test("a client that never reads is cut off before it fills the memory")
  func flood() async throws {
    let methods = Dispatcher()
    methods.register("flood") { context in
      let text = JSON(String(repeating: "x", count: 100_000))
      while context.peer.isReachable {
        try context.checkCancellation()
        context.notify("more", [text])
        await Task.yield()
      }
      return 1
    }
    try await withSocketHost(methods, configure: { $0.maxQueued = 1 << 20 }) { server in
      let client = try RawClient(server.address)
      try await client.send(request("flood", id: 1))
      try await until { server.connectionCount == 1 }
      try await until { server.connectionCount == 0 }
      #expect(!client.isAtEnd)
    }
  }

  @Test("stopping answers what runs, and takes the rest back")
  func stopping() async throws {
    let server = try await SocketHost(Service(Demo.dispatcher())).start()
    let client = try RawClient(server.address)
    try await client.send(
      request("slow", "[0.3, 1]", id: 1) + request("slow", "[3600, 1]", id: 2)
        + request("nothing", id: 3))
    _ = try await client.line()
    await server.stop(grace: .seconds(2))
    let rest = try await client.end()
    #expect(rest.contains("{\"steps\": 1}, \"id\": 1}"))
    #expect(rest.contains("-32800") && rest.contains("\"id\": 2"))
  }
}
