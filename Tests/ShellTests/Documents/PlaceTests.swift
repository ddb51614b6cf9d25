import LosslessJSON
import Session
import TestFolders
import Testing

@testable import Shell

/// Places as they are typed, and what is sent for them.
@Suite struct PlaceTests {
  private func read(_ word: String, files: Set<String> = ["a.c"]) -> String {
    let place = PlaceWord(word) { files.contains($0) }
    let points = [place.start, place.end].map { point in
      point.map { "\($0.line),\($0.column.map(String.init) ?? "")" } ?? "-"
    }
    return ([place.file] + points).joined(separator: " ")
  }

  @Test(arguments: [
    ("a.c", "a.c - -"), ("a.c:3", "a.c 3, -"), ("a.c:3:7", "a.c 3,7 -"),
    ("a.c:3:7:", "a.c 3,7 -"), ("a.c:3:7-4:1", "a.c 3,7 4,1"), ("a.c:3:7-9", "a.c 3,7 3,9"),
    ("a.c:3-5", "a.c 3, 5,"), ("no.c:3:7", "no.c 3,7 -"), ("a.c:x", "a.c:x - -"),
    ("a.c:3:x", "a.c:3:x - -"), ("a.c:3:7-", "a.c:3:7- - -"), ("a.c:+3", "a.c:+3 - -"),
    ("file:///a.c:3:7", "file:///a.c 3,7 -"), ("a.c:1:2:3", "a.c:1 2,3 -"),
  ])
  func reads(_ word: String, _ reading: String) {
    #expect(read(word) == reading)
  }

  @Test func prefersFilesThatAreThere() {
    #expect(read("x:1:2", files: ["x:1"]) == "x:1 2, -")
    #expect(read("x:1:2", files: ["x:1:2"]) == "x:1:2 - -")
    #expect(read("x:1:2", files: ["x", "x:1"]) == "x 1,2 -")
  }

  // MARK: - What is sent

  private func sent(_ line: String, _ encoding: PositionEncoding = .utf16) async throws -> String {
    let shell = try await DocumentHarness(ScriptedLanguageServer(encoding))
    try shell.folder.write("a.c", "int a;\n\u{1F600}\u{FC}b = 1;\nlast")
    let outcome = try await shell.run(line)
    #expect(outcome.status == .ok, "\(outcome.text)")
    let method = line.split(separator: " ").first { $0.contains("/") } ?? ""
    let members = shell.server.last(String(method))?["params"]?.members.map { member in
      member.name == "textDocument"
        ? (member.name, ["uri": member.value["uri"] == JSON(shell.uri("a.c")) ? "A" : "?"])
        : (member.name, member.value)
    }
    return JSON.object(members ?? []).text
  }

  private static let document = #""textDocument": {"uri": "A"}"#

  private static func at(_ line: Int, _ character: Int) -> String {
    #"{"line": \#(line), "character": \#(character)}"#
  }

  @Test(arguments: [(PositionEncoding.utf8, 6), (.utf16, 3), (.utf32, 2)])
  func countsAsAgreed(_ encoding: PositionEncoding, _ character: Int) async throws {
    #expect(
      try await sent("textDocument/hover FOLDER/a.c:2:3", encoding)
        == "{\(Self.document), \"position\": \(Self.at(1, character))}")
  }

  @Test(arguments: [
    (
      "textDocument/rename FOLDER/a.c:1:5 newName=foo",
      "{\(document), \"position\": \(at(0, 4)), \"newName\": \"foo\"}"
    ),
    (
      "textDocument/rename FOLDER/a.c:1:5 foo",
      "{\(document), \"position\": \(at(0, 4)), \"newName\": \"foo\"}"
    ),
    (
      "textDocument/rename newName=foo FOLDER/a.c:1:5",
      "{\(document), \"position\": \(at(0, 4)), \"newName\": \"foo\"}"
    ),
    (
      "textDocument/rename newName=foo textDocument=FOLDER/a.c:1:5",
      "{\(document), \"position\": \(at(0, 4)), \"newName\": \"foo\"}"
    ),
    (
      "textDocument/references FOLDER/a.c:1:5",
      "{\(document), \"position\": \(at(0, 4)), \"context\": {\"includeDeclaration\": true}}"
    ),
    (
      "textDocument/references FOLDER/a.c:1:5 context:={}",
      "{\(document), \"position\": \(at(0, 4)), \"context\": {}}"
    ),
    (
      "textDocument/formatting FOLDER/a.c",
      "{\(document), \"options\": {\"tabSize\": 4, \"insertSpaces\": true}}"
    ),
    (
      "textDocument/codeAction FOLDER/a.c:1:5-2:3",
      "{\(document), \"range\": {\"start\": \(at(0, 4)), \"end\": \(at(1, 3))}, \"context\": {\"diagnostics\": []}}"
    ),
    (
      "textDocument/codeAction FOLDER/a.c",
      "{\(document), \"range\": {\"start\": \(at(0, 0)), \"end\": \(at(2, 4))}, \"context\": {\"diagnostics\": []}}"
    ),
    (
      "textDocument/codeAction FOLDER/a.c:2",
      "{\(document), \"range\": {\"start\": \(at(1, 0)), \"end\": \(at(1, 9))}, \"context\": {\"diagnostics\": []}}"
    ),
    (
      "textDocument/selectionRange FOLDER/a.c:1:1",
      "{\(document), \"positions\": [\(at(0, 0))]}"
    ),
    ("textDocument/zzzzzzzzzzzzzzzzzz FOLDER/a.c", "{\(document)}"),
    ("textDocument/zzzzzzzzzzzzzzzzzz FOLDER/a.c:1:2", "{\(document), \"position\": \(at(0, 1))}"),
    ("! textDocument/hover FOLDER/a.c:9:9", "{\(document), \"position\": \(at(8, 8))}"),
  ])
  func sends(_ line: String, _ params: String) async throws {
    #expect(try await sent(line) == params)
  }

  @Test(arguments: [
    ("textDocument/hover FOLDER/a.c:9:1", "has 3 lines, not 9"),
    ("textDocument/hover FOLDER/a.c:1:9", "ends at column 7"),
    ("textDocument/hover FOLDER/a.c:0:1", "count from 1"),
    ("textDocument/hover FOLDER/a.c", "wants a position"),
    ("textDocument/hover FOLDER/no.c:1:1", "there is no file"),
    ("textDocument/codeAction FOLDER/a.c:2:1-1:1", "ends before it begins"),
    ("textDocument/didOpen FOLDER/a.c", "takes more than a place"),
  ])
  func complains(_ line: String, _ words: String) async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "int a;\nb\nlast")
    let outcome = try await shell.run(line)
    #expect(outcome.status == .usage)
    #expect(outcome.text.contains(words), "\(outcome.text)")
    #expect(!shell.server.methods.contains("textDocument/hover"))
  }

  @Test func leavesWhatIsGivenAsJSON() async throws {
    let shell = try await DocumentHarness()
    try await shell.run(
      #"textDocument/hover textDocument:={"uri":"x:y"} position:={"line":0,"character":1}"#)
    #expect(
      shell.server.last("textDocument/hover")?["params"]?.text
        == #"{"textDocument": {"uri":"x:y"}, "position": {"line":0,"character":1}}"#)
    #expect(shell.server.texts.isEmpty)
  }
}
