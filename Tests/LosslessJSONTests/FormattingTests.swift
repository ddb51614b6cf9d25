import LosslessJSON
import Testing

@Suite("Formatting")
struct FormattingTests {
  @Test("tokens are never respelt, whatever the layout")
  func layouts() throws {
    let value = try JSON(reading: #" {"a":1.50,"b":[1,2,{"c":"\u00e9"}],"d":[],"e":{}} "#)
    #expect(
      String(decoding: JSONFormatter.compact.bytes(value), as: UTF8.self)
        == #"{"a":1.50,"b":[1,2,{"c":"\u00e9"}],"d":[],"e":{}}"#)
    #expect(
      String(decoding: JSONFormatter.oneLine.bytes(value), as: UTF8.self)
        == #"{"a": 1.50, "b": [1, 2, {"c": "\u00e9"}], "d": [], "e": {}}"#)
    #expect(
      String(decoding: JSONFormatter(width: 0).bytes(value), as: UTF8.self) == """
        {
          "a": 1.50,
          "b": [
            1,
            2,
            {
              "c": "\\u00e9"
            }
          ],
          "d": [],
          "e": {}
        }
        """)
    #expect(
      String(decoding: JSONFormatter(width: 40).bytes(value), as: UTF8.self) == """
        {
          "a": 1.50,
          "b": [1, 2, {"c": "\\u00e9"}],
          "d": [],
          "e": {}
        }
        """)
  }

  @Test("lines carry roles and no colour")
  func lines() throws {
    let lines = JSONFormatter(width: 0).lines(try JSON(reading: #"{"a": [true]}"#))
    #expect(lines.map(\.text) == ["{", "  \"a\": [", "    true", "  ]", "}"])
    #expect(lines[1].tokens.map(\.role) == [.key, .punctuation, .punctuation])
    #expect(lines[2].tokens.map(\.role) == [.literal])
  }

  @Test("formatting what was formatted changes nothing")
  func idempotent() throws {
    let text =
      #"[{"id": 1, "tags": ["a", "b"], "nested": {"deep": {"deeper": [1, [2, [3]]]}}}, 2.50, "x"]"#
    for width in [0, 20, 40, 80, Int.max] {
      let formatter = JSONFormatter(width: width)
      let once = formatter.bytes(try JSON(reading: text))
      #expect(formatter.bytes(try JSON(reading: once)) == once)
      #expect(try JSON(reading: once) == JSON(reading: text))
    }
  }

  @Test("a part of a document formats alone")
  func part() throws {
    let value = try #require(JSON(reading: #"{"a": {"b": [1]}, "c": 2}"#)["a"])
    #expect(String(decoding: JSONFormatter.compact.bytes(value), as: UTF8.self) == #"{"b":[1]}"#)
  }

  @Test(
    "the lexer's pieces are the text again, broken or not",
    arguments: [
      #"{"a": [1, tru, "x\"#, "{a:'b'}}", "\"abc", "[1,2", "", "é\u{1}[", #"{"k" :"v"}"#,
    ])
  func lexer(text: String) {
    let bytes = Array(text.utf8)
    let tokens = JSONLexer.tokens(bytes[...])
    #expect(tokens.flatMap { Array(bytes[$0.range]) } == bytes)
  }

  @Test("the lexer tells keys from strings and invalid words from literals")
  func lexerRoles() {
    let roles = JSONLexer.tokens(Array(#"{"k" :"v", x: true}"#.utf8)[...]).map(\.role)
    #expect(
      roles == [
        .punctuation, .key, .blank, .punctuation, .string, .punctuation, .blank, .invalid,
        .punctuation, .blank, .literal, .punctuation,
      ])
  }
}
