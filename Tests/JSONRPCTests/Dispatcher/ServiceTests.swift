import JSONRPC
import LosslessJSON
import Synchronization
import Testing

/// What a peer was sent.
final class Outbox: Sendable {
  private let sent = Mutex<[Peer.Output]>([])

  func peer() -> Peer { Peer(name: "test") { [self] item in sent.withLock { $0.append(item) } } }
  var items: [Peer.Output] { sent.withLock { $0 } }
  var texts: [String] {
    items.compactMap { item in
      if case .message(let bytes) = item { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
  }

  /// Waits until that many messages were sent.
  func wait(for count: Int) async throws {
    let start = ContinuousClock.now
    while texts.count < count {
      try #require(ContinuousClock.now - start < .seconds(30))
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}

@Suite("Service", .timeLimit(.minutes(2)))
struct ServiceTests {
  private func answer(_ service: Service, _ text: String, from peer: Peer = .unreachable) async
    -> String?
  {
    await service.answer(Array(text.utf8), from: peer).map { String(decoding: $0, as: UTF8.self) }
  }

  private func request(_ method: String, _ params: String = "[]", id: String = "1") -> String {
    "{\"jsonrpc\": \"2.0\", \"method\": \"\(method)\", \"params\": \(params), \"id\": \(id)}"
  }

  @Test("a running method sends notifications through its context")
  func notifications() async throws {
    let methods = Dispatcher()
    methods.register("work", Param<Int>("steps")) { context, steps in
      for step in 1...steps { context.notify("step", [JSON(step)]) }
      return context.method
    }
    let outbox = Outbox()
    let reply = await answer(Service(methods), request("work", "[2]"), from: outbox.peer())
    #expect(reply == "{\"jsonrpc\": \"2.0\", \"result\": \"work\", \"id\": 1}")
    #expect(
      outbox.texts == [
        "{\"jsonrpc\": \"2.0\", \"method\": \"step\", \"params\": [1]}",
        "{\"jsonrpc\": \"2.0\", \"method\": \"step\", \"params\": [2]}",
      ])
    // Where there is no way back they are dropped.
    #expect(await answer(Service(methods), request("work", "[1]")) != nil)
  }

  @Test("a method knows its call")
  func context() async throws {
    let methods = Dispatcher()
    methods.register("who") { context -> JSON in
      [
        "id": context.id?.json ?? .null, "version": JSON(context.version.rawValue),
        "isNotification": JSON(context.isNotification),
        "trace": context.call.json["trace"] ?? .null,
        "peer": JSON(context.peer.name),
      ]
    }
    let text = "{\"jsonrpc\": \"2.0\", \"method\": \"who\", \"id\": 1.0, \"trace\": \"t\"}"
    let reply = await answer(Service(methods), text, from: Outbox().peer())
    #expect(
      reply == """
        {"jsonrpc": "2.0", "result": {"id": 1.0, "version": "2.0", "isNotification": false, \
        "trace": "t", "peer": "test"}, "id": 1.0}
        """)
  }

  @Test("a call is taken back by its id, by the peer that made it alone")
  func cancellation() async throws {
    let methods = Dispatcher()
    methods.registerCancellation()
    methods.register("wait") { context in
      context.notify("waiting")
      try await Task.sleep(for: .seconds(3600))
      return 1
    }
    let service = Service(methods)
    let outbox = Outbox()
    let peer = outbox.peer()
    let waiting = Task { await answer(service, request("wait", id: "7"), from: peer) }
    try await outbox.wait(for: 1)
    let cancel = request("$/cancelRequest", "{\"id\": 7}", id: "8")
    #expect(await answer(service, cancel, from: Outbox().peer())?.contains("false") == true)
    let other = request("$/cancelRequest", "[\"7\"]", id: "8")
    #expect(await answer(service, other, from: peer)?.contains("false") == true)
    #expect(await answer(service, cancel, from: peer)?.contains("true") == true)
    #expect(
      await waiting.value
        == "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": -32800, \"message\": \"Request cancelled\"}, \"id\": 7}"
    )
    #expect(await answer(service, cancel, from: peer)?.contains("false") == true)
  }

  @Test("cancelling the task that answers takes the call back")
  func taskCancellation() async throws {
    let methods = Dispatcher()
    methods.register("wait") { context in
      context.notify("waiting")
      try await Task.sleep(for: .seconds(3600))
      return 1
    }
    let service = Service(methods)
    let outbox = Outbox()
    let peer = outbox.peer()
    let waiting = Task { await answer(service, request("wait"), from: peer) }
    try await outbox.wait(for: 1)
    waiting.cancel()
    #expect(await waiting.value?.contains("-32800") == true)
  }

  @Test("a call that takes too long is answered, whether it heeds that or not")
  func timeLimit() async throws {
    let (never, hold) = AsyncStream.makeStream(of: Void.self)
    let methods = Dispatcher()
    methods.register("heeds") { _ in
      try await Task.sleep(for: .seconds(3600))
      return 1
    }
    methods.register("deaf") { _ in
      await Task.detached { for await _ in never {} }.value
      return 1
    }
    methods.register("quick") { _ in 1 }
    var options = ServiceOptions()
    options.callTimeout = .milliseconds(50)
    let service = Service(methods, options: options)
    for name in ["heeds", "deaf"] {
      let reply = await answer(service, request(name))
      #expect(reply?.contains("-32000") == true)
      #expect(reply?.contains("the call took longer than 0.05 seconds") == true)
    }
    hold.finish()
    options.callTimeout = .seconds(60)
    #expect(
      await answer(Service(methods, options: options), request("quick"))?.contains("result") == true
    )
  }

