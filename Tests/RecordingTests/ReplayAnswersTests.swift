import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

@Suite struct ReplayAnswersTests {
  private func answers(_ exchanges: [Exchange], byMethod: Bool = false) -> ReplayAnswers {
    ReplayAnswers(
      exchanges.map { RecordedExchange($0) }, isHTTP: false, matchesByMethod: byMethod)
  }

  private func texts(
    _ answers: ReplayAnswers, _ cursor: inout ReplayAnswers.Cursor, _ message: String
  ) -> [String]? {
    guard case .answer(let answer) = answers.answer(message.bytes, &cursor) else { return nil }
    return answer.lines.map(\.bytes.text)
  }

  private func asked(_ method: String, _ params: String, id: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
  }

  @Test func `The same question is answered in order, and then with the last answer again`() {
    let answers = answers([
      Exchanges.call(1, method: "poll", params: "[]", result: "1", at: 10),
      Exchanges.call(2, method: "poll", params: "[]", result: "2", at: 11),
      Exchanges.call(3, method: "poll", params: "[7]", result: "7", at: 12),
    ])
    var cursor = ReplayAnswers.Cursor()
    for result in ["1", "2", "2"] {
      #expect(
        texts(answers, &cursor, asked("poll", "[]", id: #""x""#)) == [
          #"{"jsonrpc": "2.0", "result": \#(result), "id": "x"}"#
        ])
    }
    #expect(texts(answers, &cursor, asked("poll", "[7]", id: "1"))?[0].contains("7") == true)
    // No params are empty ones.
    var other = ReplayAnswers.Cursor()
    #expect(texts(answers, &other, #"{"jsonrpc":"2.0","id":1,"method":"poll"}"#) != nil)
  }

