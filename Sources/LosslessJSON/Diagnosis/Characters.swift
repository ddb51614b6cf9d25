/// Classes of bytes and their names in sentences.
enum Characters {
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// A letter, digit, `_` or `$`.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x24: true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  static func isCloser(_ byte: UInt8) -> Bool { byte == 0x5D || byte == 0x7D || byte == 0x29 }

  static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

  /// Whether something else may begin or end at this byte.
  static func isBoundary(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x27, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: true
    default: false
    }
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46, 0x61...0x66: UInt32(byte | 0x20) - 0x57
    default: nil
    }
  }

  /// The length of a character beyond ASCII that may stand in a word, or 0.
  static func wordLength(_ bytes: UnsafePointer<UInt8>) -> Int {
    guard bytes[0] >= 0x80 else { return 0 }
    let length = UTF8Scan.length(bytes)
    if length == 0 || oddBlankLength(bytes) > 0 || Quote(opening: bytes) != nil { return 0 }
    return length
  }

  /// The length of a character beyond ASCII that looks like a blank or like nothing, or 0.
  static func oddBlankLength(_ bytes: UnsafePointer<UInt8>) -> Int {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0xC2, 0x85, _), (0xC2, 0xA0, _), (0xC2, 0xAD, _): 2
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF): 3
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE1, 0x9A, 0x80): 3
    default: 0
    }
  }

  static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.utf8.count < 2 ? "0" : "") + digits
  }

  /// Some bytes for a sentence: quoted if they are text, in hexadecimal if not, shortened if long.
  static func name(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
    let limit = 40
    var shown = min(count, limit)
    // Not inside a character.
    while shown > 0, shown < count, bytes[shown] & 0xC0 == 0x80 { shown -= 1 }
    let text = UnsafeBufferPointer(start: bytes, count: shown)
    guard let string = String(validating: text, as: UTF8.self), !string.isEmpty else {
      return text.prefix(8).map { hex($0) }.joined(separator: " ")
    }
    if string.unicodeScalars.count == 1, let scalar = string.unicodeScalars.first {
      if !isPrintable(scalar) { return code(scalar) }
    }
    let visible = string.unicodeScalars.map { isPrintable($0) ? String($0) : "<\(code($0))>" }
      .joined()
    return "'\(visible)\(shown < count ? "…" : "")'"
  }

  private static func code(_ scalar: UnicodeScalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private static func isPrintable(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator,
      .privateUse:
      false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }
}

/// A pair of typographic quotes.
struct Quote: Equatable {
  /// The third byte of the quotes that may close it, all beginning with E2 80, or C2's second.
  private let isDouble: Bool
  /// Bytes of a quote.
  let length: Int

  /// The quote that begins there, if one does.
  init?(opening bytes: UnsafePointer<UInt8>) {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0xE2, 0x80, 0x9C...0x9F): (isDouble, length) = (true, 3)
    case (0xE2, 0x80, 0x98...0x9B): (isDouble, length) = (false, 3)
    case (0xC2, 0xAB, _), (0xC2, 0xBB, _): (isDouble, length) = (true, 2)
    default: return nil
    }
  }

  /// Whether these bytes end a string that this quote began.
  func isClosed(by bytes: UnsafePointer<UInt8>) -> Bool {
    if isDouble, bytes[0] == 0x22 { return true }
    guard let other = Quote(opening: bytes) else { return false }
    return other == self
  }
}
