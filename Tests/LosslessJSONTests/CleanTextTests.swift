import LosslessJSON
import SeededRandom
import Testing

/// Cleaning what is written, with and without asking for much text at once.
@Suite("Clean text")
struct CleanTextTests {
  /// Replaces each ä.
  private static let cleaning: @Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]? = { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("ä")
      ? Array(
        text.split(separator: "ä", omittingEmptySubsequences: false)
          .joined(separator: "<a>").utf8) : nil
  }

  private static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    for place in bytes.indices.dropLast() where bytes[place] == 0xC3 && bytes[place + 1] == 0xA4 {
      return place
    }
    return bytes.count
  }

  private static func text(_ paint: JSONPaint, _ value: JSON, width: Int) -> String {
    var bytes: [UInt8] = []
    JSONFormatter(width: width).write(value, paint: paint) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A document of strings of many lengths, few of which are to be cleaned.
  private static func document(_ random: inout SplitMix) -> String {
    let words = ["plain", "語", "é", #"\n"#, #"\u00e4"#, "😀", "ö ü", "many words of plain text "]
    let rarity = 1 + random.below(400)
    let members = (0..<random.below(300)).map { number in
      let length = random.below(40) == 0 ? 4000 : 12
      var text = ""
      for _ in 0..<random.below(length) {
        text += random.below(rarity) == 0 ? "ä" : words[random.below(words.count)]
      }
      return "\"\(number)\(text)\" :\r\n\t[ \"\(text)\", \(number) ]"
    }
    return "{" + members.joined(separator: ",\n") + "}"
  }

  @Test("what is cleaned is the same", arguments: 0..<12)
  func same(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let value = try JSON(reading: Self.document(&random))
    let one = JSONPaint([:], cleaning: Self.cleaning)
    // It may find less than there is.
    for part in [1, 2, 3] {
      let ahead = JSONPaint(
        [:], cleaning: Self.cleaning,
        cleanCount: { part == 1 ? Self.count($0) : Self.count($0) * (part - 1) / part })
      for width in [0, 80, Int.max] {
        let expected = Self.text(one, value, width: width)
        #expect(!expected.contains("ä"))
        #expect(Self.text(ahead, value, width: width) == expected)
      }
    }
  }

  @Test("a value within the document is written alone, and another after it")
  func parts() throws {
    let value = try JSON(reading: #"[["ä"], ["ö", "ä"], ["ö"]]"#)
    let paint = JSONPaint([:], cleaning: Self.cleaning, cleanCount: { Self.count($0) })
    for (index, expected) in zip([2, 1, 0], [#"["ö"]"#, #"["ö", "<a>"]"#, #"["<a>"]"#]) {
      #expect(Self.text(paint, try #require(value[index]), width: 80) == expected)
    }
  }
}
