import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Session

/// What a session finds wrong with what came, and whose reply a wrong one is taken for.
@Suite("Findings of a session")
struct FindingTests {
  @Test("an ordinary reply has none, over any transport")
  func none() throws {
    for kind in [ChannelTraits.Kind.tcp, .child, .http] {
      var talk = Dialogue(kind)
      _ = try talk.call(1)
      talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#, for: kind == .http ? talk.sendIDs[0] : nil)
      if kind == .http { talk.finish(talk.sendIDs[0]) }
      #expect(talk.story == ["1 replied"])
    }
  }

  @Test("1.0 is a finding where 2.0 is spoken, and none where 1.0 is")
  func versions() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"result":1,"id":1}"#)
    #expect(talk.story == ["1 replied rpc.version-1.0"])
    var old = Dialogue(dialect: OVSDBDialect())
    old.send(#"{"method":"list_dbs","params":[],"id":1}"#)
    old.get(#"{"result":[],"error":null,"id":1}"#)
    old.send(#"{"method":"nope","params":[],"id":2}"#)
    old.get(#"{"id":2,"error":"unknown method"}"#)
    #expect(old.story == ["1 replied", "2 replied rpc.member-omitted"])
  }

  @Test("strict raises what custom allows, lenient lowers what it forbids")
  func modes() throws {
    let reply = #"{"jsonrpc":"2.0","result":1,"error":null,"took":3,"id":"1"}"#
    func severities(_ mode: CheckMode) throws -> [String] {
      var talk = Dialogue()
      talk.conversation.checkMode = mode
      _ = try talk.call(1)
      talk.get(reply)
      return talk.ended[0].findings.map { "\($0.rule) \($0.severity)" }
    }
    #expect(
      try severities(.normal) == [
        "rpc.legacy-null-member note", "rpc.extra-member warning", "rpc.id-mismatch error",
      ])
    #expect(
      try severities(.strict) == [
        "rpc.legacy-null-member error", "rpc.extra-member error", "rpc.id-mismatch error",
      ])
    #expect(try severities(.lenient).allSatisfy { $0.hasSuffix(" note") })
  }

  @Test("a number that lost its digits still answers the only caller")
  func rounded() throws {
    var talk = Dialogue()
    talk.send(#"{"jsonrpc":"2.0","method":"m","id":9223372036854775808}"#)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":9.22337203685478e+18}"#)
    #expect(talk.story == ["1 replied rpc.id-mismatch"])
    var other = Dialogue()
    other.send(#"{"jsonrpc":"2.0","method":"m","id":1000000}"#)
    other.get(#"{"jsonrpc":"2.0","result":1,"id":1000001}"#)
    #expect(other.story == ["2 unmatched rpc.id-unknown"])
  }

  @Test("a server that sends back what it gets is told from one that calls us")
  func echo() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(talk.sent[0] + "\r\n")
    #expect(talk.story == ["1 replied rpc.echo"])
    _ = try talk.call(2)
    talk.get(#"{"id":2,"jsonrpc":"2.0","method":"m"}"#)
    #expect(talk.asked.map(\.number) == [3])
  }

  @Test("a reply with a method is still a reply")
  func method() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","method":"m","result":1,"id":1}"#)
    #expect(talk.story == ["1 replied rpc.method-in-reply"])
  }

  @Test("over HTTP a reply that never came is one, unless none was due")
  func silence() throws {
    var talk = Dialogue(.http)
    _ = try talk.call(1)
    talk.finish(talk.sendIDs[0])
    talk.send(#"{"jsonrpc":"2.0","method":"n"}"#)
    talk.finish(talk.sendIDs[1])
    talk.send(#"[{"jsonrpc":"2.0","method":"n"}]"#)
    talk.finish(talk.sendIDs[2])
    #expect(talk.story == ["1 replied rpc.missing-response", "2 sent", "3 sent"])
  }

  @Test("a batch of notifications waits for nothing")
  func notifications() {
    var talk = Dialogue()
    talk.send(#"[{"jsonrpc":"2.0","method":"n"},{"jsonrpc":"2.0","method":"n"}]"#)
    talk.finish(talk.sendIDs[0])
    #expect(talk.story == ["1 sent"])
    talk.send("[1,2]")
    talk.finish(talk.sendIDs[1])
    #expect(talk.story == ["1 sent"])
  }

  @Test("a batch is called by name: what is missing, surplus, double")
  func batch() {
    var talk = Dialogue(.http)
    talk.send(#"[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]"#)
    talk.get(
      #"[{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","result":1,"id":1},"#
        + #"{"jsonrpc":"2.0","result":9,"id":9}]"#, for: talk.sendIDs[0])
    talk.finish(talk.sendIDs[0])
    #expect(talk.story == ["1 replied rpc.id-duplicate rpc.id-unknown rpc.batch-missing"])
  }

  @Test("replies to a batch that timed out are late, each by its id")
  func late() {
    var talk = Dialogue()
    talk.send(
      #"[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]"#,
      timeout: .seconds(1))
    talk.pass(.seconds(2))
    talk.get(#"[{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","result":2,"id":2}]"#)
    #expect(talk.story == ["1 timed out", "2 unmatched rpc.id-late rpc.id-late"])
  }

  @Test("a finding about another message than the reply brings that message along")
  func evidence() throws {
    var talk = Dialogue(.http)
    _ = try talk.call(1)
    let send = talk.sendIDs[0]
    talk.get(#"{"jsonrpc":"2.0","result":"other","id":9}"#, for: send, event: true)
    talk.get(#"{"jsonrpc":"2.0","result":"mine","id":1}"#, for: send, event: true)
    talk.finish(send)
    #expect(talk.story == ["1 replied rpc.id-unknown"])
    #expect(talk.ended[0].response?.result?.string == "mine")
    let finding = talk.ended[0].findings[0]
    let place = try #require(finding.range)
    #expect(finding.evidence.map { String(decoding: $0[place], as: UTF8.self) } == "9")
  }
}

/// What is read past its errors.
@Suite(
  "Broken replies",
  .enabled(
    if: JSONDiagnosis(of: Array("[1,]".utf8)).value != nil, "the reader does not recover yet"))
struct BrokenReplyTests {
  @Test("a broken reply pairs by the id that can be read, among several")
  func paired() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    _ = try talk.call(2)
    talk.get(#"{"jsonrpc":"2.0","result":[1,],"id":2}"#)
    #expect(talk.ended.map(\.number) == [2])
    let exchange = talk.ended[0]
    #expect(exchange.ending == .replied && exchange.isMalformed)
    #expect(exchange.recoveredResponse?.result?[0]?.int == 1)
    // What was mended is not what the server said.
    #expect(exchange.response == nil && exchange.responses.isEmpty)
    #expect(exchange.reply?.isBroken == true && exchange.reply?.json == nil)
    #expect(exchange.findings.allSatisfy { $0.rule.hasPrefix("json.") })
  }

  @Test("the protocol's findings come after the text's and point into the text as it came")
  func order() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    let text = #"{"jsonrpc":"2.0",,"result":[1,],"id":"1","took":3}"#
    talk.get(text)
    let findings = talk.ended[0].findings
    let rules = findings.map(\.rule)
    #expect(rules.suffix(2) == ["rpc.id-mismatch", "rpc.extra-member"])
    #expect(rules.dropLast(2).allSatisfy { $0.hasPrefix("json.") })
    let bytes = Array(text.utf8)
    let places = findings.suffix(2).map { finding in
      finding.range.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    #expect(places == [#""1""#, #""took":3"#])
  }

  @Test("a broken message that can't be told answers the only caller, and no one of several")
  func sole() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","resu"#)
    #expect(talk.ended.map(\.ending) == [.replied])
    _ = try talk.call(2)
    _ = try talk.call(3)
    talk.get(#"{"jsonrpc":"2.0","resu"#)
    #expect(talk.ended.last?.kind == .unmatched)
    #expect(talk.ended.last?.isMalformed == true)
  }

  @Test("a broken notification of the server is its own exchange, with what is wrong")
  func notification() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","method":"log","params":["x",]}"#)
    #expect(talk.ended.map(\.kind) == [.serverNotification])
    #expect(talk.ended[0].isMalformed)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    #expect(talk.story.last == "1 replied")
  }

  @Test("broken text that was typed waits for the id in it, or for an error without one")
  func typed() throws {
    var talk = Dialogue()
    _ = try talk.call(7)
    talk.send(#"{"jsonrpc":"2.0","method":"m","id":5,}"#)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":5}"#)
    #expect(talk.story == ["2 replied"])
    talk.send(#"{"jsonrpc":"2.0","method":"m","id":6,}"#)
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#)
    #expect(talk.story == ["2 replied", "3 replied"])
  }
}

/// What only follows from something else is not told.
@Suite("Causes without their consequences")
struct ConsequenceTests {
  @Test(
    "of a reply that was cut off, only the cut",
    arguments: [
      #"{"jsonrpc":"2.0","result":{"a":[1,"#, #"{"jsonrpc":"2.0","id":1,"error":{"code":-3"#,
      #"{"jsonrpc":"2.0","id":1"#, #"{"id":1,"result":"abc"#,
    ])
  func cut(_ text: String) throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(text)
    #expect(talk.story == ["1 replied json.truncated"])
  }

  @Test("a value that reading made up is not judged; what is wrong besides is")
  func madeUp() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","error":NaN,"id":1}"#)
    _ = try talk.call(2)
    talk.get(#"{"jsonrpc":"2.0","error":'oh',"id":2}"#)
    #expect(
      talk.story == ["1 replied json.nan", "2 replied json.single-quotes rpc.error-type"])
  }
}
