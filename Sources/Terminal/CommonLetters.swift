/// The characters that most text of the world is made of, as bits, so that they need no look-up in
/// the tables of Unicode.
///
/// All of them are safe to show wherever they stand. Others may be too.
enum CommonLetters {
  /// Blocks without a gap: all in them was assigned long ago.
  static let ranges: [ClosedRange<UInt32>] = [
    0xAE...0x34E, 0x391...0x3A1, 0x3A3...0x52F, 0x561...0x586, 0x5D0...0x5EA, 0x620...0x66F,
    0x671...0x6D5, 0x904...0x939, 0xE01...0xE3A, 0x1E00...0x1EFF, 0x2010...0x2027,
    0x2030...0x205E, 0x20A0...0x20BF, 0x2190...0x23FF, 0x2500...0x27FF, 0x3000...0x303F,
    0x3041...0x3096, 0x3099...0x30FF, 0x3400...0x9FFC, 0xAC00...0xD7A3, 0xFF01...0xFF9F,
    0x1F300...0x1F64F, 0x1F680...0x1F6C5, 0x1F6E0...0x1F6EC, 0x1F900...0x1F9CA,
    0x1F9D0...0x1F9FF,
  ]

  /// 64 characters a word, for the planes 0 and 1: the word is what all but the last byte of the
  /// UTF-8 say, the bit what that one says.
  private static let words: [UInt64] = {
    var words = [UInt64](repeating: 0, count: 0x20000 >> 6)
    for range in ranges {
      for word in (range.lowerBound >> 6)...(range.upperBound >> 6) {
        let first = max(range.lowerBound, word << 6) & 63
        let last = min(range.upperBound, word << 6 | 63) & 63
        words[Int(word)] |= (UInt64.max << UInt64(first)) & (UInt64.max >> UInt64(63 - last))
      }
    }
    return words
  }()

  static func contains(_ value: UInt32) -> Bool {
    value < 0x20000 && words[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1
      || (0x20000...0x2A6DD).contains(value)
  }

  /// The end of the common letters from there, and of single blanks and the like between them.
  ///
  /// Joiners and selectors belong to it behind common pictures, if a joiner has one behind it too.
  static func end(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, stoppingAt stop: UInt8
  ) -> Int {
    words.withUnsafeBufferPointer { words in
      var position = start
      var previous: UInt32 = 0
      while position < bytes.count {
        let first = bytes[position]
        if first < 0x80 {
          // More than one is better looked for eight at a time.
          guard first >= 0x20, first != 0x7F, first != stop, position + 1 < bytes.count,
            bytes[position + 1] >= 0xC2
          else { break }
          position += 1
          previous = 0
          continue
        }
        let (value, length) = decode(bytes, position)
        if length > 0, value < 0x20000, words[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1 {
          position += length
          previous = value
        } else if value == 0x200D, isPicture(previous),
          isPicture(decode(bytes, position + length).value)
        {
          position += length
        } else if value == 0xFE0F, isPicture(previous) {
          position += length
          previous = 0
        } else {
          break
        }
      }
      return position
    }
  }

  /// Whether it is an emoji of a block without a gap. The others need a look-up.
  static func isPicture(_ value: UInt32) -> Bool {
    switch value {
    case 0x1F3F7...0x1F4FD, 0x1F4FF...0x1F53D, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
      0x1F910...0x1F93A, 0x1F947...0x1F970, 0x1F9D0...0x1F9E6:
      true
    default: false
    }
  }

  /// The character that begins there and its length; 0 if there is none beyond ASCII.
  @inline(__always)
  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (value: UInt32, length: Int) {
    let rest = bytes.count - at
    guard rest > 1 else { return (0, 0) }
    let first = UInt32(bytes[at])
    let second = UInt32(bytes[at + 1]) ^ 0x80
    if first < 0xE0 {
      return first >= 0xC2 && second < 0x40 ? ((first & 0x1F) << 6 | second, 2) : (0, 0)
    }
    guard rest > 2 else { return (0, 0) }
    let third = UInt32(bytes[at + 2]) ^ 0x80
    if first < 0xF0 {
      let value = (first & 0xF) << 12 | second << 6 | third
      return second | third < 0x40 && value >= 0x800 ? (value, 3) : (0, 0)
    }
    guard rest > 3, first < 0xF5 else { return (0, 0) }
    let fourth = UInt32(bytes[at + 3]) ^ 0x80
    let value = (first & 7) << 18 | second << 12 | third << 6 | fourth
    return second | third | fourth < 0x40 && value >= 0x10000 ? (value, 4) : (0, 0)
  }
}
