import Catalog
import LosslessJSON
import Synchronization
import Terminal
import Testing

@testable import Shell

/// A reader for whom the answers lie ready.
final class ScriptedFormReader: FormReader {
  private let state: Mutex<(answers: [ReadOutcome], shown: [String])>

  init(_ answers: [ReadOutcome]) { state = Mutex((answers, [])) }

  convenience init(_ lines: String...) { self.init(lines.map { .line($0) }) }

  /// What was shown and asked, a line each.
  var shown: [String] { state.withLock { $0.shown } }

  func show(_ text: StyledText) { state.withLock { $0.shown += text.lines.map(\.plain) } }

  func read(_ prompt: StyledText, for field: FormField) async -> ReadOutcome {
    state.withLock { state in
      state.shown.append(prompt.plain)
      return state.answers.isEmpty ? .endOfInput : state.answers.removeFirst()
    }
  }
}

@Suite struct FormTests {
  static let schema: JSON = [
    "type": "object", "required": ["name", "count"],
    "properties": [
      "name": ["type": "string", "title": "Your name", "minLength": 2],
      "mail": ["type": "string", "format": "email", "description": "where to write to"],
      "count": ["type": "integer", "minimum": 1, "maximum": 10, "default": 3],
      "colour": ["type": "string", "enum": ["r", "g"], "enumNames": ["Red", "Green"]],
      "sure": ["type": "boolean"],
      "days": [
        "type": "array", "maxItems": 2,
        "items": [
          "anyOf": [
            ["const": "mo", "title": "Monday"], ["const": "tu", "title": "Tuesday"],
            ["const": "we", "title": "Wednesday"],
          ]
        ],
      ],
    ],
  ]

  private static func ask(
    _ reader: ScriptedFormReader, interrupt: FormAsker.Interrupt = .declines
  ) async -> FormAsker.Outcome {
    await FormAsker(reader: reader, interrupt: interrupt).ask(Schema(schema, root: schema))
  }

  @Test func asksFieldByFieldAndTypesTheAnswers() async throws {
    let reader = ScriptedFormReader("Ada", "ada@example.org", "", "Green", "y", "1, Wednesday")
    let outcome = await Self.ask(reader)
    let wanted =
      #"{"name":"Ada","mail":"ada@example.org","count":3,"colour":"g","sure":true,"days":["mo","we"]}"#
    #expect(outcome == .filled(try JSON(reading: wanted)))
    #expect(reader.shown.contains("name string> "))
    #expect(reader.shown.contains("count integer 1…10 [3]> "))
    #expect(reader.shown.contains("mail email, optional> "))
    #expect(reader.shown.contains("  2  g  Green"))
  }

  @Test func asksAgainUntilTheAnswerWillDo() async throws {
    let reader = ScriptedFormReader(
      "", "A", "Ada", "nowhere", "a@b", "11", "1.5", "7", "blue", "1", "maybe", "n", "1,2,3", "2")
    let outcome = await Self.ask(reader)
    let wanted =
      #"{"name":"Ada","mail":"a@b","count":7,"colour":"r","sure":false,"days":["tu"]}"#
    #expect(outcome == .filled(try JSON(reading: wanted)))
    for word in [
      "it is required", "at least 2 characters", "no email", "at most 10", "a whole number",
      "blue is none of them", "yes or no", "at most 2 values",
    ] {
      #expect(reader.shown.contains { $0.contains(word) }, "\(word)")
    }
  }

  @Test func leavesOutWhatIsOptional() async throws {
    let outcome = await Self.ask(ScriptedFormReader("Ada", "", "", "", "", ""))
    #expect(outcome == .filled(["name": "Ada", "count": 3]))
  }

  @Test func takesControlCAsItIsTold() async throws {
    let keys: [ReadOutcome] = [.line("Ada"), .interrupted, .line("5")]
    #expect(await Self.ask(ScriptedFormReader(keys)) == .declined)
    let filled = await Self.ask(ScriptedFormReader(keys), interrupt: .skipsOptional)
    #expect(filled == .filled(["name": "Ada", "count": 5]))
    #expect(
      await Self.ask(ScriptedFormReader([.interrupted]), interrupt: .skipsOptional) == .declined)
    #expect(await Self.ask(ScriptedFormReader([.line("Ada"), .endOfInput])) == .cancelled)
  }

  @Test func keepsTextAsItIsTyped() async throws {
    let schema: JSON = [
      "type": "object",
      "properties": ["a": ["type": "string"], "b": ["type": "string"], "c": [:], "d": [:]],
    ]
    let reader = ScriptedFormReader("42", #""two\nlines""#, "[1, 2.0]", "word")
    let outcome = await FormAsker(reader: reader).ask(Schema(schema, root: schema))
    #expect(
      outcome
        == .filled(try JSON(reading: #"{"a":"42","b":"two\nlines","c":[1, 2.0],"d":"word"}"#)))
  }

  @Test func showsNothingOfAServerUnescaped() async throws {
    let schema: JSON = [
      "type": "object",
      "properties": ["a\u{1b}[2J": ["type": "string", "description": "x\u{1b}]0;t\u{7}\u{202e}"]],
    ]
    let reader = ScriptedFormReader("x")
    _ = await FormAsker(reader: reader).ask(Schema(schema, root: schema))
    #expect(!reader.shown.isEmpty)
    for line in reader.shown { #expect(!line.unicodeScalars.contains { $0 == "\u{1b}" }) }
  }

  @Test func completesTheValuesOfAField() throws {
    let schema = Schema(Self.schema, root: Self.schema)
    let fields = FormField.fields(of: schema)
    let colours = FieldHooks(field: fields[3]).complete("", cursor: 0)
    #expect(colours.candidates.map(\.text) == ["r", "g"])
    #expect(colours.candidates.map(\.annotation) == ["Red", "Green"])
    let days = FieldHooks(field: fields[5]).complete("mo, t", cursor: 5)
    #expect(days.candidates.map(\.text) == ["tu"])
    #expect(days.replaced == 4..<5)
  }
}
