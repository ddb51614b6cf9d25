import LosslessJSON
import SeededRandom
import Testing

@Suite("Mutations of the corpus")
struct MutationTests {
  /// Bytes that mean something somewhere.
  static let tokens: [[UInt8]] =
    [
      "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\\u", "\\ud800", "//", "/*", "#", "(", ")",
      "-",
      "+", ".", "...", "e", "0", "1", "true", "nul", "NaN", "a", " ", "\n", "\r", "\0", "\u{1}",
      "“",
      "\u{A0}", "`", "=>", "b'", "new X(", "function", "<a b>", ";", "=", "1e999", "\"a\":",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xE9]]

  static func mutate(_ text: inout [UInt8], _ random: inout SplitMix) {
    let place = text.isEmpty ? 0 : Int.random(in: 0...text.count, using: &random)
    let end = min(text.count, place + Int.random(in: 0...6, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: if place < text.count { text[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
    case 1: text.removeSubrange(place..<end)
    case 2: text.insert(contentsOf: text[place..<end], at: place)
    case 3: text.removeLast(text.count - place)
    default: text.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: place)
    }
  }

  /// What must hold of any text.
  static func check(_ text: [UInt8], _ limits: JSONLimits = .standard) {
    let diagnosis = JSONDiagnosis(of: text, limits: limits)
    let strict = try? JSON(reading: text, limits: limits)
    let shown = String(decoding: text, as: UTF8.self).debugDescription
    #expect(diagnosis.isValid == (strict != nil), "\(shown)")
    let hasError = diagnosis.findings.contains { $0.severity == .error }
    #expect(hasError == !diagnosis.isValid, "\(shown)")
    for finding in diagnosis.findings {
      let range = finding.range ?? -1 ..< -1
      #expect(range.lowerBound >= 0 && range.upperBound <= text.count, "\(finding.rule) \(shown)")
    }
    guard let value = diagnosis.value else {
      let isTold = diagnosis.findings.contains { valueless.contains($0.rule) }
      #expect(isTold, "a value was read, or it is said why not: \(shown)")
      return
    }
    let mended = Array(value.document.bytes)
    if strict != nil { #expect(mended == text) }
    #expect((try? JSON(reading: mended, limits: limits)) != nil, "\(shown)")
    checkPlaces(diagnosis, value, text)
  }

  static let valueless: Set<String> = [
    "json.empty", "json.blank", "json.not-json", "json.surplus-bracket", "json.unexpected",
    "json.leading-comma", "text.invalid-utf8", "json.too-large", "json.ellipsis",
  ]

  /// Places in the value are places in the text, in the same order.
  static func checkPlaces(_ diagnosis: JSONDiagnosis, _ value: JSON, _ text: [UInt8]) {
    var last = 0
    for element in [value] + value.elements + value.members.flatMap({ [$0.key, $0.value] }) {
      let place = diagnosis.original(element.range)
      #expect(place.lowerBound >= last && place.upperBound <= text.count)
      last = place.lowerBound
    }
  }

  @Test("twenty thousand mutants of the corpus keep every promise", arguments: 0..<4)
  func mutants(part: Int) throws {
    let seeds = try TestFiles.corpus.names().filter { !$0.hasPrefix("json.more") }.map {
      try #require(TestFiles.corpus.contents($0))
    }
    var random = SplitMix(seed: UInt64(part) + 1)
    for _ in 0..<5000 {
      var text = seeds.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&text, &random) }
      Self.check(text)
    }
  }

  @Test("any run of meaningful pieces keeps every promise, limits of depth too")
  func pieces() {
    var random = SplitMix(seed: 99)
    for round in 0..<10_000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 1...14, using: &random) {
        text += Self.tokens.randomElement(using: &random) ?? []
      }
      Self.check(text, JSONLimits(maxDepth: round % 3 == 0 ? 2 : 10_000))
    }
  }
}
