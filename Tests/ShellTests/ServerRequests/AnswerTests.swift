import JSONRPC
import LosslessJSON
import Terminal
import Testing

@testable import Shell

@Suite("Answers to a server")
struct AnswerTests {
  static func call(_ method: String, _ params: String) throws -> ReceivedCall {
    let json = try JSON(
      reading: #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#)
    guard case .request(let call) = Message(json) else { throw Complaint("no request") }
    return call
  }

  private static let form = #"""
    {"message":"m","requestedSchema":{"type":"object","required":["name"],
     "properties":{"name":{"type":"string"},"count":{"type":"integer"}}}}
    """#

  @Test(
    "are read as they are meant",
    arguments: [
      ("elicitation/create", "decline", #"{"action":"decline"}"#),
      ("elicitation/create", "cancel", #"{"action":"cancel"}"#),
      ("elicitation/create", "accept", #"{"action":"accept"}"#),
      ("elicitation/create", #"{"name":"x"}"#, #"{"action":"accept","content":{"name":"x"}}"#),
      ("elicitation/create", #"{"action":"cancel"}"#, #"{"action":"cancel"}"#),
      (
        "elicitation/create", "name='Ada L' count=3",
        #"{"action":"accept","content":{"name":"Ada L","count":3}}"#
      ),
      ("roots/list", #"{"roots":[]}"#, #"{"roots":[]}"#), ("confirm", "true", "true"),
      ("confirm", "yes, do", #""yes, do""#), ("confirm", #""1""#, #""1""#),
    ])
  func reads(method: String, text: String, result: String) throws {
    let call = try Self.call(method, method == "elicitation/create" ? Self.form : "{}")
    let outcome = try AnswerWords.outcome(text, method: method, call: call)
    #expect(outcome == .result(try JSON(reading: result)), "\(outcome)")
  }

  @Test("a model's answer is a message, or whole")
  func sampling() throws {
    let outcome = try AnswerWords.outcome("Because", method: "sampling/createMessage")
    guard case .result(let value) = outcome else { throw Complaint("no result") }
    #expect(value["content"]?["text"]?.string == "Because")
    #expect(value["role"]?.string == "assistant")
    let whole = #"{"role":"assistant","content":[],"model":"m"}"#
    #expect(
      try AnswerWords.outcome(whole, method: "sampling/createMessage")
        == .result(try JSON(reading: whole)))
  }

  @Test("may be errors")
  func errors() throws {
    let outcome = try AnswerWords.outcome("error -32000 not now", method: "confirm")
    #expect(outcome == .error(ErrorObject(code: -32000, message: "not now")))
    #expect(throws: Complaint.self) {
      try AnswerWords.outcome("error soon", method: "confirm")
    }
    #expect(throws: Complaint.self) {
      try AnswerWords.outcome("five", method: "elicitation/create")
    }
    let call = try Self.call("elicitation/create", Self.form)
    for text in ["count=3", "name=x count=y", "name=x other=1", "name=@/etc/passwd", "name=$x"] {
      #expect(throws: Complaint.self, "\(text)") {
        try AnswerWords.outcome(text, method: "elicitation/create", call: call)
      }
    }
  }

  @Test(
    "nothing of a question reaches the screen as it came",
    arguments: ["elicitation/create", "sampling/createMessage", "e\u{1b}[2Jvil"])
  func hostile(method: String) throws {
    let evil = "a\u{1b}]0;t\u{7}\u{202e}b\nerror: mine"
    let params: JSON = [
      "message": JSON(evil), "url": JSON(evil), "systemPrompt": JSON(evil),
      "messages": [["role": JSON(evil), "content": ["type": "text", "text": JSON(evil)]]],
    ]
    let json: JSON = ["jsonrpc": "2.0", "id": 1, "method": JSON(method), "params": params]
    guard case .request(let call) = Message(json) else { throw Complaint("no request") }
    let text = QuestionText.introduction(Question(call), call, width: 80)
    let plain = text.plain + QuestionText.summary(1, call, width: 80).plain
    #expect(!plain.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" || $0 == "\u{7}" })
    // What a server writes can't pass for a line of ours.
    #expect(!text.lines.contains { $0.plain.hasPrefix("error:") })
  }
}
