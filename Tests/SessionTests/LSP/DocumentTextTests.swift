import LosslessJSON
import Testing

@testable import Session

/// Places and their conversions, in every encoding.
@Suite struct DocumentTextTests {
  /// `a`, an umlaut, an emoji, `z`: 1, 2, 4, 1 bytes; 1, 1, 2, 1 units of UTF-16.
  static let text = DocumentText("first\na\u{FC}\u{1F600}z\r\nlast")

  struct Place: Sendable {
    var encoding: PositionEncoding
    /// The character before each column of the second line, from 1.
    var characters: [Int]
  }

  @Test(arguments: [
    Place(encoding: .utf8, characters: [0, 1, 3, 7, 8]),
    Place(encoding: .utf16, characters: [0, 1, 2, 4, 5]),
    Place(encoding: .utf32, characters: [0, 1, 2, 3, 4]),
  ])
  func convertsBothWays(_ place: Place) {
    for (index, character) in place.characters.enumerated() {
      let typed = SourcePlace(line: 2, column: index + 1)
      let position = LSPPosition(line: 1, character: character)
      #expect(Self.text.position(of: typed, in: place.encoding) == position)
      #expect(Self.text.place(of: position, in: place.encoding) == typed)
    }
  }

  @Test func takesTheInsideOfACharacterForTheCharacter() {
    let inside = LSPPosition(line: 1, character: 3)
    #expect(Self.text.place(of: inside, in: .utf16) == SourcePlace(line: 2, column: 3))
  }

  @Test func takesAPlaceBehindALineForItsEnd() {
    let behind = LSPPosition(line: 1, character: 99)
    #expect(Self.text.place(of: behind, in: .utf16) == SourcePlace(line: 2, column: 5))
    let beyond = SourcePlace(line: 2, column: 7)
    #expect(Self.text.position(of: beyond, in: .utf16).character == 7)
  }

  @Test func countsLinesAsTheProtocolDoes() {
    #expect(Self.text.lineCount == 3)
    #expect(DocumentText("").lineCount == 1)
    #expect(DocumentText("a\rb\r\nc\n").lineCount == 4)
    #expect(Self.text.columns(ofLine: 2) == 5)
    #expect(Self.text.columns(ofLine: 3) == 5)
    #expect(Self.text.columns(ofLine: 4) == 0)
    #expect(Self.text.end == SourcePlace(line: 3, column: 5))
  }

  @Test func readsWhatIsNoUTF8() {
    #expect(DocumentText([0x61, 0xFF, 0x0A]).text == "a\u{FFFD}\n")
  }

  // MARK: - Changes

  static let texts = [
    "", "\n", "a", "a\n", "a\nb", "a\nb\n", "b\na\n", "\u{1F600}", "a\n\u{1F600}b", "a\r\nb\r\n",
    "a\rb", "\r\n\r", "a\n\u{1F600}b\nc\n", "x\na\n\u{1F600}b\nc\ny\n", "a\na\na\n", "a\na\n",
  ]

  /// What a server makes of a change is what the file is.
  @Test(arguments: PositionEncoding.allCases)
  func changesLeadFromEachTextToEachOther(_ encoding: PositionEncoding) {
    for old in Self.texts {
      for new in Self.texts {
        let (before, after) = (DocumentText(old), DocumentText(new))
        guard let change = DocumentChange(from: before, to: after, in: encoding) else {
          #expect(old == new)
          continue
        }
        let made = before.replacing(change.range, by: change.text, in: encoding)
        #expect(made == Array(new.utf8), "\(old.debugDescription) to \(new.debugDescription)")
      }
    }
  }

  @Test func changesAreNoLargerThanTheyHaveToBe() throws {
    let old = DocumentText("one\ntwo\nthree\nfour\n")
    let new = DocumentText("one\ntwo\nTHREE\nfour\n")
    let change = try #require(DocumentChange(from: old, to: new, in: .utf16))
    #expect(
      change.json.text
        == #"{"range": {"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}}, "text": "THREE\n"}"#
    )
  }

  // MARK: - Edits

  private func edits(_ list: String) throws -> TextEdits {
    try #require(TextEdits(JSON(reading: list)))
  }

  @Test func makesEditsOfTheTextAsItWas() throws {
    let text = DocumentText("a\u{1F600}b\nc\n")
    let edits = try edits(
      """
      [{"range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 1}},
        "newText": "C"},
       {"range": {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 4}},
        "newText": "B"},
       {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "newText": "1"},
       {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "newText": "2"}]
      """)
    let made = try #require(edits.applied(to: text, in: .utf16))
    #expect(String(decoding: made, as: UTF8.self) == "12a\u{1F600}B\nC\n")
  }

  @Test func refusesEditsOfTheSamePart() throws {
    let edits = try edits(
      """
      [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 2}},
        "newText": "x"},
       {"range": {"start": {"line": 0, "character": 1}, "end": {"line": 0, "character": 3}},
        "newText": "y"}]
      """)
    #expect(edits.applied(to: DocumentText("abcd"), in: .utf16) == nil)
    #expect(TextEdits([["newText": "no range"]]) == nil)
  }
}
