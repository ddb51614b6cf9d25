import Host
import JSONRPC
import LosslessJSON
import Synchronization
import Testing

@Suite("HTTP host", .timeLimit(.minutes(2)))
struct HTTPHostTests {
  static let request =
    "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [42, 23], \"id\": 1}"
  static let reply = "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 1}"

  @Test("calls are answered with 200, errors too, notifications with 204")
  func calls() async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      for (request, status, body) in [
        (Self.request, 200, Self.reply),
        (
          "{\"jsonrpc\": \"2.0\", \"method\": \"nope\", \"id\": \"x\"}", 200,
          "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": -32601, \"message\": "
            + "\"Method not found: \\\"nope\\\"\"}, \"id\": \"x\"}"
        ),
        ("{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [1, 2]}", 204, ""),
        (
          "{\"method\": \"subtract\", \"params\": [5, 3], \"id\": 2}", 200,
          "{\"result\": 2, \"error\": null, \"id\": 2}"
        ),
        ("[\(Self.request)]", 200, "[\(Self.reply)]"),
      ] {
        try await client.post(request)
        let answer = try await client.answer()
        #expect(answer.status == status)
        #expect(answer.body == body)
        #expect(answer.header("Content-Type") == (status == 200 ? "application/json" : nil))
        #expect(answer.header("Connection") == nil)
        #expect(answer.header("Date")?.hasSuffix(" GMT") == true)
      }
      try await client.post("{\"jsonrpc\"")
      #expect(try await client.answer().body.contains("-32700"))
    }
  }

  static let refused: [(String, Int)] = [
    ("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 405),
    ("DELETE /x HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    ("GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    (
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
      415
    ),
    (RawClient.post("{}", headers: ["Content-Type: application/json; charset=latin1"]), 415),
    (RawClient.post("{}", headers: ["Content-Encoding: gzip"]), 415),
    (RawClient.post("{}", headers: ["Expect: miracles"]), 417),
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
    ("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 403),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", 403),
    (RawClient.post("{}", headers: ["Origin: http://evil.example"]), 403),
    (RawClient.post("{}", headers: ["Origin: null"]), 403),
    (RawClient.post("{}", headers: ["Origin: http://localhost:1"]), 403),
    ("OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n", 403),
    ("hello there\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413),
    (
      "GET / HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
      431
    ),
  ]

  @Test(
    "what HTTP or this server does not allow is refused with the fitting status", arguments: refused
  )
  func refusals(request: String, status: Int) async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      try await client.send(request)
      let answer = try await client.answer()
      #expect(answer.status == status)
      #expect(!answer.body.isEmpty)
      if status == 405 { #expect(answer.header("Allow") == "GET, HEAD, OPTIONS, POST") }
      // Others are still served.
      let other = try RawClient(server.address)
      try await other.post(Self.request)
      #expect(try await other.answer().body == Self.reply)
    }
  }

  static let accepted: [[String]] = [
    [], ["Content-Type: application/json; charset=UTF-8"], ["Content-Type: application/json-rpc"],
    ["Content-Type: application/jsonrequest"],
    ["Content-Type: Application/JSON ;charset=\"utf-8\""],
    ["Origin: http://localhost"],
  ]

  @Test("the media types of JSON-RPC are taken, and none at all", arguments: accepted)
  func mediaTypes(headers: [String]) async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      try await client.post(Self.request, headers: headers)
      #expect(try await client.answer().body == Self.reply)
    }
  }

  @Test(
    "names of the loopback are answered to",
    arguments: [
      "localhost", "LOCALHOST:4000", "app.localhost", "127.0.0.1", "127.9.9.9:1", "[::1]:80",
    ])
  func loopbackNames(host: String) async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      try await client.send("HEAD / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
      #expect(try await client.answer(toHead: true).status == 200)
    }
  }

  @Test("origins and hosts that are allowed get in, and a browser may ask beforehand")
  func allowed() async throws {
    try await withHTTPHost(configure: {
      $0.options.allowedOrigins = ["https://app.example.org"]
      $0.options.allowedHosts = ["rpc.example.org"]
    }) { server in
      let client = try RawClient(server.address)
      try await client.post(Self.request, headers: ["Origin: https://app.example.org"])
      let answer = try await client.answer()
      #expect(answer.body == Self.reply)
      #expect(answer.header("Access-Control-Allow-Origin") == "https://app.example.org")
      try await client.send(
        "OPTIONS / HTTP/1.1\r\nHost: rpc.example.org\r\nOrigin: https://app.example.org\r\n"
          + "Access-Control-Request-Method: POST\r\n"
          + "Access-Control-Request-Headers: content-type\r\n\r\n")
      let preflight = try await client.answer()
      #expect(preflight.status == 204)
      #expect(preflight.header("Access-Control-Allow-Headers") == "content-type")
      #expect(preflight.header("Access-Control-Allow-Methods")?.contains("POST") == true)
    }
  }

  @Test("pages list the methods, and nothing in them is markup that was not meant")
  func pages() async throws {
    let methods = Dispatcher(title: "<b>T</b>", doc: "\"D\" & 'D'")
    methods.register(
      "<script>x", summary: "S <i>", result: .init(doc: "</table>"), Param<Int>("\"p\"", doc: "<p>")
    ) { _, p in p }
    try await withHTTPHost(methods) { server in
      let client = try RawClient(server.address)
      for path in ["/", "/map"] {
        try await client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let page = try await client.answer()
        #expect(page.status == 200)
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        #expect(page.body.contains("&lt;b&gt;T&lt;/b&gt;"))
        for raw in ["<script>", "<b>", "<i>", "\"D\"", "</table></td>"] {
          #expect(!page.body.contains(raw))
        }
        try await client.send("HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let head = try await client.answer(toHead: true)
        #expect(head.header("Content-Length") == "\(page.body.utf8.count)")
      }
      try await client.send("GET /openrpc.json?x HTTP/1.1\r\nHost: localhost\r\n\r\n")
      #expect(try JSON(reading: Array(try await client.answer().body.utf8)) == methods.openRPC)
    }
  }

  @Test("pipelined requests are answered in their order, slow ones before fast ones")
  func pipelined() async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      let requests = (1...20).map { id in
        let seconds = id.isMultiple(of: 5) ? 0.05 : 0
        return RawClient.post(
          "{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [\(seconds), 1], \"id\": \(id)}"
        )
      }
      try await client.send(requests.joined())
      for id in 1...20 {
        let reply = try JSON(reading: Array(try await client.answer().body.utf8))
        #expect(reply["id"]?.int == id)
      }
    }
  }

  @Test("many requests that wait behind a slow one are answered one after the other")
  func manyPipelined() async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      let slow = #"{"jsonrpc": "2.0", "method": "slow", "params": [0.1, 1], "id": 0}"#
      let quick = (1...3_000).map {
        #"{"jsonrpc": "2.0", "method": "add", "params": [1, 2], "id": \#($0)}"#
      }
      try await client.send(([slow] + quick).map { RawClient.post($0) }.joined())
      for id in 0...3_000 {
        let reply = try await client.answer().body
        try #require(reply.hasSuffix("\"id\": \(id)}"))
      }
    }
  }

  @Test("chunked bodies, bodies in pieces, and bodies that wait for 100 Continue are taken")
  func bodies() async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      let (first, second) = (Self.request.prefix(10), Self.request.dropFirst(10))
      try await client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "\(String(first.utf8.count, radix: 16))\r\n\(first)\r\n"
          + "\(String(second.utf8.count, radix: 16));x=y\r\n\(second)\r\n0\r\n\r\n")
      #expect(try await client.answer().body == Self.reply)
      for byte in RawClient.post(Self.request).utf8 { try await client.send([byte]) }
      #expect(try await client.answer().body == Self.reply)
      try await client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
          + "Content-Length: \(Self.request.utf8.count)\r\n\r\n")
      #expect(try await client.answer().status == 100)
      try await client.send(Self.request)
      #expect(try await client.answer().body == Self.reply)
      // What would be refused anyway need not be sent.
      try await client.send(
        "POST / HTTP/1.1\r\nHost: evil.example\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
      )
      let refusal = try await client.answer()
      #expect(refusal.status == 403)
      #expect(refusal.header("Connection") == "close")
      #expect(try await client.end() == "")
    }
  }

  @Test("a client that closes its half is answered, and then closed")
  func halfClosed() async throws {
    try await withHTTPHost { server in
      let client = try RawClient(server.address)
      try await client.post(
        "{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [0.1, 1], \"id\": 1}")
      client.closeHalf()
      #expect(try await client.end().contains("{\"steps\": 1}"))
      // In the middle of a request there is nothing to answer.
      let other = try RawClient(server.address)
      try await other.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{")
      other.closeHalf()
      #expect(try await other.end() == "")
    }
  }

  @Test("old clients and those that ask for it are closed after the answer")
  func closing() async throws {
    try await withHTTPHost { server in
      for (line, fields, isClosed) in [
        ("POST / HTTP/1.0", "", true), ("POST / HTTP/1.0", "Connection: keep-alive\r\n", false),
        ("POST / HTTP/1.1", "Host: localhost\r\nConnection: close\r\n", true),
      ] {
        let client = try RawClient(server.address)
        let request =
          "\(line)\r\n\(fields)Content-Length: \(Self.request.utf8.count)\r\n\r\n\(Self.request)"
        try await client.send(request)
        let answer = try await client.answer()
        #expect(answer.body == Self.reply)
        #expect(answer.header("Connection") == (isClosed ? "close" : "keep-alive"))
        if isClosed {
          #expect(try await client.end() == "")
        } else {
          try await client.send(request)
          #expect(try await client.answer().body == Self.reply)
        }
      }
    }
  }

  @Test("a method knows the head of its request")
  func transport() async throws {
    let methods = Dispatcher()
    methods.register("who") { context -> JSON in
      [JSON(context.transport.name), JSON(context.transport["user-agent"] ?? "")]
    }
    try await withHTTPHost(methods) { server in
      let client = try RawClient(server.address)
      try await client.post(
        "{\"jsonrpc\": \"2.0\", \"method\": \"who\", \"id\": 1}", headers: ["User-Agent: test/1"])
      #expect(try await client.answer().body.contains("[\"http\", \"test/1\"]"))
    }
  }

  @Test("a call whose client goes away is taken back")
  func gone() async throws {
    let methods = Dispatcher()
    let isTakenBack = Atomic(false)
    let isRunning = Atomic(false)
    methods.register("wait") { _ in
      isRunning.store(true, ordering: .sequentiallyConsistent)
      do { try await Task.sleep(for: .seconds(3600)) } catch {
        isTakenBack.store(true, ordering: .sequentiallyConsistent)
      }
      return 1
    }
    try await withHTTPHost(methods) { server in
      var client: RawClient? = try RawClient(server.address)
      try await client?.post("{\"jsonrpc\": \"2.0\", \"method\": \"wait\", \"id\": 1}")
      try await until { isRunning.load(ordering: .sequentiallyConsistent) }
      client?.reset()
      client = nil
      try await until { isTakenBack.load(ordering: .sequentiallyConsistent) }
    }
  }

  @Test("the observer hears of every message, answer and refusal")
  func observer() async throws {
    let heard = Mutex<[String]>([])
    try await withHTTPHost(configure: { host in
      host.observer = { event in
        let line =
          switch event {
          case .received(_, let message): "--> \(message.count)"
          case .answered(_, let texts, let status, _, _): "<-- \(texts.count) \(status ?? "")"
          case .refused(_, let reason): reason
          }
        heard.withLock { $0.append(line) }
      }
    }) { server in
      let client = try RawClient(server.address)
      try await client.post(Self.request)
      _ = try await client.answer()
      try await client.send("GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n")
      _ = try await client.answer()
      try await until { heard.withLock { $0.count >= 3 } }
      #expect(
        heard.withLock { Set($0) } == [
          "--> \(Self.request.utf8.count)", "<-- 1 200 OK",
          "404 Not Found, there are pages at /, /map and /openrpc.json",
        ])
    }
  }
}

/// Waits until something is so.
func until(_ question: () -> Bool) async throws {
  let start = ContinuousClock.now
  while !question() {
    try #require(ContinuousClock.now - start < .seconds(30))
    try await Task.sleep(for: .milliseconds(2))
  }
}
