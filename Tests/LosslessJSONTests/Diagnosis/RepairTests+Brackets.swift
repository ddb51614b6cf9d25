import LosslessJSON
import Testing

extension RepairTests {
  private static let bracket = "json.mismatched-bracket"

  @Test(
    "a bracket that does not fit is repaired so that the rest of the text fits",
    arguments: [
      Row(
        #"{"result": {"list": [1, 2}}, "id": 1}"#, bracket, 25, "write a ']' instead of '}'",
        #"{"result": {"list": [1, 2]}, "id": 1}"#),
      Row(
        #"{"result": {"list": [1, 2}, "id": 1}"#, bracket, 25, "put a ']' before '}'",
        #"{"result": {"list": [1, 2]}, "id": 1}"#),
      Row(
        #"{"list": [{"a": 1, "b": 2], "id": 1}"#, bracket, 25, "put a '}' before ']'",
        #"{"list": [{"a": 1, "b": 2}], "id": 1}"#),
      Row(
        #"{"a": {"b": [[1, 2}, "c": 3}"#, bracket, 18, "put ']]' before '}'",
        #"{"a": {"b": [[1, 2]]}, "c": 3}"#),
      Row(
        #"{"result": {"a": 1]}, "id": 1}"#, bracket, 18, "remove ']', which closes nothing",
        #"{"result": {"a": 1}, "id": 1}"#),
      Row("[1, 2}", bracket, 5, "write a ']' instead of '}'", "[1, 2]"),
      Row(#"{"a": [1, 2}"#, bracket, 11, "put a ']' before '}'", #"{"a": [1, 2]}"#),
    ])
  func mismatchedBracket(row: Row) { Self.check(row) }

  @Test(
    "a bracket that is missing before a comma is told where it belongs",
    arguments: [
      Row(
        #"{"a": [1, 2, "b": 3}"#, bracket, 11, "put a ']' before the comma",
        #"{"a": [1, 2], "b": 3}"#),
      Row(
        #"{"a": [[1, 2, "b": 3}"#, bracket, 12, "put ']]' before the comma",
        #"{"a": [[1, 2]], "b": 3}"#),
      Row(
        #"[{"a": 1, {"b": 2}]"#, bracket, 8, "put a '}' before the comma",
        #"[{"a": 1}, {"b": 2}]"#),
    ])
  func missingBracket(row: Row) { Self.check(row) }
}