  @Test("elements of a batch run at once and are answered in order")
  func batch() async throws {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let methods = Dispatcher()
    methods.register("wait") { _ in
      for await _ in gate {}
      return "waited"
    }
    methods.register("open") { _ in
      open.finish()
      return "opened"
    }
    let text = "[\(request("wait")), \(request("open", id: "2")), 5]"
    let reply = try JSON(reading: try #require(await answer(Service(methods), text)))
    #expect(reply.elements.map { $0["id"]?.text } == ["1", "2", "null"])
    #expect(reply[0]?["result"]?.string == "waited")
  }

  @Test("no more elements of a batch run at once than allowed")
  func concurrencyLimit() async throws {
    let counts = Mutex((now: 0, most: 0))
    let methods = Dispatcher()
    methods.register("count") { _ in
      counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      try await Task.sleep(for: .milliseconds(5))
      counts.withLock { $0.now -= 1 }
      return 1
    }
    var options = ServiceOptions()
    options.maxConcurrent = 3
    let text = "[" + (1...20).map { request("count", id: "\($0)") }.joined(separator: ",") + "]"
    let reply = try JSON(
      reading: try #require(await answer(Service(methods, options: options), text)))
    #expect(reply.elements.map { $0["id"]?.int } == Array(1...20))
    #expect(counts.withLock { $0.most } <= 3)
  }

  @Test("messages over the limits are refused")
  func limits() async throws {
    var options = ServiceOptions()
    options.limits = JSONLimits(maxBytes: 100, maxDepth: 4)
    options.maxBatch = 2
    let service = Service(Dispatcher(), options: options)
    #expect(await answer(service, String(repeating: " ", count: 101))?.contains("-32600") == true)
    #expect(await answer(service, "[[[[[]]]]]")?.contains("-32700") == true)
    #expect(
      await answer(service, "[1, 2, 3]")
        == "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": -32600, \"message\": \"Invalid Request: a batch may have at most 2 elements\"}, \"id\": null}"
    )
  }

  @Test("what a method throws is told only when asked for")
  func detail() async throws {
    struct Secret: Error {}
    let methods = Dispatcher()
    methods.register("fail") { _ -> JSON in throw Secret() }
    var options = ServiceOptions()
    #expect(
      await answer(Service(methods, options: options), request("fail"))?.contains("Secret") == false
    )
    options.detail = .full
    #expect(
      await answer(Service(methods, options: options), request("fail"))?.contains("Secret") == true)
  }

  @Test("each side's requests have ids of their own, and answers find their way")
  func bothWays() async throws {
    let methods = Dispatcher()
    methods.register("ask") { context in
      let response = try await context.peer.call("name", timeout: .seconds(60))
      return response.result ?? .null
    }
    let service = Service(methods)
    let outbox = Outbox()
    let peer = outbox.peer()
    let asking = Task { await answer(service, request("ask", id: "1"), from: peer) }
    try await outbox.wait(for: 1)
    #expect(outbox.texts == ["{\"jsonrpc\": \"2.0\", \"method\": \"name\", \"id\": 1}"])
    #expect(
      await answer(service, "{\"jsonrpc\": \"2.0\", \"result\": 1.0, \"id\": 1}", from: peer) == nil
    )
    #expect(await asking.value == "{\"jsonrpc\": \"2.0\", \"result\": 1.0, \"id\": 1}")
    // An answer that nobody waits for is a message that makes no sense.
    let stray = "{\"jsonrpc\": \"2.0\", \"result\": 1, \"id\": 99}"
    #expect(await answer(service, stray, from: peer)?.contains("-32600") == true)
  }

  @Test("a version that is not spoken is refused")
  func versions() async throws {
    var options = ServiceOptions()
    options.versions = [.v2]
    let old = "{\"method\": \"system.listMethods\", \"params\": [], \"id\": 1}"
    #expect(await answer(Service(Dispatcher()), old)?.contains("\"error\": null") == true)
    #expect(await answer(Service(Dispatcher(), options: options), old)?.contains("-32600") == true)
  }

  @Test("an observer sees every call and what came of it")
  func observer() async throws {
    let seen = Mutex<[String]>([])
    let methods = Dispatcher()
    methods.register("ok") { _ in 1 }
    var options = ServiceOptions()
    options.observer = { served in
      let code = if case .error(let error) = served.outcome { error.code } else { Int?.none }
      seen.withLock {
        $0.append("\(served.call.method) \(served.id?.description ?? "-") \(code ?? 0)")
      }
    }
    let service = Service(methods, options: options)
    _ = await answer(service, request("ok"))
    _ = await answer(service, "{\"jsonrpc\": \"2.0\", \"method\": \"ok\"}")
    _ = await answer(service, request("no", id: "\"x\""))
    #expect(seen.withLock { $0 } == ["ok 1 0", "ok - 0", "no \"x\" -32601"])
  }
}

