import CByteScan
import SeededRandom
import Testing

/// Where text ends to be UTF-8, as each implementation that this processor can run finds it.
@Suite("End of UTF-8")
struct UTF8EndTests {
  private typealias Implementation = UnsafePointer<bytescan_implementation>

  private static var implementations: [Implementation] {
    (0...).lazy.map { bytescan_runnable($0) }.prefix { $0 != nil }.compactMap(\.self)
  }

  /// Text with what must be readable behind it, which says nothing: each byte continues another.
  private struct Padded {
    let bytes: [UInt8]
    let count: Int

    init(_ text: [UInt8]) {
      bytes = text + [UInt8](repeating: 0x80, count: 64)
      count = text.count
    }

    func end(_ implementation: Implementation, _ part: Range<Int>? = nil) -> Int {
      let part = part ?? 0..<count
      return bytes.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return part.lowerBound }
        return part.lowerBound + implementation.pointee.utf8_end(base + part.lowerBound, part.count)
      }
    }
  }

  /// The bytes before the first that the standard library would replace.
  private static func expectedEnd(_ text: [UInt8]) -> Int {
    var iterator = text.makeIterator()
    var decoder = UTF8()
    var end = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      end += UTF8.width(scalar)
    }
    return end
  }

  /// Bytes at the borders of every class that UTF-8 knows.
  private static let borders: [UInt8] = [
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
    0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
  ]

  @Test("the last goes byte by byte, and each has a name of its own")
  func implementationsAreThere() throws {
    let names = Self.implementations.map { String(cString: $0.pointee.name) }
    #expect(names.last == "byte by byte")
    #expect(Set(names).count == names.count)
  }

  @Test("each sequence of one and two bytes, at each place of two blocks")
  func pairs() {
    var wrong: [[UInt8]] = []
    for one in UInt8.min...UInt8.max {
      for two in UInt8.min...UInt8.max {
        for tail: [UInt8] in [[], [0x61]] {
          let sequence = [one, two] + tail
          let expected = Self.expectedEnd(sequence)
          let start = Int(one &+ two) % 67
          let text = Padded([UInt8](repeating: 0x61, count: start) + sequence)
          for implementation in Self.implementations
          where text.end(implementation) != start + expected { wrong.append(sequence) }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test("sequences of three and four bytes from the borders of all classes, at changing places")
  func borders() {
    var wrong: [[UInt8]] = []
    var random = SplitMix(seed: 3)
    for one in Self.borders where one >= 0x80 {
      for two in Self.borders {
        for three in Self.borders {
          for four in Self.borders {
            let sequence = [one, two, three, four]
            let start = random.below(130)
            let text = Padded([UInt8](repeating: 0x61, count: start) + sequence)
            let expected = start + Self.expectedEnd(sequence)
            for implementation in Self.implementations where text.end(implementation) != expected {
              wrong.append(sequence)
            }
          }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test("characters of every block, and without their last byte")
  func characters() {
    var wrong: [UInt32] = []
    for value in Array(0..<0x1000) + stride(from: UInt32(0x1000), through: 0x10FFFF, by: 13) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let start = Int(value % 131)
      let bytes = [UInt8](repeating: 0x61, count: start) + Array(UTF8.encode(scalar)!)
      for implementation in Self.implementations {
        if Padded(bytes).end(implementation) != bytes.count { wrong.append(value) }
        let cut = Padded(Array(bytes.dropLast()))
        if cut.end(implementation) != start { wrong.append(value) }
      }
      if wrong.count > 9 { break }
    }
    #expect(wrong == [])
  }

  @Test("text of all scripts with one wrong byte, read window by window", arguments: 0..<8)
  func mutations(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let words = [
      "plain ASCII, all of it, ", "Zürich ", "東京都庁 ", "😀👩\u{200d}🚀", "мир", "한국어", "e\u{301}",
    ]
    for _ in 0..<300 {
      var text: [UInt8] = []
      for _ in 0..<random.below(60) { text += Array(words[random.below(words.count)].utf8) }
      if !text.isEmpty, random.below(4) > 0 {
        let place = random.below(text.count)
        text[place] = Self.borders[random.below(Self.borders.count)]
      }
      let expected = Self.expectedEnd(text)
      let padded = Padded(text)
      let window = 4 + random.below(150)
      for implementation in Self.implementations {
        #expect(padded.end(implementation) == expected, "\(text)")
        #expect(Self.end(padded, implementation, window: window) == expected, "\(text)")
      }
    }
  }

  /// The end of text that is read in windows, whose ends may cut characters.
  private static func end(_ text: Padded, _ implementation: Implementation, window: Int) -> Int {
    var at = 0
    while at < text.count {
      let end = text.end(implementation, at..<min(at + window, text.count))
      if end == at { break }
      at = end
    }
    return at
  }
}
