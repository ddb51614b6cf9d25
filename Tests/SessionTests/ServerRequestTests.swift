import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Session

@Suite("requests from the server")
struct ServerRequestTests {
  static let question = #"{"jsonrpc":"2.0","id":7,"method":"elicitation/create","params":{}}"#
  static let ping = #"{"jsonrpc":"2.0","id":8,"method":"ping"}"#

  @Test("wait until somebody answers, and are exchanges of their own then")
  func asked() {
    var talk = Dialogue(dialect: MCPDialect())
    talk.get(Self.question)
    #expect(talk.asked.map(\.method) == ["elicitation/create"])
    #expect(talk.ended.isEmpty && talk.sent.isEmpty)
    let isTaken = talk.answer(1, .result(["action": "decline"]))
    #expect(isTaken)
    #expect(
      talk.sent == [#"{"jsonrpc": "2.0", "result": {"action": "decline"}, "id": 7}"#])
    #expect(talk.story == ["1 serverRequest"])
    #expect(talk.ended.first?.answeredBy == .user)
    let isTakenTwice = talk.answer(1, .result(1))
    #expect(!isTakenTwice)
  }

  @Test(
    "are answered by policy",
    arguments: [
      (ServerRequestPolicy.ask, nil, "dialect"), (.canned, "refusal", "dialect"),
      (.refuse, "refusal", "dialect"),
    ] as [(ServerRequestPolicy, String?, String)])
  func policies(policy: ServerRequestPolicy, question: String?, ping: String) throws {
    var talk = Dialogue(dialect: MCPDialect())
    talk.conversation.requestPolicy = policy
    talk.get(Self.question)
    talk.get(Self.ping)
    let by = talk.ended.map { $0.answeredBy.map { "\($0)" } }
    #expect(by == (question == nil ? [ping] : [question, ping]))
    if question != nil { #expect(talk.sent[0].contains("-32601")) }
    // What is laid ready wins.
    talk.conversation.cannedAnswers["elicitation/create"] = .result(["action": "accept"])
    talk.get(Self.question)
    #expect(talk.sent.last?.contains("accept") == true)
    #expect(talk.ended.last?.answeredBy == .canned)
  }

  @Test("roots are told, and refused where everything is")
  func roots() {
    var offer = MCPDialect.Offer()
    offer.roots = ["file:///srv/app"]
    var talk = Dialogue(dialect: MCPDialect(offer: offer))
    let request = #"{"jsonrpc":"2.0","id":0,"method":"roots/list"}"#
    talk.get(request)
    #expect(
      talk.sent.last?.contains(#"{"uri": "file:///srv/app", "name": "app"}"#) == true
        || talk.sent.last?.contains(#""file:///srv/app""#) == true)
    talk.conversation.requestPolicy = .refuse
    talk.get(request)
    #expect(talk.sent.last?.contains("-32601") == true)
  }

  @Test("a reply that is typed as it stands settles one")
  func rawReply() {
    var talk = Dialogue()
    talk.get(#"{"jsonrpc":"2.0","id":"a","method":"confirm"}"#)
    talk.send(#"{"jsonrpc":"2.0","result":true,"id":"a"}"#)
    #expect(talk.story == ["1 serverRequest"])
    #expect(talk.ended.first?.answer == Array(#"{"jsonrpc":"2.0","result":true,"id":"a"}"#.utf8))
    #expect(talk.sent.count == 1)
  }

  @Test("the server may take one back, and a lost connection takes all")
  func withdrawn() {
    var talk = Dialogue(dialect: MCPDialect())
    talk.get(Self.question)
    talk.get(
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#)
    #expect(talk.story == ["2 serverNotification", "1 cancelled"])
    talk.get(Self.question)
    talk.take(.closed(.byPeer(unread: 0)))
    #expect(talk.story.last == "3 cancelled")
    let isTaken = talk.answer(3, .result(1))
    #expect(!isTaken)
  }

  @Test("a call's time stands still while somebody thinks")
  func time() throws {
    var talk = Dialogue(dialect: MCPDialect())
    let number = try talk.call(1, timeout: .seconds(10))
    talk.pass(.seconds(4))
    talk.get(Self.question)
    talk.pass(.seconds(60))
    #expect(talk.ended.isEmpty)
    #expect(talk.conversation.nextDeadline == nil)
    talk.answer(2, .result(1))
    talk.pass(.seconds(5))
    #expect(talk.story == ["2 serverRequest"])
    talk.pass(.seconds(2))
    #expect(talk.story.last == "\(number) timed out rpc.missing-response")
  }

  @Test("progress gives a call more time, within bounds")
  func progress() throws {
    var talk = Dialogue(dialect: MCPDialect())
    _ = try talk.call(1, timeout: .seconds(10))
    let tell =
      #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1}}"#
    for _ in 0..<12 {
      talk.pass(.seconds(9))
      talk.get(tell)
    }
    #expect(talk.story.filter { $0.contains("timed out") } == ["1 timed out rpc.missing-response"])
    // Nine times nine seconds, and the last ten.
    let told = talk.story.prefix { !$0.contains("timed out") }
    #expect(told.count == 11)
  }
}

@Suite("MCP over HTTP in a session")
struct MCPStreamTests {
  /// A dialogue with a server that has been greeted.
  static func dialogue() async throws -> Dialogue {
    let line = CannedLine(
      head: ReplyHead(
        version: "HTTP/1.1", status: 200, reason: "OK",
        headers: [HeaderField("Mcp-Session-Id", "s1")]),
      reply:
        #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}"#)
    let dialect = try #require(await MCPDialect().open(line))
    return Dialogue(.http, dialect: dialect)
  }

  @Test("a GET listens, is resumed behind the last event, and given up in the end")
  func listens() async throws {
    var talk = try await Self.dialogue()
    talk.listen()
    #expect(talk.options[0].verb == "GET")
    #expect(talk.options[0].headers.contains(HeaderField("Mcp-Session-Id", "s1")))
    let head = ReplyHead(version: "HTTP/1.1", status: 200, reason: "OK", headers: [])
    talk.take(.head(talk.sendIDs[0], head))
    talk.event(#"{"jsonrpc":"2.0","method":"notifications/x"}"#, id: "e1", for: talk.sendIDs[0])
    talk.event("", id: "e2", for: talk.sendIDs[0])
    #expect(talk.story == ["1 serverNotification"])
    talk.end(talk.sendIDs[0], retry: 100)
    #expect(talk.sendIDs.count == 1)
    talk.pass(.milliseconds(100))
    #expect(talk.options[1].headers.contains(HeaderField("Last-Event-ID", "e2")))
    for _ in 0..<8 {
      talk.end(talk.sendIDs.last!, retry: nil)
      talk.pass(.seconds(60))
    }
    #expect(talk.sendIDs.count == 6)
    #expect(talk.remarks == [.listeningGivenUp])
  }

  @Test("405 says that there is nothing to listen to", arguments: [405, 404, 400, 501])
  func refusesToBeListenedTo(status: Int) async throws {
    var talk = try await Self.dialogue()
    talk.listen()
    talk.take(
      .head(
        talk.sendIDs[0], ReplyHead(version: "HTTP/1.1", status: status, reason: "", headers: [])))
    talk.end(talk.sendIDs[0], retry: nil)
    talk.pass(.seconds(60))
    #expect(talk.sendIDs.count == 1)
    #expect(talk.ended.isEmpty && talk.remarks.isEmpty)
  }

  @Test("a reply's stream that breaks off is taken up again")
  func resumes() async throws {
    var talk = try await Self.dialogue()
    _ = try talk.call(5)
    let head = ReplyHead(version: "HTTP/1.1", status: 200, reason: "OK", headers: [])
    talk.take(.head(talk.sendIDs[0], head))
    talk.event("", id: "p1", for: talk.sendIDs[0])
    talk.end(talk.sendIDs[0], retry: 50)
    #expect(talk.ended.isEmpty)
    talk.pass(.milliseconds(50))
    #expect(talk.options[1].verb == "GET")
    #expect(talk.options[1].headers.contains(HeaderField("Last-Event-ID", "p1")))
    talk.take(.head(talk.sendIDs[1], head))
    talk.event(#"{"jsonrpc":"2.0","result":1,"id":5}"#, id: "p2", for: talk.sendIDs[1])
    talk.end(talk.sendIDs[1], retry: nil)
    #expect(talk.story == ["1 replied"])
  }

  @Test("an answer goes by POST with the session's headers, and counts when it was taken")
  func answers() async throws {
    var talk = try await Self.dialogue()
    _ = try talk.call(5)
    talk.event(ServerRequestTests.question, id: "", for: talk.sendIDs[0])
    #expect(talk.asked.map(\.number) == [2])
    talk.answer(2, .result(["action": "cancel"]))
    #expect(talk.options[1].headers.contains(HeaderField("Mcp-Session-Id", "s1")))
    #expect(talk.ended.isEmpty)
    let taken = ReplyHead(version: "HTTP/1.1", status: 202, reason: "Accepted", headers: [])
    talk.take(.head(talk.sendIDs[1], taken))
    talk.end(talk.sendIDs[1], retry: nil)
    #expect(talk.story == ["2 serverRequest"])
    #expect(talk.ended[0].head?.status == 202)
    talk.event(ServerRequestTests.ping, id: "", for: talk.sendIDs[0])
    let lost = ReplyHead(version: "HTTP/1.1", status: 404, reason: "Not Found", headers: [])
    talk.take(.head(talk.sendIDs[2], lost))
    talk.end(talk.sendIDs[2], retry: nil)
    #expect(talk.remarks == [.answerNotTaken(3, status: 404)])
  }

  @Test("who cancels a call says so")
  func cancels() async throws {
    var talk = try await Self.dialogue()
    let number = try talk.call(5)
    talk.cancel(number)
    #expect(talk.cancelled == [talk.sendIDs[0]])
    let json = try JSON(reading: talk.sent[1])
    #expect(json["method"]?.string == "notifications/cancelled")
    #expect(json["params"]?["requestId"]?.int == 5)
  }

  @Test(
    "a header's value comes through",
    arguments: [
      ("plain", "plain"), ("with blank", "with blank"), ("", "=?base64??="),
      ("é", "=?base64?w6k=?="), (" x", "=?base64?IHg=?="), ("a\nb", "=?base64?YQpi?="),
      ("=?base64?x?=", "=?base64?PT9iYXNlNjQ/eD89?="),
    ])
  func headerValues(text: String, value: String) {
    #expect(MCPDialect.fieldValue(text) == value)
  }
}

/// A line on which every question gets the same answer.
struct CannedLine: OpeningLine {
  var head: ReplyHead
  var reply: String
  var traits: ChannelTraits {
    ChannelTraits(kind: .http, correlates: true, takesHeaders: true, framing: "HTTP", peer: "test")
  }

  func ask(_ method: String, _ params: JSON?, headers: [HeaderField]) async -> Exchange {
    let now = ContinuousClock.now
    let frame = Frame(bytes: Array(reply.utf8), kind: .body, firstByte: now, lastByte: now)
    return Exchange(
      number: 1, kind: .call, startedAt: 0, method: method, ids: [RequestID(1)],
      messages: [ReceivedMessage(kept: frame)], head: head, timings: Timings(start: now),
      ending: .replied)
  }

  func tell(_ method: String, _ params: JSON?, headers: [HeaderField]) async {}
}

extension Dialogue {
  mutating func event(_ text: String, id: String, for send: SendID) {
    let frame = Frame(
      bytes: Array(text.utf8), kind: .event(name: "message", id: id), firstByte: now,
      lastByte: now)
    take(.frame(send, frame))
  }

  mutating func end(_ send: SendID, retry: Int?) {
    take(.finished(send, SendOutcome(timings: Timings(start: now), retry: retry)))
  }
}
