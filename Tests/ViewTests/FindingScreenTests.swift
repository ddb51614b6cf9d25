import LosslessJSON
import Terminal
import TestChannels
import Testing
import Wire

@testable import View

@Suite("Findings on the screen")
struct FindingScreenTests {
  private static let golden = Golden(beside: #filePath)

  private static func finding(
    _ rule: String, _ range: Range<Int>?, _ severity: Finding.Severity = .error,
    evidence: String? = nil, message: String = "what is wrong, in a sentence of some length",
    hint: String = "what to do about it", section: String = "RFC 8259 section 4"
  ) -> Finding {
    Finding(
      rule, severity, range: range, evidence: evidence.map { Array($0.utf8) }, message: message,
      hint: hint, section: section)
  }

  private struct Case {
    var finding: Finding
    var bytes: [UInt8]

    init(_ finding: Finding, _ bytes: [UInt8]) {
      self.finding = finding
      self.bytes = bytes
    }

    init(_ finding: Finding, _ text: String) { self.init(finding, Array(text.utf8)) }
  }

  /// A finding for each text, one under the other.
  private static func screen(
    in widths: [Int] = [40, 80], source: FindingSource = .reply(7), isBrief: Bool = true,
    _ cases: [Case]
  ) -> String {
    ScreenTests.screens(widths) { width in
      let text = FindingText(width: width, source: source, isBrief: isBrief)
      return cases.flatMap { [text.draw($0.finding, in: $0.bytes), StyledText("")] }
    }
  }

  @Test("the place is marked in its line")
  func lines() {
    let long = "{\"a\": \"" + String(repeating: "xyz ", count: 60) + "\", b}"
    let many = "{\n" + String(repeating: "  \"k\": 1,\n", count: 98) + "  \"list\": [1,]\n}"
    let screen = Self.screen([
      Case(Self.finding("json.one-byte", 8..<9), "{\"a\": 1,}"),
      Case(Self.finding("json.empty", 0..<0), []),
      Case(Self.finding("json.end", 5..<5), "[1, 2"),
      Case(Self.finding("json.end-after-breaks", 9..<9), "[1,\n2,\r\n\n"),
      Case(
        Self.finding("json.far", (long.utf8.count - 2)..<(long.utf8.count - 1)),
        long
      ),
      Case(Self.finding("json.long", 6..<(long.utf8.count - 3)), long),
      Case(Self.finding("json.word", 9..<12), "{\n  \"k\": tru,\n  \"l\": 1\n}"),
      Case(Self.finding("json.line-100", 994..<995), many),
      Case(Self.finding("json.wide", 27..<33), "{\"日本語\": \"日本語\", 日本: 1}"),
      Case(Self.finding("json.emoji", 21..<22), "[\"👨‍👩‍👧\",]"),
      Case(
        Self.finding("json.hostile", 15..<16),
        Array("{\"\u{1b}[31m\u{202e}\": \u{1b}x}".utf8)
      ),
      Case(Self.finding("json.break", 3..<4), "[\"a\nb\"]"),
      Case(Self.finding("json.tab", 3..<4), "\t[\"\t\"]"),
      Case(Self.finding("json.behind-the-end", 9..<12), "[1]"),
      Case(Self.finding("json.no-place", nil), "x"),
    ])
    #expect(Self.golden.difference("findings", screen) == nil)
  }

  @Test("a range over several lines is marked at both ends")
  func ranges() {
    let text = Array("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": 2\n}\n".utf8)
    let screen = Self.screen(
      in: [60],
      [
        Case(Self.finding("json.over-four-lines", 9..<28), text),
        Case(Self.finding("json.over-two-lines", 22..<28), text),
        Case(Self.finding("json.all", 0..<text.count), text),
        Case(Self.finding("json.with-its-break", 2..<11), text),
      ])
    #expect(Self.golden.difference("finding-ranges", screen) == nil)
  }

  @Test("bytes that are no text are shown as bytes too")
  func bytes() {
    let latin = Array("{\"jsonrpc\": \"2.0\", \"result\": \"caf".utf8) + [0xE9] + Array("\"}".utf8)
    let wide = Array("{\"id\": 1}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let screen = Self.screen(
      in: [40, 60, 100],
      [
        Case(Self.finding("text.invalid-utf8", 33..<34), latin),
        Case(Self.finding("text.utf16", 0..<wide.count), [0xFF, 0xFE] + wide),
        Case(Self.finding("text.bom", 0..<3), "\u{FEFF}{\"id\": 1}"),
        Case(Self.finding("json.nul", 6..<7), "{\"id\":\u{0} 1}"),
        Case(Self.finding("text.cut", 4..<6), Array("[\"ab".utf8) + [0xE2, 0x82]),
        Case(Self.finding("json.end", 16..<16), Array(repeating: 0xFE, count: 16)),
        Case(Self.finding("json.noise", 100..<101), Array(repeating: 0x1B, count: 200)),
        Case(
          Self.finding("json.far-from-the-odd-byte", 60..<61),
          [0x22, 0xFF] + Array(repeating: 0x61, count: 60)
        ),
      ])
    #expect(Self.golden.difference("finding-bytes", screen) == nil)
  }

  @Test("warnings and notes take less room, except in a list of all")
  func mild() {
    let bytes = Array("{\n  \"result\": 1, \"error\": null, \"id\": \"7\"}".utf8)
    let cases = [
      Case(Self.finding("rpc.id-type", 39..<42, .warning), bytes),
      Case(
        Self.finding("rpc.error-null", 26..<30, .note, message: "a \u{1b}word", hint: ""), bytes),
      Case(Self.finding("http.status", nil, .warning), bytes),
    ]
    let screen =
      Self.screen(cases)
      + "\n" + Self.screen(in: [80], source: .file("reply.json"), isBrief: false, cases)
    #expect(Self.golden.difference("finding-mild", screen) == nil)
  }

  @Test("what stood around a message is shown instead of it")
  func evidence() {
    let screen = Self.screen(
      [
        Case(
          Self.finding("frame.length-text", 16..<19, evidence: "Content-Length: ten\r\n\r\n"),
          "{}"
        ),
        Case(
          Self.finding("http.content-type", 14..<23, .warning, evidence: "Content-Type: text/html"),
          "{}"
        ),
        Case(
          Self.finding(
            "frame.stray", nil, .warning,
            evidence: "Traceback (most recent call last):\n  a\n  b\n c\n d"),
          "{}"
        ),
      ])
    #expect(Self.golden.difference("finding-evidence", screen) == nil)
  }

  @Test("many findings of one rule are folded")
  func folded() {
    let numbers = Array(("[" + (1...50).map { "0\($0)" }.joined(separator: ", ") + ",]").utf8)
    let zeros = numbers.indices.filter {
      numbers[$0] == 0x30 && ($0 == 1 || numbers[$0 - 1] == 0x20)
    }
    var findings = zeros.map { Self.finding("json.leading-zero", $0..<($0 + 1), hint: "") }
    findings.insert(Self.finding("rpc.id", nil, .warning, hint: ""), at: 1)
    findings.append(Self.finding("json.trailing-comma", (numbers.count - 2)..<(numbers.count - 1)))
    findings.append(Self.finding("json.note", 0..<1, .note))
    let screen = ScreenTests.screens([40, 80]) { width in
      [FindingSource.reply(7), .file("log.txt")].flatMap {
        FindingList(FindingText(width: width, source: $0), in: numbers).all(findings)
      }
    }
    #expect(Self.golden.difference("finding-list", screen) == nil)
  }

  @Test("after a call the errors come first, and the others are counted")
  func choice() {
    func make(_ rules: [(String, Finding.Severity)]) -> [Finding] {
      rules.map { Finding($0.0, $0.1, message: "") }
    }
    let mixed = make([
      ("w1", .warning), ("n", .note), ("e1", .error), ("e1", .error), ("w2", .warning),
      ("e2", .error), ("w3", .warning),
    ])
    let choice = FindingList.choice(of: mixed)
    #expect(choice.shown.map(\.rule) == ["w1", "e1", "e2"])
    #expect(choice.hidden.map(\.rule) == ["n", "e1", "w2", "w3"])
    #expect(FindingList.count(choice.hidden) == "1 error, 2 warnings, 1 note")
    let notes = FindingList.choice(of: make([("n", .note), ("n", .note)]))
    #expect(notes.shown.isEmpty)
    #expect(FindingList.count(notes.hidden) == "2 notes")
    #expect(FindingList.choice(of: []).shown.isEmpty)
    #expect(FindingList.count([]) == nil)
  }

  @Test("without a terminal a sentence stays on its line")
  func unwrapped() {
    let finding = Self.finding(
      "json.x", nil, message: String(repeating: "word ", count: 40) + "end", section: "")
    let plain = FindingText(width: 80, isWrapped: false).draw(finding, in: []).plain
    #expect(plain.split(separator: "\n").count == 2)
    #expect(FindingText(width: 80).draw(finding, in: []).lines.count > 3)
  }

  @Test("places are counted on as if from the start")
  func places() {
    let text = Array("a\r\nbä\rc\n\n\u{1F600}d\r\n\r\ne".utf8)
    var places = TextPlaces(in: text)
    for offset in Array(0...(text.count + 1)) + [3, 2, 9, 3] {
      let offset = min(offset, text.count)
      #expect(places.position(of: offset) == TextPosition(offset: offset, in: text[...]))
    }
    let string = "a\r\nb\u{10A}\rc\n\n\u{1F600}d\r\n\r\ne"
    let wide = Array(string.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    places = TextPlaces(in: [0xFF, 0xFE] + wide)
    var offset = 2
    var bytes = 0
    for scalar in string.unicodeScalars {
      var place = TextPosition(offset: bytes, in: ArraySlice(string.utf8))
      place.offset = offset
      #expect(places.position(of: offset) == place)
      offset += String(scalar).utf16.count * 2
      bytes += String(scalar).utf8.count
    }
    #expect(places.position(of: 0) == .start)
  }
}
