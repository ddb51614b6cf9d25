import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Session

@Suite("Conversation")
struct ConversationTests {
  @Test("replies find their requests in any order")
  func anyOrder() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    _ = try talk.call(2)
    _ = try talk.call(3)
    talk.get(#"{"jsonrpc":"2.0","result":"c","id":3}"#)
    talk.get(#"{"jsonrpc":"2.0","result":"a","id":1}"#)
    talk.get(#"{"jsonrpc":"2.0","error":{"code":1,"message":"b"},"id":2}"#)
    #expect(talk.story == ["3 replied", "1 replied", "2 replied"])
    #expect(talk.ended.map { $0.response?.result?.string } == ["c", "a", nil])
  }

  @Test("an id of another kind is another id, but the only caller gets a look-alike with a finding")
  func lookAlike() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","result":5,"id":"1"}"#)
    #expect(talk.story == ["1 replied rpc.id-mismatch"])

    var two = Dialogue()
    _ = try two.call(1)
    _ = try two.call(2)
    two.get(#"{"jsonrpc":"2.0","result":5,"id":"1"}"#)
    #expect(two.story == ["3 unmatched rpc.id-unknown"])
  }

  @Test("unknown, duplicate and late replies are exchanges of their own")
  func strays() throws {
    var talk = Dialogue()
    _ = try talk.call(1, timeout: .seconds(1))
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":77}"#)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    _ = try talk.call(2, timeout: .seconds(1))
    talk.pass(.seconds(2))
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":2}"#)
    #expect(
      talk.story == [
        "2 unmatched rpc.id-unknown", "1 replied", "3 unmatched rpc.id-duplicate", "4 timed out",
        "5 unmatched rpc.id-late",
      ])
    #expect(talk.cancelled.count == 1)
  }

  @Test("a null id answers the only caller, and nobody when two wait")
  func nullID() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":null}"#)
    #expect(talk.story == ["1 replied rpc.id-null"])
    _ = try talk.call(2)
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#)
    #expect(talk.story.last == "2 replied")
    var two = Dialogue()
    _ = try two.call(1)
    _ = try two.call(2)
    two.get(#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#)
    #expect(two.story == ["3 unmatched rpc.id-null"])
  }

  @Test("broken text answers the only caller and says what is wrong")
  func broken() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    talk.get(#"{"jsonrpc":"2.0","result":[1,],"id":1}"#)
    #expect(talk.story == ["1 replied json.trailing-comma"])
    #expect(talk.ended[0].findings[0].range == 28..<29)
  }

  @Test("raw text whose id can't be read waits for whatever comes")
  func anonymous() throws {
    var talk = Dialogue()
    talk.send("{broken")
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#)
    #expect(talk.story == ["1 replied"])
    talk.send("[]")
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"no"},"id":"x"}"#)
    #expect(talk.story.last == "2 replied")
  }

  @Test("raw notifications and replies wait for nothing")
  func rawWithoutReply() {
    var talk = Dialogue()
    talk.send(#"{"jsonrpc":"2.0","method":"n"}"#)
    talk.send(#"{"jsonrpc":"2.0","result":1,"id":0}"#)
    for send in talk.sendIDs { talk.finish(send) }
    #expect(talk.story == ["1 sent", "2 sent"])
  }

  @Test("the server's requests and notifications are exchanges, its ids apart from ours")
  func serverInitiated() throws {
    var talk = Dialogue()
    _ = try talk.call(0)
    talk.get(#"{"jsonrpc":"2.0","id":0,"method":"roots/list"}"#)
    talk.get(#"{"jsonrpc":"2.0","method":"progress","params":[1]}"#)
    talk.get(#"{"jsonrpc":"2.0","id":0,"result":true}"#)
    #expect(talk.story == ["3 serverNotification", "1 replied"])
    #expect(talk.asked.map(\.number) == [2])
    #expect(talk.asked[0].method == "roots/list")
  }

  @Test("OVSDB's echo is answered with its params and id")
  func echo() {
    var talk = Dialogue(dialect: OVSDBDialect())
    talk.get(#"{"id":"echo","method":"echo","params":[1]}"#)
    #expect(talk.sent == [#"{"result": [1], "error": null, "id": "echo"}"#])
    #expect(talk.ended.first?.answer == Array(talk.sent[0].utf8))
    talk.get(#"{"id":null,"method":"update","params":[]}"#)
    #expect(talk.story == ["1 serverRequest", "2 serverNotification"])
  }

  @Test("a batch ends when its array came, or every reply did")
  func batches() {
    let text = #"[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]"#
    var talk = Dialogue()
    talk.send(text)
    talk.get(#"[{"jsonrpc":"2.0","result":2,"id":2},{"jsonrpc":"2.0","result":1,"id":1}]"#)
    #expect(talk.story == ["1 replied"])
    talk.send(text)
    talk.get(#"{"jsonrpc":"2.0","result":2,"id":2}"#)
    #expect(talk.story.count == 1)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    #expect(talk.story == ["1 replied", "2 replied rpc.single-for-batch"])
    #expect(talk.ended[1].responses.count == 2)
  }

  @Test("one error without an id refuses a batch as a whole")
  func refusedBatch() {
    var talk = Dialogue()
    talk.send(#"[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]"#)
    talk.get(#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"no batches"},"id":null}"#)
    #expect(talk.story == ["1 replied"])
  }

  @Test("a dying channel ends every call with the reason")
  func dying() throws {
    var talk = Dialogue()
    _ = try talk.call(1)
    _ = try talk.call(2)
    talk.take(.closed(.exited(3, unread: 0)))
    #expect(talk.ended.map(\.ending) == Array(repeating: .failed(.closed(.exited(3))), count: 2))
    #expect(talk.disconnects == 1)
  }

  @Test("cancelling ends the call at once and its reply is late")
  func cancelling() throws {
    var talk = Dialogue()
    let number = try talk.call(1)
    talk.cancel(number)
    talk.cancel(number)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#)
    #expect(talk.story == ["1 cancelled", "2 unmatched rpc.id-late"])
    #expect(talk.cancelled == talk.sendIDs)
  }

  @Test("over HTTP a reply belongs to its send, whatever its id")
  func correlated() throws {
    var talk = Dialogue(.http)
    _ = try talk.call(1)
    _ = try talk.call(2)
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":9}"#, for: talk.sendIDs[1])
    #expect(talk.story.isEmpty)
    talk.finish(talk.sendIDs[1])
    talk.finish(talk.sendIDs[0])
    #expect(talk.story == ["2 replied rpc.id-mismatch", "1 replied rpc.missing-response"])
  }

  @Test("an event stream tells its notifications at once and ends soon after the reply")
  func eventStream() throws {
    var talk = Dialogue(.http)
    _ = try talk.call(1)
    let send = talk.sendIDs[0]
    talk.get(#"{"jsonrpc":"2.0","method":"progress"}"#, for: send, event: true)
    #expect(talk.story == ["2 serverNotification"])
    talk.get(#"{"jsonrpc":"2.0","result":1,"id":1}"#, for: send, event: true)
    talk.pass(.seconds(1))
    #expect(talk.story == ["2 serverNotification", "1 replied"])
    #expect(talk.ended[1].messages.count == 2)
    talk.get(#"{"jsonrpc":"2.0","method":"more"}"#, for: send, event: true)
    #expect(talk.story.last == "3 serverNotification")
  }
}
