import LosslessJSON
import Testing

/// The most findings a text can have: a hundred, every rule's first, and how many more there were.
private enum FloodLimit {
  static let findings = 100 + JSONRule.allCases.count
}

@Suite("Diagnosis")
struct DiagnosisTests {
  static func rules(_ text: String) -> [String] {
    JSONDiagnosis(of: Array(text.utf8)).findings.map(\.rule)
  }

  @Test("a sentence names the characters, the place that belongs to it and the remedy")
  func sentences() throws {
    let comma = JSONDiagnosis(of: Array("{\"a\": [1,2,],\n \"b\": 3}".utf8))
    #expect(comma.findings.map(\.message) == ["a comma stands before ']'"])
    #expect(comma.findings.map(\.hint) == ["remove the comma before ']'"])
    #expect(comma.findings.map(\.section) == ["RFC 8259 section 5"])
    let twice = JSONDiagnosis(of: Array("{\"a\": 1,\n  \"b\": 2, \"b\": 3}".utf8))
    #expect(
      twice.findings.map(\.message) == [
        "the key 'b' stands twice in this object, first at line 2, column 3"
      ])
    let cut = JSONDiagnosis(of: Array("[1,\n [2".utf8))
    #expect(
      cut.findings.map(\.message) == [
        "the text ends inside the array that was opened at line 2, column 2"
      ])
    #expect(cut.findings.map(\.range) == [7..<7])
  }

  @Test("a place in the mended value is found again in the text")
  func places() throws {
    let text = Array("{'name': 'x', \"list\": [1,,2 3,], n: 0x1F, // end\n \"last\": [true]".utf8)
    let diagnosis = JSONDiagnosis(of: text)
    let value = try #require(diagnosis.value)
    func original(_ value: JSON?) -> String? {
      value.map { String(decoding: text[diagnosis.original($0.range)], as: UTF8.self) }
    }
    #expect(original(value["name"]) == "'x'")
    #expect(original(value["list"]?[0]) == "1")
    #expect(original(value["list"]?[1]) == "2")
    #expect(original(value["list"]?[2]) == "3")
    #expect(original(value["n"]) == "0x1F")
    #expect(original(value["last"]) == "[true]")
    #expect(original(value) == String(decoding: text, as: UTF8.self))
  }

  @Test("places in another encoding are those of the bytes received")
  func encodedPlaces() throws {
    var text: [UInt8] = [0xFF, 0xFE]
    for unit in "{\"é😀\": [None, \"\(String(repeating: "ü", count: 2000))\", 7]}".utf16 {
      text += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
    }
    let diagnosis = JSONDiagnosis(of: text)
    let list = try #require(diagnosis.value?["é😀"])
    let seven = try #require(list[2])
    let place = diagnosis.original(seven.range)
    #expect(Array(text[place]) == [0x37, 0])
    #expect(diagnosis.findings.last?.rule == "json.python-literal")
    #expect(
      diagnosis.findings.last.flatMap { $0.range }.map { Array(text[$0]) }
        == [0x4E, 0, 0x6F, 0, 0x6E, 0, 0x65, 0])
  }

  @Test(
    "numbers that keep their value as doubles are not remarked on",
    arguments: [
      "0", "-0", "1.0", "0.1", "1e22", "1E-7", "9007199254740992", "-9007199254740994",
      "18014398509481984", "123456789012345", "1152921504606846976", "0.30000000000000004",
      "0.012345678901234567", "-0.00001234567890123456", "1.7976931348623157e308",
      "5e-324", "2.2250738585072014e-308", "1.50000000000000000000000000", "0e999999",
      "340282366920938463463374607431768211456", "0.000000000000000000000000000001",
      "4503599627370496.5", "0.5000000000000000000000000000000000000",
      "0.1000000000000000055511151231257827021181583404541015625",
    ])
  func exactNumbers(text: String) { #expect(Self.rules(text) == []) }

  @Test(
    "numbers that change as doubles are told",
    arguments: [
      ("9007199254740993", "json.integer-inexact"), ("-9007199254740993", "json.integer-inexact"),
      ("1234567890123456789", "json.integer-inexact"),
      ("340282366920938463463374607431768211457", "json.integer-inexact"),
      ("1e309", "json.number-overflow"), ("1e99999999999999999999", "json.number-overflow"),
      ("1.7976931348623159e308", "json.number-overflow"), ("1e-324", "json.number-underflow"),
      ("0.123456789012345678", "json.number-digits"), ("1e-999", "json.number-underflow"),
      ("0.1000000000000000055511151231257827021181583404541015635", "json.number-digits"),
    ])
  func lossyNumbers(text: String, rule: String) {
    #expect(Self.rules(text) == [rule])
    #expect(Self.rules("[\(text), {\"a\": \(text)}]") == [rule, rule])
  }

  @Test("repeated keys are found in small and large objects, sorted or not, however spelt")
  func repeatedKeys() {
    for count in [2, 3, 24, 25, 100, 40_000] {
      for isSorted in [true, false] {
        var keys = (0..<count).map { "key number \((isSorted ? $0 : ($0 &* 7919) % 100_003))" }
        let whole = "[{" + keys.map { "\"\($0)\":[{}]" }.joined(separator: ",") + "}]"
        #expect(Self.rules(whole) == [], "\(count)")
        keys.append(keys[count / 2])
        let twice = "[{" + keys.map { "\"\($0)\":[{}]" }.joined(separator: ",") + "}]"
        #expect(Self.rules(twice) == ["json.duplicate-key"], "\(count)")
      }
    }
    #expect(Self.rules(#"{"a": 1, "\u0061": 2}"#) == ["json.duplicate-key"])
    #expect(Self.rules(#"[{"a":1,"b":1},{"a":1,"b":1},{"a":1,"a":1}]"#) == ["json.duplicate-key"])
    // The same letters composed in two ways are two keys.
    #expect(Self.rules("{\"\u{E9}\": 1, \"e\u{301}\": 2}") == [])
    let same = String(repeating: "x", count: 8)
    #expect(Self.rules("{\"\(same)1\(same)\": 1, \"\(same)2\(same)\": 2}") == [])
  }

  @Test("of a hopeless text the first hundred findings are kept, each rule's first, and a count")
  func floods() {
    let text = "[" + String(repeating: "a, ", count: 1000) + "NaN, 1 2]"
    let rules = Self.rules(text)
    #expect(rules.filter { $0 == "json.unquoted-string" }.count == 100)
    #expect(rules.suffix(3) == ["json.nan", "json.missing-comma", "json.more"])
    let last = JSONDiagnosis(of: Array(text.utf8)).findings.last
    #expect(last?.message == "900 more findings are not listed")
  }

  @Test("how many more findings there are comes last in any encoding, wherever those stand")
  func countComesLast() {
    let text = "[" + String(repeating: "a, ", count: 1000) + "NaN, 1 2]"
    let encoded = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let plain = Self.rules(text)
    #expect(plain.last == "json.more")
    let findings = JSONDiagnosis(of: [0xFF, 0xFE] + encoded).findings
    #expect(findings.map(\.rule) == [JSONRule.utf16.rawValue] + plain)
    #expect(findings.last?.message == "900 more findings are not listed")
  }

  @Test(
    "hostile texts are read to their end with few findings",
    arguments: [
      "[", "{", "]", ",", "\"", ":", "'", "{\"a\":", "[{", "[}", "{]", "\"a\"b", "\"a,\n", "\\",
      "#\n", "/*", "1 2 ", "a ", "- ", "f(", "(", "<", "...", "\u{1}", "\0", "{a:", "{\"a\",", "“",
    ])
  func hostile(piece: String) async { await check(piece, size: 100_000) }

  @Test(
    "and those that have a repair looked for at every place",
    arguments: [
      "\"a, 1, \"b", "{\"a: 1, \"b\"", "[1}", "[[[1}", "[x\" ", "[1, \"b\": 2",
    ])
  func repaired(piece: String) async { await check(piece, size: 10_000) }

  private func check(_ piece: String, size: Int) async {
    for opening in ["", "[", "{", "[\""] {
      // Others wait for this thread.
      await Task.yield()
      let text = Array((opening + String(repeating: piece, count: size / piece.utf8.count)).utf8)
      let diagnosis = JSONDiagnosis(of: text)
      #expect(!diagnosis.isValid)
      #expect(diagnosis.findings.contains { $0.severity == .error })
      #expect(diagnosis.findings.count <= FloodLimit.findings)
    }
  }

  @Test("many offsets become positions in one pass, as each would alone")
  func positions() {
    let text = ArraySlice("a\r\nbé\r\rc\n\n😀x".utf8)
    let offsets = Array(0...text.count) + [text.count]
    let places = TextPosition.positions(of: offsets, in: text)
    #expect(places == offsets.map { TextPosition(offset: $0, in: text) })
  }
}
