import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Testing
import Wire

@testable import Catalog

@Suite("Discovery", .timeLimit(.minutes(1)))
struct DiscoveryTests {
  /// A server with these methods; any other is not found.
  private func client(_ results: [String: String]) throws -> Client {
    try Client(makeChannel: {
      ScriptedChannel(.http) { channel, send, text in
        guard let json = try? JSON(reading: text), case .request(let call) = Message(json),
          let id = call.id
        else { return }
        let result = results[call.method].flatMap { try? JSON(reading: $0) }
        let outcome: Response.Outcome =
          result.map { .result($0) } ?? .error(ErrorObject(code: -32601, message: "no"))
        channel.say(Response(outcome, id: id).json.text, to: send)
      }
    })
  }

  @Test("the first source that tells is taken, and what was asked is said")
  func sources() async throws {
    let client = try client(["system.listMethods": #"["a","b"]"#])
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["a", "b"])
    #expect(report.asked.map(\.method) == ["rpc.discover", "system.listMethods"])
    #expect(report.asked.map(\.answer) == [.refused("-32601 no"), .methods(2)])
    #expect(client.log.summaries.allSatisfy { $0.purpose == .discovery })
    #expect(client.log.lastOwn == nil)
  }

  @Test("an OpenRPC document wins and nothing more is asked")
  func openRPC() async throws {
    let client = try client([
      "rpc.discover": #"{"openrpc":"1.3.2","methods":[{"name":"x","params":[]}]}"#,
      "system.listMethods": #"["a"]"#,
    ])
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["x"])
    #expect(report.asked.count == 1)
  }

  @Test("results that describe nothing are no catalog")
  func useless() async throws {
    let client = try client(["rpc.discover": "5", "system.listMethods": "[1,2]"])
    let report = await Discovery(client: client).run()
    #expect(report.catalog == nil)
    #expect(report.asked.prefix(2).map(\.answer) == [.useless, .useless])
    #expect(report.asked.dropFirst(2).allSatisfy { $0.answer == .refused("-32601 no") })
  }

  @Test("a server that hangs up on a probe is asked nothing more")
  func hangsUp() async throws {
    let asked = Mutex(0)
    let client = try Client(makeChannel: {
      ScriptedChannel(.child) { channel, _, _ in
        asked.withLock { $0 += 1 }
        channel.emit(.closed(.exited(1, unread: 0)))
      }
    })
    let report = await Discovery(client: client).run()
    #expect(report.asked.map(\.answer) == [.lostConnection])
    #expect(asked.withLock { $0 } == 1)
  }

  @Test(
    "a server that tells nothing is known by its address or by its replies",
    arguments: [
      ("http://127.0.0.1:18081/json_rpc", "", "Monero"),
      ("http://h:9091/transmission/rpc", "", "Transmission"),
      ("http://h/rpc", "X-Transmission-Session-Id", "Transmission"),
      ("http://h/zabbix/api_jsonrpc.php", "", "Zabbix"),
      ("http://h:8545/", "", "Ethereum"), ("http://h:6800/jsonrpc", "", "aria2"),
      ("http://h/rpc", "", nil), ("tcp:h:8545", "", nil),
    ] as [(String, String, String?)])
  func known(peer: String, header: String, title: String?) {
    let traits = ChannelTraits(
      kind: peer.hasPrefix("http") ? .http : .tcp, correlates: true, takesHeaders: true,
      framing: "HTTP", peer: peer)
    let head = ReplyHead(
      version: "HTTP/1.1", status: 409, reason: "",
      headers: header.isEmpty ? [] : [HeaderField(header, "x")])
    let known = Likelihood.known(traits, head)
    #expect(known?.title == title)
    #expect(known?.methods.allSatisfy { $0.basis == .knownByHeart } != false)
  }

