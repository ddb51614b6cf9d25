import CByteScan

/// The characters that most text of the world is made of, as bits, so that they need no look-up in
/// the tables of Unicode.
///
/// All of them are safe to show wherever they stand. Others may be too.
enum CommonLetters {
  /// Runs without a gap: all in them was assigned long ago.
  static let ranges: [ClosedRange<UInt32>] = [
    0xA0...0xAC, 0xAE...0x34E, 0x350...0x377, 0x37A...0x37E, 0x384...0x38A, 0x38E...0x3A1,
    0x3A3...0x52F, 0x531...0x556, 0x561...0x586, 0x591...0x5C7, 0x5D0...0x5EA, 0x606...0x61B,
    0x61E...0x6DC, 0x6DE...0x70D, 0x900...0x97F, 0xE01...0xE3A, 0xE3F...0xE5B, 0x10D0...0x10FF,
    0x1E00...0x1EFF, 0x2010...0x2027, 0x2030...0x205E, 0x20A0...0x20BF, 0x2100...0x218B,
    0x2190...0x23FF, 0x2460...0x2B73, 0x3000...0x303F, 0x3041...0x3096, 0x3099...0x30FF,
    0x3105...0x312D, 0x3131...0x3163, 0x3165...0x318E, 0x3220...0x32FE, 0x3300...0x9FFC,
    0xAC00...0xD7A3, 0xFF01...0xFF9F, 0x1F1E6...0x1F1FF, 0x1F300...0x1F6C5, 0x1F6E0...0x1F6EC,
    0x1F900...0x1F9CA, 0x1F9D0...0x1F9FF, 0x20000...0x2A6DD,
  ]

  /// Emoji beyond ASCII that are often joined to others or followed by a selector.
  static let pictures: [ClosedRange<UInt32>] = [
    0x2600...0x2604, 0x2639...0x263A, 0x2640...0x2640, 0x2642...0x2642, 0x2665...0x2666,
    0x2695...0x2697, 0x26A0...0x26A1, 0x2708...0x270D, 0x2714...0x2714, 0x2744...0x2744,
    0x2763...0x2764, 0x27A1...0x27A1, 0x1F308...0x1F320, 0x1F33E...0x1F393, 0x1F3F3...0x1F3F5,
    0x1F3F7...0x1F4FD, 0x1F4FF...0x1F53D, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
    0x1F910...0x1F93A, 0x1F947...0x1F970, 0x1F9D0...0x1F9E6,
  ]

  static func contains(_ value: UInt32) -> Bool {
    value < BYTESCAN_LETTERS
      && letters.pointee.common[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1
  }

  /// The end of the text from there that needs no change, or of much of it.
  @inline(__always)
  static func end(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ options: SafeText.Options
  ) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let options = UInt32(truncatingIfNeeded: options.rawValue)
    return start + bytescan_common_text(base + start, bytes.count - start, options, letters)
  }

  /// The same as one of the implementations finds it.
  static func end(
    _ bytes: UnsafeBufferPointer<UInt8>, _ options: SafeText.Options,
    _ implementation: UnsafePointer<bytescan_implementation>
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let options = UInt32(truncatingIfNeeded: options.rawValue)
    return implementation.pointee.common_text(base, bytes.count, options, letters)
  }

  /// Guard: made once and never freed or written again.
  private nonisolated(unsafe) static let letters: UnsafePointer<bytescan_letters> = {
    let letters = UnsafeMutablePointer<bytescan_letters>.allocate(capacity: 1)
    letters.initialize(to: bytescan_letters(common: bits(ranges), pictures: bits(pictures)))
    return UnsafePointer(letters)
  }()

  /// 64 characters a word.
  private static func bits(_ ranges: [ClosedRange<UInt32>]) -> UnsafePointer<UInt64> {
    let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: Int(BYTESCAN_LETTERS) >> 6)
    words.initialize(repeating: 0)
    for range in ranges {
      for word in (range.lowerBound >> 6)...(range.upperBound >> 6) {
        let first = max(range.lowerBound, word << 6) & 63
        let last = min(range.upperBound, word << 6 | 63) & 63
        words[Int(word)] |= (UInt64.max << UInt64(first)) & (UInt64.max >> UInt64(63 - last))
      }
    }
    return UnsafePointer(words.baseAddress!)
  }
}
