import LosslessJSON
import Testing

@Suite("Reading")
struct ReadingTests {
  @Test(
    "valid texts read and keep their exact spelling",
    arguments: [
      "null", "true", "false", "0", "-0", "1.0", "1e400", "-12.5E+10", "\"\"", "\"a\\u00e9\"",
      "\"\\ud800\"", "[]", "{}", " [1 , 2]\n", "{\"a\":1,\"a\":2}", "[[[]],{}]",
      "123456789012345678901234567890", "\"é€😀\"", "\"\u{7F}\"",
    ])
  func valid(text: String) throws {
    let value = try JSON(reading: text)
    #expect(String(decoding: value.document.bytes, as: UTF8.self) == text)
    #expect(value.text == text.trimmed)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var text: String
    var problem: JSONReadError.Problem
    var offset: Int
    var line = 1
    var column: Int
    var testDescription: String { text }
  }

  @Test(
    "a fault is told with its byte, line and column",
    arguments: [
      Fault(text: "", problem: .empty, offset: 0, column: 1),
      Fault(text: " \n ", problem: .empty, offset: 3, line: 2, column: 2),
      Fault(
        text: "[1,]", problem: .unexpected(found: 0x5D, expected: .value), offset: 3, column: 4),
      Fault(
        text: "[1 2]", problem: .unexpected(found: 0x32, expected: .commaOrBracket), offset: 3,
        column: 4),
      Fault(
        text: "{\"a\" 1}", problem: .unexpected(found: 0x31, expected: .colon), offset: 5, column: 6
      ),
      Fault(
        text: "{a:1}", problem: .unexpected(found: 0x61, expected: .keyOrEnd), offset: 1, column: 2),
      Fault(
        text: "{\"a\":1,}", problem: .unexpected(found: 0x7D, expected: .key), offset: 7, column: 8),
      Fault(text: "01", problem: .badNumber(.leadingZero), offset: 0, column: 1),
      Fault(text: "1.x", problem: .badNumber(.noFraction), offset: 2, column: 3),
      Fault(text: "1ex", problem: .badNumber(.noExponent), offset: 2, column: 3),
      Fault(text: "-x", problem: .badNumber(.noDigits), offset: 1, column: 2),
      Fault(text: "nul", problem: .unexpectedEnd(.literal), offset: 3, column: 4),
      Fault(text: "nil", problem: .badLiteral("nil"), offset: 0, column: 1),
      Fault(text: "truest", problem: .badLiteral("truest"), offset: 0, column: 1),
      Fault(text: "[NaN]", problem: .badLiteral("NaN"), offset: 1, column: 2),
      Fault(text: "1.", problem: .unexpectedEnd(.number), offset: 2, column: 3),
      Fault(text: "\"a", problem: .unexpectedEnd(.string), offset: 2, column: 3),
      Fault(text: "[\"Se\u{e9}", problem: .unexpectedEnd(.string), offset: 6, column: 6),
      Fault(text: "\"\\u00", problem: .unexpectedEnd(.string), offset: 5, column: 6),
      Fault(text: "\"\\x\"", problem: .badEscape, offset: 1, column: 2),
      Fault(text: "\"\\u00g0\"", problem: .badEscape, offset: 1, column: 2),
      Fault(text: "\"a\nb\"", problem: .controlCharacter(0x0A), offset: 2, column: 3),
      Fault(
        text: "[\n  1,\n  é]", problem: .unexpected(found: 0xC3, expected: .value), offset: 9,
        line: 3, column: 3),
      Fault(text: "{} x", problem: .trailingText(found: 0x78), offset: 3, column: 4),
      Fault(text: "[1", problem: .unexpectedEnd(.container), offset: 2, column: 3),
    ])
  func faults(fault: Fault) {
    let error = #expect(throws: JSONReadError.self) { try JSON(reading: fault.text) }
    #expect(error?.problem == fault.problem)
    #expect(
      error?.position == TextPosition(offset: fault.offset, line: fault.line, column: fault.column))
  }

  @Test("bytes of another encoding near the end are no text that was cut")
  func latin() {
    for byte: UInt8 in [0xC3, 0xE9, 0xF1] {
      let error = #expect(throws: JSONReadError.self) {
        try JSON(reading: Array(#"{"a":"Se"#.utf8) + [byte] + Array(#""}"#.utf8))
      }
      #expect(error?.problem == .invalidUTF8)
      #expect(error?.position.offset == 8)
      let cut = #expect(throws: JSONReadError.self) {
        try JSON(reading: Array(#"{"a":"Se"#.utf8) + [byte])
      }
      #expect(cut?.isUnfinished == true)
    }
  }

  @Test(
    "bytes that are not UTF-8 are refused where they stand",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22], [0x22, 0xE4, 0xB8, 0x22],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let error = #expect(throws: JSONReadError.self) { try JSON(reading: bytes) }
    #expect(error?.problem == .invalidUTF8)
    #expect(error?.position.offset == 1)
  }

  @Test("an unexpected end says what was open and since where")
  func openSince() {
    let error = #expect(throws: JSONReadError.self) { try JSON(reading: "{\n  \"a\": [1, 2") }
    #expect(error?.isUnfinished == true)
    #expect(error?.openedAt == TextPosition(offset: 9, line: 2, column: 8))
  }

  @Test("depth and size are limits told as errors")
  func limits() throws {
    let deep = String(repeating: "[", count: 50) + String(repeating: "]", count: 50)
    #expect(try JSON(reading: deep, limits: JSONLimits(maxDepth: 50)).count == 1)
    let tooDeep = #expect(throws: JSONReadError.self) {
      try JSON(reading: deep, limits: JSONLimits(maxDepth: 49))
    }
    #expect(tooDeep?.problem == .tooDeep(limit: 49))
    #expect(tooDeep?.position.offset == 49)
    let tooLarge = #expect(throws: JSONReadError.self) {
      try JSON(reading: "[1,2,3]", limits: JSONLimits(maxBytes: 6))
    }
    #expect(tooLarge?.problem == .tooLarge(limit: 6))
  }

  @Test("a million open brackets are an error, not a crash")
  func hostileDepth() {
    let text = [UInt8](repeating: 0x5B, count: 1_000_000)
    let error = #expect(throws: JSONReadError.self) { try JSON(reading: text) }
    #expect(error?.problem == .tooDeep(limit: 10_000))
  }

  @Test("every prefix of a valid text is unfinished, never wrong")
  func prefixes() throws {
    let text = "{\"k\\u00e9y\": [1.5e-3, \"é😀\\n\", true, null, {}], \"n\": -0}"
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      let error = #expect(throws: JSONReadError.self) { try JSON(reading: Array(bytes[..<length])) }
      #expect(
        error?.isUnfinished == true, "after \(length) bytes: \(error.map(\.description) ?? "")")
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
