import LosslessJSON
import Session
import Terminal
import Testing

@testable import View

/// What is shown of a language server's results besides the JSON.
@Suite struct LanguageResultTests {
  private static let texts = [
    "file:///w/a.c": DocumentText("int one;\n  int \u{1F600}two = one;\n"),
    "file:///w/b.c": DocumentText("void f(void)\n{\n}\n"),
  ]

  private func lines(_ result: String, document: String? = nil) throws -> [String] {
    let sources = DocumentSources(encoding: .utf16, folder: "/w") { Self.texts[$0] }
    return LanguageResult(sources).lines(try JSON(reading: result), document: document)
      .map(\.plain)
  }

  private static func range(_ line: Int, _ start: Int, _ end: Int) -> String {
    #"{"start": {"line": \#(line), "character": \#(start)}, "end": {"line": \#(line), "character": \#(end)}}"#
  }

  @Test func listsLocations() throws {
    let result = """
      [{"uri": "file:///w/a.c", "range": \(Self.range(1, 8, 11))},
       {"targetUri": "file:///w/b.c", "targetRange": \(Self.range(0, 0, 12)),
        "targetSelectionRange": \(Self.range(0, 5, 6))},
       {"uri": "file:///elsewhere/c.c", "range": \(Self.range(4, 1, 2))}]
      """
    #expect(
      try lines(result) == [
        "a.c:2:8  int \u{1F600}two = one;", "b.c:1:6  void f(void)", "/elsewhere/c.c:5:2  ",
      ])
    #expect(
      try lines(#"{"uri": "file:///w/a.c", "range": \#(Self.range(0, 4, 7))}"#) == [
        "a.c:1:5  int one;"
      ])
  }

  @Test func listsSymbols() throws {
    let result = """
      [{"name": "f", "kind": 12, "range": \(Self.range(0, 0, 12)),
        "selectionRange": \(Self.range(0, 5, 6)), "children": [
          {"name": "in\\u001bside", "range": \(Self.range(1, 0, 1)),
           "selectionRange": \(Self.range(1, 0, 1))}]},
       {"name": "g", "kind": 12, "location":
          {"uri": "file:///w/a.c", "range": \(Self.range(0, 4, 7))}}]
      """
    #expect(
      try lines(result, document: "file:///w/b.c") == [
        "b.c:1:6  f  void f(void)", "  b.c:2:1  in\\u001bside  {", "a.c:1:5  g  int one;",
      ])
  }

  @Test func listsEdits() throws {
    let edits = """
      [{"range": \(Self.range(0, 4, 7)), "newText": "uno"},
       {"range": \(Self.range(0, 0, 0)), "newText": "// x\\n"},
       {"range": \(Self.range(1, 8, 11)), "newText": ""}]
      """
    let expected = [
      "a.c:1:5-8  one → uno", "a.c:1:1  + // x\\u000a", "a.c:2:8-11  two → nothing",
    ]
    #expect(try lines(#"{"changes": {"file:///w/a.c": \#(edits)}}"#) == expected)
    #expect(
      try lines(
        #"{"documentChanges": [{"textDocument": {"uri": "file:///w/a.c"}, "edits": \#(edits)}, {"kind": "rename", "oldUri": "file:///w/a.c", "newUri": "file:///w/z.c"}]}"#
      ) == expected + ["rename a.c → z.c"])
    #expect(try lines(edits, document: "file:///w/a.c") == expected)
  }

  @Test func showsOnlyTheLinesThatAnEditChanges() throws {
    let range =
      #"{"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}"#
    let edits =
      #"[{"range": \#(range), "newText": "int one;\n  int three = one;\n"}]"#
    #expect(
      try lines(edits, document: "file:///w/a.c") == [
        "a.c:2", "  -   int \u{1F600}two = one;", "  +   int three = one;",
      ])
  }

  @Test(arguments: [
    (#""one\ntwo""#, ["| one", "| two"]),
    (
      #"{"kind": "markdown", "value": "```c\nint x\n```\n\n\nwords\n"}"#,
      ["| int x", "| ", "| words"]
    ),
    (#"[{"language": "c", "value": "int x"}, "words"]"#, ["| int x", "| words"]),
    (#"[]"#, []), ("5", []), (#"{"value": "\u001b[31mred"}"#, ["| \\u001b[31mred"]),
  ])
  func showsTheWordsOfAHover(_ contents: String, _ shown: [String]) throws {
    #expect(try lines(#"{"contents": \#(contents)}"#) == shown)
  }

  @Test func listsCompletionsInTheirOrder() throws {
    let items =
      #"[{"label": "b", "kind": 3, "sortText": "2", "detail": "int b()"}, {"label": "a", "kind": 6, "sortText": "1"}]"#
    #expect(try lines(#"{"isIncomplete": false, "items": \#(items)}"#) == ["a", "b  int b()"])
    #expect(try lines(items) == ["a", "b  int b()"])
  }

  @Test func listsActions() throws {
    let result = """
      [{"title": "Fix it", "kind": "quickfix", "edit": {"changes": {"file:///w/a.c": [
         {"range": \(Self.range(0, 4, 7)), "newText": "uno"}]}}},
       {"title": "Run", "command": "x"}]
      """
    #expect(
      try lines(result) == ["[0] Fix it  quickfix", "    a.c:1:5-8  one → uno", "[1] Run"])
  }

  @Test(arguments: ["null", "[]", "{}", "5", #"[{"a": 1}]"#, #"[[1]]"#, #"{"data": [1, 2]}"#])
  func saysNothingOfOthers(_ result: String) throws {
    #expect(try lines(result).isEmpty)
  }

  @Test func cutsLongLists() throws {
    let item = #"{"uri": "file:///w/a.c", "range": \#(Self.range(0, 4, 7))}"#
    let result = "[" + Array(repeating: item, count: 100).joined(separator: ",") + "]"
    let lines = try lines(result)
    #expect(lines.count == 41)
    #expect(lines.last == "… 60 more")
  }
}