@Suite("Replies", .timeLimit(.minutes(2)))
struct ReplyTests {
  static let results: [(String, ProtocolVersion)] = [
    ("{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [[1.0, {}]], \"id\": \"a\"}", .v2),
    ("{\"method\": \"echo\", \"params\": [1e2], \"id\": 1}", .v1),
    ("{\"jsonrpc\": \"2.0\", \"method\": \"fail\", \"id\": 1.50}", .v2),
    ("{\"method\": \"fail\", \"params\": [], \"id\": [1]}", .v1),
  ]

  @Test("what is written is what a response says of itself", arguments: results)
  func text(request: String, version: ProtocolVersion) async throws {
    let methods = Dispatcher()
    methods.register("echo", Param<JSON>("value")) { _, value in value }
    methods.register("fail") { _ -> JSON in throw RPCError(code: 1, message: "m", data: [1]) }
    let sent = try JSON(reading: request)
    let answer = try #require(await Service(methods).answer(Array(request.utf8)))
    let id = RequestID(try #require(sent["id"]))
    let outcome: Response.Outcome =
      sent["method"]?.string == "fail"
      ? .error(ErrorObject(code: 1, message: "m", data: [1]))
      : .result(try #require(sent["params"]?[0]))
    #expect(
      String(decoding: answer, as: UTF8.self)
        == Response(outcome, id: id, version: version).json.text)
  }
}