  @Test func `What was not recorded is told, with what was`() {
    let calls = [Exchanges.call(1)]
    var cursor = ReplayAnswers.Cursor()
    guard
      case .unknown(let words, let method, let recorded) = answers(calls).answer(
        asked("subtract", "[1]", id: "1").bytes, &cursor)
    else {
      Issue.record("it was answered")
      return
    }
    #expect(words.contains("other params") && method == "subtract")
    #expect(recorded.map(\.text) == ["[42, 23]"])
    #expect(texts(answers(calls), &cursor, asked("add", "[1]", id: "1")) == nil)
    #expect(
      texts(answers(calls, byMethod: true), &cursor, asked("subtract", "[1]", id: "1")) != nil)
    guard case .ignored = answers(calls).answer(#"{"id":1,"result":2}"#.bytes, &cursor) else {
      Issue.record("an answer was answered")
      return
    }
  }

  @Test func `Members may stand in any order, and masked secrets be anything`() {
    let answers = answers([
      Exchanges.call(
        1, method: "login", params: #"{"user": "me", "token": "t:<masked 3f9a2c 8-15>", "n": 1}"#)
    ])
    var cursor = ReplayAnswers.Cursor()
    for params in [
      #"{"n":1,"token":"t:secret","user":"me"}"#,
      #"{"user":"me","token":"t:<masked 3f9a2c 8-15>","n":1}"#,
    ] { #expect(texts(answers, &cursor, asked("login", params, id: "1")) != nil) }
    for params in [
      #"{"n":1,"token":"secret","user":"me"}"#, #"{"n":1,"token":"t:","user":"me"}"#,
      #"{"n":2,"token":"t:x","user":"me"}"#, #"{"n":1,"token":"t:x","user":"me","more":1}"#,
    ] { #expect(texts(answers, &cursor, asked("login", params, id: "1")) == nil) }
  }

  @Test(arguments: [
    (#"{"id": 1, "result": 5}"#, #"{"id": 900, "result": 5}"#),
    (#"{"id": "1", "result": 5}"#, #"{"id": "900", "result": 5}"#),
    (#"{"id": null, "result": 5}"#, #"{"id": null, "result": 5}"#),
    (#"{"id": 77, "result": 5}"#, #"{"id": 77, "result": 5}"#),
    (#"{"result": {"id": 1}}"#, #"{"result": {"id": 1}}"#),
    (#"{"id": 1, "result": [1,]}"#, #"{"id": 900, "result": [1,]}"#),
    (#"{"id": 1, "id": 1, "result": [1,]}"#, #"{"id": 1, "id": 1, "result": [1,]}"#),
    (#"[{"id": 1, "result": 5}]"#, #"[{"id": 900, "result": 5}]"#),
    ("<html>1</html>", "<html>1</html>"),
  ])
  func `A reply has the asker's id where the recorded one had ours`(reply: String, said: String) {
    let request = #"{"jsonrpc": "2.0", "method": "m", "params": [1], "id": 1}"#
    let answers = answers([
      Exchanges.exchange(
        request: request.bytes, method: "m", ids: [RequestID(1)], replies: [reply.bytes])
    ])
    var cursor = ReplayAnswers.Cursor()
    #expect(texts(answers, &cursor, asked("m", "[1]", id: "900")) == [said])
  }

  @Test func `Batches are told by their elements, and each reply gets its own id`() {
    let request = #"[{"method":"a","id":1},{"method":"n"},{"method":"b","id":2}]"#
    let reply = #"[{"id":2,"result":"b"},{"id":1,"result":"a"}]"#
    let answers = answers([
      Exchanges.exchange(
        kind: .batch, request: request.bytes, ids: [RequestID(1), RequestID(2)],
        replies: [reply.bytes])
    ])
    var cursor = ReplayAnswers.Cursor()
    #expect(
      texts(answers, &cursor, #"[{"id":"x","method":"a"},{"method":"n"},{"id":"y","method":"b"}]"#)
        == [#"[{"id":"y","result":"b"},{"id":"x","result":"a"}]"#])
    #expect(texts(answers, &cursor, #"[{"id":"x","method":"a"}]"#) == nil)
  }

  @Test func `What the server said of its own accord comes in its place, with the asker's token`() {
    func note(_ number: Int, _ word: String, at: Double) -> Exchange {
      let text =
        #"{"jsonrpc":"2.0","method":"progress","params":{"progressToken":1,"say":"\#(word)"}}"#
      return Exchanges.exchange(
        number, kind: .serverNotification, method: "progress", replies: [text.bytes],
        ending: .received, at: at)
    }
    let params = #"{"_meta":{"progressToken":1}}"#
    let second = Exchanges.call(4, method: "b", params: "[]", at: 20)
    // In the order of a file: as they ended.
    let answers = answers([
      note(1, "early", at: 9), note(3, "meanwhile", at: 10.0005),
      Exchanges.call(2, method: "a", params: params, took: .milliseconds(1), at: 10, id: "1"),
      note(5, "after", at: 10.002), second, note(6, "last", at: 20.5),
    ])
    var cursor = ReplayAnswers.Cursor()
    let first = texts(answers, &cursor, asked("a", #"{"_meta":{"progressToken":"T"}}"#, id: "8"))
    #expect(first?.count == 4)
    #expect(first?.map { $0.contains("early") } == [true, false, false, false])
    #expect(first?[1].contains(#""progressToken":"T","say":"meanwhile""#) == true)
    #expect(first?[2].contains(#""id": 8"#) == true)
    #expect(first?[3].contains("after") == true)
    let rest = texts(answers, &cursor, asked("b", "[]", id: "9"))
    #expect(rest?.count == 2 && rest?[1].contains("last") == true)
  }

  @Test func `A client that greets again begins from the start`() {
    let greeting = Exchanges.call(1, method: "initialize", params: #"{"clientInfo": "a"}"#, at: 1)
    let answers = answers([
      greeting, Exchanges.call(2, method: "poll", params: "[]", result: "1", at: 2),
      Exchanges.call(3, method: "poll", params: "[]", result: "2", at: 3),
    ])
    var cursor = ReplayAnswers.Cursor()
    for _ in 1...2 {
      #expect(
        texts(answers, &cursor, asked("initialize", #"{"clientInfo": "b"}"#, id: "1")) != nil)
      for result in ["1", "2"] {
        #expect(
          texts(answers, &cursor, asked("poll", "[]", id: "1"))?[0]
            .contains(#""result": \#(result)"#) == true)
      }
    }
  }
}
