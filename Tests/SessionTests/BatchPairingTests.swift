import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Session

@Suite("Batch pairing")
struct BatchPairingTests {
  private func rows(_ sent: String, _ reply: String) -> [String] {
    var talk = Dialogue(.http)
    talk.send(sent)
    talk.get(reply, for: talk.sendIDs[0])
    talk.finish(talk.sendIDs[0])
    return BatchPairing(talk.ended[0]).rows.map { row in
      let request = row.request?["method"]?.string ?? "-"
      let result = row.response.map { $0.result?.text ?? "error" } ?? "-"
      return ([request, result] + row.marks.map(\.rawValue)).joined(separator: " ")
    }
  }

  @Test("replies stand beside their requests, and what is missing, surplus or double is marked")
  func marks() {
    let sent =
      #"[{"method":"a","id":1},{"method":"n"},{"method":"b","id":2},{"method":"c","id":"3"}]"#
    #expect(
      rows(
        sent,
        #"[{"result":20,"id":2},{"result":10,"id":1},{"result":9,"id":9},{"result":11,"id":1}]"#)
        == [
          "a 10 out of order", "n - notification", "b 20 out of order", "c - missing",
          "- 9 surplus", "- 11 duplicate",
        ])
    #expect(
      rows(sent, #"[{"result":10,"id":1},{"error":{},"id":2},{"result":30,"id":"3"}]"#)
        == ["a 10", "n - notification", "b error", "c 30"])
  }

  @Test("what is no request is owed an error with id null")
  func invalidElements() {
    #expect(
      rows(
        #"[1,{"foo":"boo"},{"method":"a","id":1}]"#,
        #"[{"error":{},"id":null},{"error":{},"id":null},{"result":5,"id":1}]"#)
        == ["- error", "- error", "a 5"])
    #expect(
      rows(#"[1,{"method":"a","id":1}]"#, #"[{"result":5,"id":1}]"#) == [
        "- - missing", "a 5 out of order",
      ])
  }
}
