import CByteScan

/// Finds the ends of runs of bytes of one class, many bytes at a time.
///
/// All of it reads ahead without looking at bounds: at least 64 zero bytes must follow the text, and
/// a zero ends every run.
enum ByteRun {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  private static func word(_ base: UnsafePointer<UInt8>, _ at: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
  }

  /// The index of the first byte from `index` on that is no digit.
  @inline(__always)
  static func digitsEnd(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      // A digit becomes 0 to 9, and only from 10 on does adding 0x76 reach the high bit.
      let digits = word(base, at) ^ (ones &* 0x30)
      let hits = ((digits & ~highs) &+ (ones &* 0x76) | digits) & highs
      if hits != 0 { return at &+ hits.trailingZeroBitCount &>> 3 }
      at &+= 8
    }
  }

  /// The index of the first byte from `index` on that is no blank of JSON.
  @inline(__always)
  static func blanksEnd(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    // Mostly there is none, or one between two tokens or lines.
    let byte = base[index]
    if byte > 0x20 { return index }
    if byte == 0x20 || byte == 0x0A, base[index &+ 1] > 0x20 { return index &+ 1 }
    return longBlanksEnd(base, from: index)
  }

  @inline(never)
  private static func longBlanksEnd(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      switch base[at] {
      case 0x0A, 0x0D, 0x09: at &+= 1
      case 0x20:
        // Indentation.
        let others = word(base, at) ^ (ones &* 0x20)
        at &+= others == 0 ? 8 : others.trailingZeroBitCount &>> 3
      default: return at
      }
    }
  }
}

/// Checks what stands between the quotes of a string.
enum StringScan {
  /// The index of the closing quote, reading on from behind the opening one; -1 if the string is
  /// not as RFC 8259 has it.
  ///
  /// Changes the tag of a plain string where it is none.
  @inline(__always)
  static func end(
    _ base: UnsafePointer<UInt8>, from index: Int, _ tag: inout Node.Tag, _ utf8: inout UTF8Check
  ) -> Int {
    let hits = bytescan_stops(base + index)
    let at = hits == 0 ? longPlainEnd(base, from: index &+ 16) : index &+ first(hits)
    if base[at] == 0x22 { return at }
    let end = mixedEnd(base, from: at, &utf8)
    tag = unsafeBitCast(UInt8(truncatingIfNeeded: end & 15), to: Node.Tag.self)
    return end &>> 4
  }

  /// Reads on with escapes and characters that are no printable ASCII: the end in all bits but the
  /// lowest four, which are the tag.
  @inline(never)
  private static func mixedEnd(
    _ base: UnsafePointer<UInt8>, from index: Int, _ utf8: inout UTF8Check
  ) -> Int {
    var at = index
    var escapes = 0
    var foreign = -1
    while true {
      let byte = base[at]
      if byte == 0x22 { break }
      if byte == 0x5C {
        let length = EscapeScan.length(base + at)
        if length == 0 { return failed }
        escapes |= length
        at &+= length & EscapeScan.lengthMask
      } else if byte >= 0x7F {
        // Checked at once in the end, since changing between ways of reading costs more than reading.
        if foreign < 0 { foreign = at }
        at &+= 1
      } else {
        return failed
      }
      at = foreign < 0 ? skipPlainASCII(base, from: at) : skipPlain(base, from: at)
    }
    if foreign >= 0, !utf8.holds(from: base + foreign, to: base + at) { return failed }
    let tag: Node.Tag =
      escapes == 0
      ? foreign < 0 ? .plainString : .foreignString
      : escapes & EscapeScan.oddBit != 0
        ? .oddString : foreign < 0 ? .escapedString : .foreignEscapedString
    return at &<< 4 | Int(truncatingIfNeeded: tag.rawValue)
  }

  private static let failed = -1 << 4

