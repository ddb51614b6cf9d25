import LosslessJSON
import Testing
import Wire

@testable import Session

/// What a call that was given up tells of what came in the place of its reply.
@Suite("What came instead of a reply")
struct MeanwhileTests {
  private static func notification(_ params: String) -> String {
    #"{"jsonrpc":"2.0","method":"reply","params":\#(params)}"#
  }

  static let instead: [(came: [String], message: String, hint: String)] = [
    (
      [notification(#"{"id":1,"result":"ok"}"#)], "the notification reply",
      "the notification looks like the reply"
    ),
    (
      [notification("[1]"), notification("[2]")], "2 notifications (the first: reply)",
      "a message with a \"method\" is no reply"
    ),
    (
      [#"{"jsonrpc":"2.0","method":"ask","id":"s"}"#], "the request ask",
      "the server may wait for the answer to its own request"
    ),
    (
      [#"{"jsonrpc":"2.0","result":1,"id":7}"#], "a reply with id 7",
      "the server must copy the request's id"
    ),
    (["\n"], "an empty line", "the server ended a line without writing anything on it"),
    (["\n", "\r\n"], "2 empty lines", "the server ended a line"),
    (["oops"], "text that is no message", "did the server print what it should send"),
  ]

  @Test("on the deadline it is said, with the likely cause", arguments: instead)
  func timedOut(came: [String], message: String, hint: String) throws {
    var talk = Dialogue()
    // Where somebody is asked, the call waits for the answer.
    talk.conversation.requestPolicy = .refuse
    let number = try talk.call(1, timeout: .seconds(1))
    for text in came {
      if text.hasPrefix("{") {
        talk.get(text)
      } else {
        talk.take(.diagnostic(Diagnostic(source: .stray, bytes: Array(text.utf8))))
      }
    }
    talk.pass(.seconds(1))
    let exchange = try #require(talk.ended.first { $0.number == number })
    #expect(exchange.ending == .timedOut(.seconds(1)))
    let finding = try #require(exchange.findings.first)
    #expect(finding.rule == "rpc.missing-response")
    #expect(finding.message == "no reply came; what came instead: \(message)")
    #expect(finding.hint.hasPrefix(hint))
    #expect(exchange.stray.isEmpty || came == ["oops"])
    #expect(exchange.stderr.isEmpty)
  }

  @Test("what the server logs is kept apart from what stands between its messages")
  func sources() throws {
    var talk = Dialogue()
    let number = try talk.call(1)
    talk.take(.diagnostic(Diagnostic(source: .stderr, bytes: Array("a log".utf8))))
    talk.take(.diagnostic(Diagnostic(source: .stray, bytes: Array("oops".utf8))))
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    let exchange = try #require(talk.ended.first { $0.number == number })
    #expect(exchange.stderr == Array("a log\n".utf8))
    #expect(exchange.stray == Array("oops\n".utf8))
  }

  @Test("nothing is said of what came before, after a reply, or of nothing at all")
  func quiet() throws {
    var talk = Dialogue()
    talk.get(Self.notification("[1]"))
    let silent = try talk.call(1, timeout: .seconds(1))
    talk.pass(.seconds(1))
    let answered = try talk.call(2, timeout: .seconds(1))
    talk.get(Self.notification("[2]"))
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":2}"#)
    for number in [silent, answered] {
      let exchange = try #require(talk.ended.first { $0.number == number })
      #expect(exchange.findings.isEmpty)
    }
  }

  static let unfinished: [(text: String, message: String, place: Int)] = [
    (
      #"{"jsonrpc":"2.0","id":1,"result":["#,
      "a message began and stopped after 34 bytes: the text ends inside the array that was opened",
      34
    ),
    (
      #"{"jsonrpc":"2.0","result":"abc"#,
      "a message began and stopped after 30 bytes: the text ends inside the string that began", 30
    ),
  ]

  @Test("what the stream stopped in is shown, with what was open", arguments: unfinished)
  func stopped(text: String, message: String, place: Int) throws {
    var talk = Dialogue()
    _ = try talk.call(1, timeout: .seconds(1))
    talk.pass(.seconds(1), unfinished: text)
    let finding = try #require(talk.ended.first?.findings.first)
    #expect(finding.rule == "frame.stalled")
    #expect(finding.message.hasPrefix(message), "\(finding.message)")
    #expect(finding.evidence == Array(text.utf8))
    #expect(finding.range == place..<place)
  }

  @Test("of a long one the end is shown")
  func long() throws {
    let text = "{\"a\": \"" + String(repeating: "x", count: 10_000)
    let finding = try #require(UnfinishedMessage.finding(Array(text.utf8)))
    #expect(finding.evidence?.count == 4096)
    #expect(finding.range == 4096..<4096)
    #expect(UnfinishedMessage.finding([]) == nil)
    #expect(UnfinishedMessage.finding([0x0A]) == nil)
  }
}
