extension RecoveringReader {
  /// Reads a backslash and what it escapes in a string that ends with `quote`.
  mutating func readEscape(quote: UInt8) {
    let start = at
    guard at + 1 < count else { return cutEscape() }
    let letter = base[at + 1]
    switch letter {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 2
    case 0x75: readUnicodeEscape()
    case 0x78: readHexEscape()
    case 0x27, 0x60:
      if letter != quote {
        report(
          .badEscape, start..<(start + 2), letter == 0x27 ? .quoteEscape : .plain,
          subject: .bytes(start..<(start + 2)))
      }
      mended.delete(start..<(start + 1))
      at += 2
    case 0x0A, 0x0D:
      let length = letter == 0x0D && base[at + 2] == 0x0A ? 3 : 2
      tellEscape(length, .lineContinuation)
      mended.delete(start..<(start + length))
      at += length
    case 0x30...0x37: readOctalEscape()
    case 0..<0x20:
      tellEscape(2, .plain)
      mended.replace(start..<(start + 2), [0x5C, 0x5C] + Self.escape(letter))
      at += 2
    default: readOddEscape(letter)
    }
  }

  private mutating func tellEscape(_ length: Int, _ variant: Fault.Variant) {
    report(.badEscape, at..<(at + length), variant, subject: .bytes(at..<(at + length)))
  }

  /// The text ends inside an escape; that is told as the string's.
  private mutating func cutEscape() {
    mended.delete(at..<count)
    at = count
  }

  private func hexDigits(_ place: Int, atMost most: Int) -> (count: Int, value: UInt32) {
    var digits = 0
    var value: UInt32 = 0
    while digits < most, let digit = Characters.hexValue(base[place + digits]) {
      value = value << 4 | digit
      digits += 1
    }
    return (digits, value)
  }

  private mutating func readUnicodeEscape() {
    let (digits, _) = hexDigits(at + 2, atMost: 4)
    if digits == 4 {
      at += 6
    } else if at + 2 + digits >= count {
      cutEscape()
    } else if base[at + 2] == 0x7B {
      readBracedEscape()
    } else {
      tellEscape(2 + digits, .unicodeEscape)
      mended.insert("\\", at: at)
      at += 2 + digits
    }
  }

  /// `\u{1F600}`, as in JavaScript and Swift.
  private mutating func readBracedEscape() {
    let (digits, value) = hexDigits(at + 3, atMost: 6)
    let isWhole = digits > 0 && base[at + 3 + digits] == 0x7D
    if isWhole, let scalar = UnicodeScalar(value) {
      tellEscape(4 + digits, .unicodeEscape)
      write(scalar, 4 + digits)
    } else {
      tellEscape(3, .unicodeEscape)
      mended.insert("\\", at: at)
      at += 3
    }
  }

  /// Writes a character instead of its escape.
  private mutating func write(_ scalar: UnicodeScalar, _ length: Int) {
    let isPlain = scalar.value >= 0x80 || scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
    if isPlain {
      mended.replace(at..<(at + length), Array(String(Character(scalar)).utf8))
    } else {
      mended.replace(at..<(at + length), Self.unicodeEscape(scalar.value))
    }
    at += length
  }

  private mutating func readHexEscape() {
    let (digits, value) = hexDigits(at + 2, atMost: 2)
    guard digits == 2 else { return readOddEscape(0x78) }
    tellEscape(4, .hexEscape)
    mended.replace(at..<(at + 4), Self.unicodeEscape(value))
    at += 4
  }

  private mutating func readOctalEscape() {
    var length = 1
    var value: UInt32 = 0
    while length < 4, (0x30...0x37).contains(base[at + length]) {
      value = value * 8 + UInt32(base[at + length] - 0x30)
      length += 1
    }
    tellEscape(length, .octalEscape)
    mended.replace(at..<(at + length), Self.unicodeEscape(value & 0xFF))
    at += length
  }

  private mutating func readOddEscape(_ letter: UInt8) {
    let start = at
    if letter == 0x55 {
      let (digits, value) = hexDigits(at + 2, atMost: 8)
      if digits == 8, let scalar = UnicodeScalar(value) {
        tellEscape(10, .unicodeEscape)
        return write(scalar, 10)
      }
    }
    let length = letter < 0x80 ? 2 : 1 + UTF8Scan.length(base + at + 1)
    tellEscape(length, .plain)
    switch letter {
    case 0x61, 0x65, 0x76:
      let value: UInt32 = letter == 0x61 ? 7 : letter == 0x65 ? 27 : 11
      mended.replace(start..<(start + 2), Self.unicodeEscape(value))
    default: mended.insert("\\", at: start)
    }
    at += length
  }
}