  @Test("a server that misses params is asked as ReflectRPC wants it")
  func reflected() async throws {
    let client = try Client(makeChannel: {
      ScriptedChannel(.tcp) { channel, send, text in
        guard let request = try? JSON(reading: text), let id = request["id"]?.text else { return }
        let isGood = request["params"] != nil && text.contains("__describe_functions")
        let result = isGood ? #"[{"name":"add","params":[]}]"# : "null"
        let error = isGood ? "null" : #""Field 'params' missing in request""#
        channel.say(#"{"id":\#(id),"result":\#(result),"error":\#(error)}"#, to: send)
      }
    })
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["add"])
    #expect(report.asked.map(\.method) == ["rpc.discover", "__describe_functions"])
  }

  @Test("help and signature are asked for one method")
  func describes() async throws {
    let client = try client([
      "system.methodHelp": #""Adds two numbers.\nNothing more.""#,
      "system.methodSignature": #"[["int","int","string"]]"#,
    ])
    let method = await SystemListMethodsSource().describe(Method("add"), client: client)
    #expect(method.summary == "Adds two numbers.")
    #expect(method.params?.map { $0.schema.typeText } == ["integer", "string"])
    #expect(method.structure == .byPosition)
    #expect(method.result?.schema.typeText == "integer")
  }
}

@Suite("Descriptions for a GET", .timeLimit(.minutes(1)))
struct FetchingTests {
  /// A server that knows no way of describing itself but a document for a GET, which sends nothing.
  private func client(
    _ document: String, server: String = "", reply: String? = nil, status: Int = 200
  ) throws -> Client {
    try Client(makeChannel: {
      ScriptedChannel(.http) { channel, send, text in
        let isGET = text.isEmpty
        let id = (try? JSON(reading: text))?["id"]?.text ?? "null"
        let refusal = #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":-32601,"message":"no"}}"#
        let head = ReplyHead(
          version: "HTTP/1.1", status: isGET ? status : reply == nil ? 200 : 405, reason: "?",
          headers: server.isEmpty ? [] : [HeaderField("Server", server)])
        let now = ContinuousClock.now
        let body = Array((isGET ? document : reply ?? refusal).utf8)
        channel.emit(.head(send, head))
        channel.emit(
          .frame(send, Frame(bytes: body, kind: .body, firstByte: now, lastByte: now)))
        channel.finish(send)
      }
    })
  }

  @Test(
    "are read where the server's kind makes them likely",
    arguments: [
      ("<h1>JSON-RPC map</h1><pre>add: Adds.\n</pre>", "Werkzeug/3.0 Python/3.11", "GET /map"),
      (
        #"{"openrpc":"1.2.6","methods":[{"name":"add","params":[]}]}"#, "uvicorn", "GET /map"
      ),
      (
        #"{"SMDVersion":"2.0","services":{"add":{"parameters":[]}}}"#, "PHP/8.2", "GET of the URL"
      ),
    ])
  func likely(document: String, server: String, source: String) async throws {
    let client = try client(document, server: server)
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["add"])
    #expect(report.catalog?.source == source)
    #expect(report.asked.last?.answer == .methods(1))
    // Each is an exchange of the log.
    let last = try #require(client.log.kept.last)
    #expect(last.method == source && last.purpose == .discovery && last.request.isEmpty)
  }

  @Test("are asked for where a POST is not understood at all")
  func notUnderstood() async throws {
    let document = #"{"SMDVersion":"2.0","services":{"add":{"parameters":[]}}}"#
    let report = await Discovery(client: try client(document, reply: "<html>no</html>")).run()
    #expect(report.catalog?.methods.map(\.name) == ["add"])
    #expect(report.asked.first?.answer == .noReply("405 ?"))
  }

  @Test("are not asked of a server that answers and is of no such kind")
  func unlikely() async throws {
    let report = await Discovery(client: try client("{}", server: "nginx")).run()
    #expect(report.catalog == nil)
    #expect(!report.asked.contains { $0.method.hasPrefix("GET") })
  }

  @Test("that describe nothing, or are not there, are no catalog")
  func nothing() async throws {
    for (text, status) in [("{}", 200), ("hello", 200), (#"{"error":{}}"#, 200), ("x", 404)] {
      let client = try client(text, server: "gunicorn", status: status)
      let report = await Discovery(client: client).run()
      #expect(report.catalog == nil)
      #expect(report.asked.contains { $0.method == "GET /map" })
    }
  }
}
