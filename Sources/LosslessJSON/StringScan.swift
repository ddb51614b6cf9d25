/// Finds the end of runs of ordinary characters in a string, eight bytes at a time.
enum StringScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The index of the first byte from `index` on that is a quote, a backslash, a control character
  /// or not ASCII. The bytes must end in at least eight zeros, which stop it.
  @inline(__always)
  static func skipPlainASCII(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      // In each term the lowest set bit marks a true hit; borrows only disturb the bytes above.
      let hits =
        ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
          | (word &- ones &* 0x20) & ~word | word) & highs
      if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
      at += 8
    }
  }
}

/// Checks UTF-8 sequences (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Scan {
  /// The length in bytes of the well-formed sequence of two to four bytes at `bytes`, or 0.
  @inline(__always)
  static func length(_ bytes: UnsafePointer<UInt8>) -> Int {
    let first = bytes[0]
    switch first {
    case 0xC2...0xDF:
      return isTail(bytes[1]) ? 2 : 0
    case 0xE0...0xEF:
      let second = bytes[1]
      guard isTail(second), isTail(bytes[2]) else { return 0 }
      if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      let second = bytes[1]
      guard isTail(second), isTail(bytes[2]), isTail(bytes[3]) else { return 0 }
      if first == 0xF0 && second < 0x90 || first == 0xF4 && second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }

  /// The length that a first byte announces, well-formed or not.
  static func announcedLength(_ first: UInt8) -> Int {
    switch first {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    default: 1
    }
  }

  @inline(__always)
  private static func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
