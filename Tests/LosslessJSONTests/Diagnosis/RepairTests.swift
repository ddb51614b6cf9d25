import LosslessJSON
import Testing

/// What is told of a fault that hides others: its cause alone, what to do, and the value meant.
@Suite("Repairs")
struct RepairTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let text: String
    let rule: String
    /// Where the finding begins.
    let place: Int
    let hint: String
    let mended: String

    init(_ text: String, _ rule: String, _ place: Int, _ hint: String, _ mended: String) {
      (self.text, self.rule, self.place) = (text, rule, place)
      (self.hint, self.mended) = (hint, mended)
    }

    var testDescription: String { text }
  }

  static func check(_ row: Row) {
    let diagnosis = JSONDiagnosis(of: Array(row.text.utf8))
    #expect(diagnosis.findings.map(\.rule) == [row.rule])
    #expect(diagnosis.findings.map { $0.range?.lowerBound } == [row.place])
    #expect(diagnosis.findings.map(\.hint) == [row.hint])
    #expect(mended(diagnosis) == row.mended)
  }

  static func mended(_ diagnosis: JSONDiagnosis) -> String? {
    diagnosis.value.map { String(decoding: $0.document.bytes, as: UTF8.self) }
  }

  private static let quote = "json.missing-quote"
  private static let beforeComma = "put a '\"' before the ','"

  @Test(
    "a closing quote that is missing is told alone, at the place where it belongs",
    arguments: [
      Row(
        #"{"jsonrpc": "2.0", "result": "abc, "id": 1}"#, quote, 33, beforeComma,
        #"{"jsonrpc": "2.0", "result": "abc", "id": 1}"#),
      Row(
        #"{"jsonrpc":"2.0","result":"abc,"id":1}"#, quote, 30, beforeComma,
        #"{"jsonrpc":"2.0","result":"abc","id":1}"#),
      Row(
        #"{"jsonrpc: "2.0", "id": 1}"#, quote, 9, "put a '\"' before the ':'",
        #"{"jsonrpc": "2.0", "id": 1}"#),
      Row(
        #"{"id": 1, "a: 2, "b": 3}"#, quote, 12, "put a '\"' before the ':'",
        #"{"id": 1, "a": 2, "b": 3}"#),
      Row(
        #"{"a": "b, "c": "d", "e": "f"}"#, quote, 8, beforeComma,
        #"{"a": "b", "c": "d", "e": "f"}"#),
      Row(
        #"{"a": "b, "c": ":d", "e": ""}"#, quote, 8, beforeComma,
        #"{"a": "b", "c": ":d", "e": ""}"#),
      Row(#"["a", "b, "c"]"#, quote, 8, beforeComma, #"["a", "b", "c"]"#),
      Row(#"["a , 1, "c"]"#, quote, 3, beforeComma, #"["a" , 1, "c"]"#),
      Row(#"["a", "b]"#, quote, 8, "put a '\"' before the ']'", #"["a", "b"]"#),
      Row(
        #"{"id": 1, "a": ["b]}"#, quote, 18, "put a '\"' before the ']'",
        #"{"id": 1, "a": ["b"]}"#),
      Row(
        #"{"a": "one, two}"#, quote, 15, "put a '\"' before the '}'", #"{"a": "one, two"}"#),
      Row(
        #"{"a": {"b": "c}, "id": 1}"#, quote, 14, "put a '\"' before the '}'",
        #"{"a": {"b": "c"}, "id": 1}"#),
      Row(
        "{\n  \"a\": 1,\n  \"b\": \"c\n}", quote, 21, "put a '\"' at the end of the line",
        "{\n  \"a\": 1,\n  \"b\": \"c\"\n}"),
      Row(
        "{\n  \"a\": \"b,\n  \"c\": 1\n}", quote, 11, beforeComma,
        "{\n  \"a\": \"b\",\n  \"c\": 1\n}"),
    ])
  func missingClosingQuote(row: Row) { Self.check(row) }

  @Test(
    "an opening quote that is missing is told alone, at the place where it belongs",
    arguments: [
      Row(
        #"{"jsonrpc": "2.0", "result": abc", "id": 1}"#, quote, 29, "put a '\"' before 'abc'",
        #"{"jsonrpc": "2.0", "result": "abc", "id": 1}"#),
      Row(
        #"{"jsonrpc": 2.0", "id": 1}"#, quote, 12, "put a '\"' before '2.0'",
        #"{"jsonrpc": "2.0", "id": 1}"#),
      Row(
        #"{"jsonrpc": "2.0", result": "abc", "id": 1}"#, quote, 19, "put a '\"' before 'result'",
        #"{"jsonrpc": "2.0", "result": "abc", "id": 1}"#),
      Row(#"{"a": 1, id": 1}"#, quote, 9, "put a '\"' before 'id'", #"{"a": 1, "id": 1}"#),
      Row(
        #"["a", b c, d", "e"]"#, quote, 6, "put a '\"' before 'b c, d'",
        #"["a", "b c, d", "e"]"#),
      Row(#"[true", 1]"#, quote, 1, "put a '\"' before 'true'", #"["true", 1]"#),
    ])
  func missingOpeningQuote(row: Row) { Self.check(row) }

  @Test("every quote that is missing is told")
  func severalQuotes() {
    let diagnosis = JSONDiagnosis(of: Array(#"{"a": "b, "c": "d, "e": ["f, "g"]}"#.utf8))
    #expect(diagnosis.findings.map(\.rule) == Array(repeating: Self.quote, count: 3))
    #expect(Self.mended(diagnosis) == #"{"a": "b", "c": "d", "e": ["f", "g"]}"#)
  }

  @Test(
    "what another fault explains better is no missing quote",
    arguments: [
      (#"["say "hi" now", 1]"#, "json.unescaped-quote"),
      (#"["he, "she" and it", "x"]"#, "json.unescaped-quote"),
      (#"{"a": "x, "y" z", "b": 1}"#, "json.unescaped-quote"),
      (#"["a" "b", "c"]"#, "json.missing-comma"),
      (#"{"a": "b" "c": "d"}"#, "json.missing-comma"),
      (#"{"a" "b", "c": "d"}"#, "json.missing-colon"),
      (#"{"a": b, "c": "d"}"#, "json.unquoted-string"),
      (#"{a: "b", "c": "d"}"#, "json.unquoted-key"),
      (#"[b"x", 1]"#, "json.python-string"),
      (#"{"a": "half of"#, "json.truncated"),
      (#"{"a": ["one, 2"#, "json.truncated"),
      (#"{"a": "see {x}"#, "json.truncated"),
      ("[\"two\nlines, or three\"]", "json.control-character"),
    ])
  func otherFaults(text: String, rule: String) {
    #expect(JSONDiagnosis(of: Array(text.utf8)).findings.map(\.rule) == [rule])
  }
}