  /// The index of the first byte from `index` on that is a quote, a backslash or no printable
  /// ASCII. The bytes must end in 64 zeros, which stop it.
  @inline(__always)
  static func skipPlainASCII(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      let hits = bytescan_stops(base + at) | bytescan_stops(base + (at &+ 16)) &<< 16
      if hits != 0 { return at &+ first(hits) }
      at &+= 32
    }
  }

  /// The same for what is long: 32 bytes at a time.
  @inline(never)
  private static func longPlainEnd(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      let hits = bytescan_stops(base + at) | bytescan_stops(base + (at &+ 16)) &<< 16
      if hits != 0 { return at &+ first(hits) }
      at &+= 32
    }
  }

  /// The same, but going on over bytes that are not ASCII.
  @inline(__always)
  private static func skipPlain(_ base: UnsafePointer<UInt8>, from index: Int) -> Int {
    var at = index
    while true {
      let hits = bytescan_marks(base + at) | bytescan_marks(base + (at &+ 16)) &<< 16
      if hits != 0 { return at &+ first(hits) }
      at &+= 32
    }
  }

  /// Whether all those bytes are printable ASCII. They must be followed by 64 others.
  @inline(__always)
  static func isPrintableASCII(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var at = 0
    while at < count {
      let hits = bytescan_unprintable(base + at)
      if hits != 0 { return at &+ first(hits) >= count }
      at &+= 16
    }
    return true
  }

  @inline(__always)
  private static func first(_ hits: UInt32) -> Int { hits.trailingZeroBitCount }
}

/// Checks escapes in a string (RFC 8259 section 7).
enum EscapeScan {
  /// Set beside the length of an escape for half of a surrogate pair, and of one for U+0000.
  static let oddBit = 16
  static let lengthMask = 15

  /// The length of the escape whose backslash is at `bytes`, or 0 if there is none such; of two that
  /// make a pair, both. What is odd has the `oddBit` as well.
  @inline(__always)
  static func length(_ bytes: UnsafePointer<UInt8>) -> Int {
    switch bytes[1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: 2
    case 0x75: isFourHexDigits(bytes + 2) ? unicodeLength(bytes) : 0
    default: 0
    }
  }

  @inline(__always)
  private static func unicodeLength(_ bytes: UnsafePointer<UInt8>) -> Int {
    let second = bytes[2]
    if second == 0x30 { return isZero(bytes + 3) ? 6 | oddBit : 6 }
    guard second | 0x20 == 0x64, bytes[3] > 0x37 else { return 6 }
    return isHighHalf(bytes[3]) && isLow(bytes + 6) ? 12 : 6 | oddBit
  }

  /// Whether three more digits are zeros.
  private static func isZero(_ digits: UnsafePointer<UInt8>) -> Bool {
    digits[0] == 0x30 && digits[1] == 0x30 && digits[2] == 0x30
  }

  /// Whether an escape for the second half of a pair stands there.
  private static func isLow(_ bytes: UnsafePointer<UInt8>) -> Bool {
    bytes[0] == 0x5C && bytes[1] == 0x75 && bytes[2] | 0x20 == 0x64 && bytes[3] > 0x37
      && !isHighHalf(bytes[3]) && isFourHexDigits(bytes + 2)
  }

  /// Whether the digit after the `d` is that of a high surrogate: 8, 9, A or B. It must be a digit
  /// from 8 on.
  @inline(__always)
  static func isHighHalf(_ digit: UInt8) -> Bool {
    digit <= 0x39 || digit | 0x20 == 0x61 || digit | 0x20 == 0x62
  }

  @inline(__always)
  private static func isFourHexDigits(_ bytes: UnsafePointer<UInt8>) -> Bool {
    let highs: UInt32 = 0x8080_8080
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
    // As for decimal digits; letters become 1 to 6 and must neither be 0 nor from 7 on.
    let digits = word ^ 0x3030_3030
    let noDigit = (digits & ~highs) &+ 0x7676_7676 | digits
    let letters = (word | 0x2020_2020) ^ 0x6060_6060
    let noLetter =
      (letters & ~highs) &+ 0x7979_7979 | ~((letters & ~highs) &+ 0x7F7F_7F7F) | letters
    return noDigit & noLetter & highs == 0
  }
}

/// Checks UTF-8 sequences (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Scan {
  /// The length in bytes of the well-formed sequence of two to four bytes at `bytes`, or 0.
  @inline(__always)
  static func length(_ bytes: UnsafePointer<UInt8>) -> Int {
    let word = UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
    if word & 0x00C0_C0F0 == 0x0080_80E0 {
      // The bits that tell overlong forms (none set) and surrogates (just these).
      let bits = word & 0x200F
      return bits != 0 && bits != 0x200D ? 3 : 0
    }
    if word & 0xC0E0 == 0x80C0 { return word & 0x1E != 0 ? 2 : 0 }
    if word & 0xC0C0_C0F8 == 0x8080_80F0 {
      let first = word & 0x7
      let isBig = word & 0x3000 != 0
      return first == 0 ? (isBig ? 4 : 0) : first < 4 || first == 4 && !isBig ? 4 : 0
    }
    return 0
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
}
