import CByteScan
import Testing

@testable import Terminal

/// What needs no change, as each implementation that this processor can run finds it.
@Suite("Common text")
struct CommonTextTests {
  private static var implementations: [UnsafePointer<bytescan_implementation>] {
    (0...).lazy.map { bytescan_runnable($0) }.prefix { $0 != nil }.compactMap(\.self)
  }

  /// The bytes that each takes for common.
  private static func ends(_ bytes: [UInt8], _ options: SafeText.Options = []) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      implementations.map { CommonLetters.end(bytes, options, $0) }
    }
  }

  /// Every character that is not, at the end of text and before other text, at places that change; of
  /// the planes that have nothing but what is private or not assigned, some.
  @Test func allThatIsCommonIsSafe() async {
    var wrong: [UInt32] = []
    let sparse = stride(from: UInt32(0x40000), through: 0x10ffff, by: 251)
    for value in Array(UInt32(0)...0x3ffff) + Array(0xe0000...0xe0fff) + sparse {
      // Others wait for this thread.
      if value & 0x3ff == 0 { await Task.yield() }
      guard let scalar = Unicode.Scalar(value), !SafeText.isSafe(scalar) else { continue }
      let before = Int(value % 71)
      let encoded = Array(UTF8.encode(scalar)!)
      let a = UInt8(ascii: "a")
      let alone = [UInt8](repeating: a, count: before) + encoded
      let behind = value & 1 == 0 ? [a] : encoded
      if Self.ends(alone).contains(where: { $0 > before }) { wrong.append(value) }
      if Self.ends(alone + behind).contains(where: { $0 > before }) { wrong.append(value) }
    }
    #expect(wrong == [])
  }

  @Test func lettersOfTheTableAreCommon() {
    var wrong: [UInt32] = []
    for value in CommonLetters.ranges.joined() {
      guard value % 7 == 0 || value < 0x3000, let scalar = Unicode.Scalar(value) else { continue }
      let encoded = Array(UTF8.encode(scalar)!)
      let bytes = [UInt8](repeating: 0x61, count: Int(value % 67)) + encoded + encoded
      if Self.ends(bytes).contains(where: { $0 != bytes.count }) { wrong.append(value) }
    }
    #expect(wrong == [])
  }

  @Test(arguments: [
    "Zürich, naïve", "東京都庁のテキスト", "Привет мир", "한국어 😀🚀", "plain ASCII, all of it", "👩\u{200d}🚀",
    "👨‍👩‍👧 ❤️ 🏳️‍🌈", "ελληνικά", "हिन्दी ไทย", "“–” Việt", "🇩🇪 שלום عربى", "",
  ])
  func textStaysAsItIsUpToWhereItIsCut(text: String) {
    let bytes = Array(String(repeating: text, count: 12).utf8)
    for end in Self.ends(bytes) { #expect(end == bytes.count) }
    for cut in 0..<bytes.count {
      let part = Array(bytes[..<cut])
      let ends = Set(Self.ends(part))
      // Where it is not cut within a character it is all common, but for a joiner at its end.
      let whole = String(decoding: part, as: UTF8.self).unicodeScalars
      #expect(ends.count == 1)
      if String(validating: part, as: UTF8.self) != nil, whole.last?.value != 0x200d {
        #expect(ends == [cut])
      }
    }
  }

  @Test func controlCharactersStopItUnlessTheyAreKept() {
    for byte in UInt8.min...0x7f {
      for place in [0, 3, 15, 16, 17, 40, 63, 64, 66, 130] {
        var bytes = [UInt8](repeating: 0x61, count: 135)
        bytes[place] = byte
        let isShown = 0x20..<0x7f ~= byte
        #expect(Self.ends(bytes).allSatisfy { $0 == (isShown ? 135 : place) })
        let kept: SafeText.Options = [.keepNewlines, .keepTabs, .keepReturns, .escapeBackslash]
        let isKept = isShown && byte != 0x5c || [0x09, 0x0a, 0x0d].contains(byte)
        #expect(Self.ends(bytes, kept).allSatisfy { $0 == (isKept ? 135 : place) })
        #expect(
          Self.ends(bytes, .keepTabs).allSatisfy { $0 == (isShown || byte == 9 ? 135 : place) })
      }
    }
  }

  /// Whatever the bytes are, what is common is what the escaped text begins with.
  @Test(arguments: 0..<16)
  func noiseIsSafeUpToThere(seed: UInt64) {
    var random = Noise(state: seed &* 0x9e37_79b9 &+ 1)
    let pieces = [
      "a", "plain words, ", "é", "Ω", "語", "の", "한", "👩\u{200d}🚀", "❤\u{fe0f}", "\u{200d}",
      "\u{fe0f}",
      "\u{3097}", "\u{3040}", "\u{ad}", "\u{85}", "\u{e0041}", "\u{1f6d9}", "\u{40000}",
      "\u{1f9ff}",
    ]
    for _ in 0..<400 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(40) {
        // What is common is more frequent, so that runs get long.
        let bound = random.below(8) == 0 ? pieces.count : 9
        bytes += Array(pieces[random.below(bound)].utf8)
      }
      if !bytes.isEmpty, random.below(3) == 0 {
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
      }
      let shown = bytes.withUnsafeBufferPointer { escapedOneByOne($0) }
      #expect(SafeText.escaped(bytes) == shown)
      for end in Self.ends(bytes) { #expect(shown.starts(with: bytes[..<end]), "\(bytes)") }
    }
  }

  /// The same without taking any run of text as common.
  private func escapedOneByOne(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var position = 0
    var previous: Unicode.Scalar?
    while position < bytes.count {
      guard let (scalar, length) = UTF8Decoder.decode(bytes, at: position) else {
        output += Array(#"\x"#.utf8) + hex(UInt32(bytes[position]), digits: 2)
        previous = nil
        position += 1
        continue
      }
      let end = position + length
      let next = UTF8Decoder.decode(bytes, at: end)?.0
      if isShown(scalar, previous, next) {
        output += bytes[position..<end]
      } else {
        for unit in UTF16.encode(scalar)! {
          output += Array(#"\u"#.utf8) + hex(UInt32(unit), digits: 4)
        }
      }
      previous = scalar
      position = end
    }
    return output
  }

  private func isShown(
    _ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?
  ) -> Bool {
    switch scalar.value {
    case 0x200d:
      guard let previous, let next else { return false }
      return (previous.value == 0xfe0f || previous.value > 0x7f && previous.properties.isEmoji)
        && next.value > 0x7f && next.properties.isEmoji
    case 0xfe0e, 0xfe0f: return previous?.properties.isEmoji ?? false
    default: return SafeText.isSafe(scalar)
    }
  }

  private func hex(_ value: UInt32, digits: Int) -> [UInt8] {
    let text = String(value, radix: 16)
    return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
  }

  private struct Noise {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }
}
