import LosslessJSON
import Testing

extension RepairTests {
  @Test(
    "a member whose value never began is left out of a text that was cut off",
    arguments: [
      (#"{"a""#, "{}"), (#"{"a"#, "{}"), (#"{"a":"#, "{}"), (#"{"a": 1, "id"#, #"{"a": 1}"#),
      (#"{"a": 1 , "id": "#, #"{"a": 1 }"#), (#"{"a": {"b": [{"c"#, #"{"a": {"b": [{}]}}"#),
      (#"{"a": 1, 'id"#, #"{"a": 1}"#), (#"{"a": 1, id"#, #"{"a": 1}"#),
      (#"{"a": 1, "x\q\u00"#, #"{"a": 1}"#), (#"{"a": 1 "id": "#, #"{"a": 1 }"#),
      (#"{"a": 1; "id""#, #"{"a": 1}"#), (#"{"a": 1,, "id" "#, #"{"a": 1}"#),
      (#"{"a": "b", "c": "#, #"{"a": "b"}"#), (#"[{"a": 1}, {"b""#, #"[{"a": 1}, {}]"#),
      (#"{"a": tr"#, #"{"a": true}"#), (#"{"a": ""#, #"{"a": ""}"#), (#"{"a": ["#, #"{"a": []}"#),
    ])
  func unbegun(text: String, mended: String) {
    let diagnosis = JSONDiagnosis(of: Array(text.utf8))
    #expect(Self.mended(diagnosis) == mended)
    #expect(diagnosis.findings.contains { $0.rule == "json.truncated" })
  }
}
