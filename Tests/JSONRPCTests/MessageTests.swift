import JSONRPC
import LosslessJSON
import Testing

@Suite("Messages")
struct MessageTests {
  private func kind(_ text: String) throws -> String {
    switch Message(try JSON(reading: text)) {
    case .request: "request"
    case .notification: "notification"
    case .response(let response): response.ok ? "result" : "error"
    case .batch(let elements): "batch of \(elements.count)"
    case .other: "other"
    }
  }

  @Test(
    "what came is told leniently",
    arguments: [
      (#"{"jsonrpc":"2.0","method":"m","id":1}"#, "request"),
      (#"{"jsonrpc":"2.0","method":"m","id":null}"#, "request"),
      (#"{"jsonrpc":"2.0","method":"m"}"#, "notification"),
      (#"{"method":"update","params":[],"id":null}"#, "notification"),
      (#"{"id":"echo","method":"echo","params":[]}"#, "request"),
      (#"{"jsonrpc":"2.0","result":null,"id":1}"#, "result"),
      (#"{"result":5,"error":null,"id":1}"#, "result"),
      (#"{"result":null,"error":"no","id":1}"#, "error"),
      (#"{"error":null,"id":1}"#, "error"),
      (#"[{"result":1,"id":1},3]"#, "batch of 2"),
      ("[]", "batch of 0"), ("3", "other"), (#"{"id":1}"#, "other"),
      (#"{"event":"volume_changed"}"#, "other"),
    ])
  func classified(text: String, expected: String) throws {
    #expect(try kind(text) == expected)
  }

  @Test("a response gives its parts, whatever the server put there")
  func responseParts() throws {
    let proper = try #require(
      Response(
        received: JSON(reading: #"{"id":7,"error":{"code":-32601,"message":"no","data":[1]}}"#)))
    #expect(!proper.ok)
    #expect(proper.id == RequestID(7))
    #expect(proper.code == -32601)
    #expect(proper.message == "no")
    #expect(proper.data?.text == "[1]")
    let bare = try #require(
      Response(received: JSON(reading: #"{"id":1,"error":"unknown method"}"#)))
    #expect(bare.code == nil)
    #expect(bare.message == "unknown method")
    let huge = try #require(
      Response(received: JSON(reading: #"{"id":1,"result":123456789012345678901234567890}"#)))
    #expect(huge.result?.text == "123456789012345678901234567890")
  }

  @Test("ids that spell differently are different, ids that decode alike are the same")
  func ids() throws {
    let spelt = try ["1", "\"1\"", "1.0", "null"].map { RequestID(try JSON(reading: $0)) }
    #expect(Set(spelt).count == 4)
    #expect(RequestID(try JSON(reading: #""\u00e9""#)) == RequestID("é"))
  }

  @Test("1.0 requests carry params and id always")
  func version1() throws {
    #expect(
      try Request("m", id: RequestID(1), version: .v1).json.text
        == #"{"method": "m", "params": [], "id": 1}"#)
    #expect(
      try Request.notification("m", params: [1], version: .v1).json.text
        == #"{"method": "m", "params": [1], "id": null}"#)
    #expect(
      Response(.result(5), id: RequestID(1), version: .v1).json.text
        == #"{"result": 5, "error": null, "id": 1}"#)
  }

  @Test("a batch has elements, and only 2.0 knows one")
  func batches() throws {
    let one = try Request("a", id: RequestID(1))
    #expect(
      try Batch([one, .notification("b")]).json.text
        == #"[{"jsonrpc": "2.0", "method": "a", "id": 1}, {"jsonrpc": "2.0", "method": "b"}]"#)
    #expect(throws: MessageError.emptyBatch) { try Batch([]) }
    #expect(throws: MessageError.noBatches) {
      try Batch([try Request("a", id: RequestID(1), version: .v1)])
    }
  }
}
