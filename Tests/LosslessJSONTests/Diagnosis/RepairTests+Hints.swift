import LosslessJSON
import Testing

extension RepairTests {
  @Test(
    "a hint can be followed",
    arguments: [
      (#"{"a": 1 "b"}"#, "remove it, or put a comma, a key and a colon before it"),
      ("[\"\u{1B}\"]", "write it as \\u001b"), ("[\"\u{1}\"]", "write it as \\u0001"),
    ])
  func hints(text: String, hint: String) {
    #expect(JSONDiagnosis(of: Array(text.utf8)).findings.map(\.hint) == [hint])
  }
}
