/// What is wrong with bytes that are no UTF-8, how many belong together, and what was meant.
struct UTF8Fault {
  let variant: Fault.Variant
  let length: Int
  /// What the mended text has instead.
  let replacement: [UInt8]
  /// Whether they are the beginning of a character that the end of the text cut.
  let isAtEnd: Bool

  private static let unknown: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Looks at bytes that begin no well-formed sequence, of which `left` belong to the text.
  init(_ bytes: UnsafePointer<UInt8>, left: Int) {
    let first = bytes[0]
    let announced = Self.announced(first)
    var tails = 1
    while tails < announced, tails < left, bytes[tails] & 0xC0 == 0x80 { tails += 1 }
    isAtEnd = announced > 1 && tails == left && tails < announced
    if announced > 1, tails == announced {
      length = announced
      (variant, replacement) = Self.wholeSequence(bytes, announced)
      return
    }
    let isLatin = tails == 1 && (0xA0...0xFD).contains(first) && (left < 2 || bytes[1] < 0x80)
    if isLatin {
      (variant, length, replacement) = (.latin1, 1, [0xC0 | first >> 6, 0x80 | first & 0x3F])
    } else if announced > 1 {
      (variant, length, replacement) = (.cutCharacter, tails, Self.unknown)
    } else {
      variant =
        first & 0xC0 == 0x80 ? .tail : (0xF5...0xFD).contains(first) ? .beyondUnicode : .plain
      (length, replacement) = (1, Self.unknown)
    }
  }

  /// A sequence with all its bytes, which is wrong for what it stands for.
  private static func wholeSequence(
    _ bytes: UnsafePointer<UInt8>, _ length: Int
  ) -> (Fault.Variant, [UInt8]) {
    var value = UInt32(bytes[0]) & (0xFF >> (UInt32(length) + 1))
    for index in 1..<length { value = value << 6 | UInt32(bytes[index] & 0x3F) }
    if value > 0x10FFFF { return (.beyondUnicode, unknown) }
    if (0xD800...0xDFFF).contains(value) {
      return (.surrogate, RecoveringReader.unicodeEscape(value))
    }
    return (.overlong, overlong(value))
  }

  private static func overlong(_ value: UInt32) -> [UInt8] {
    // What must be escaped stays unknown, as overlong forms are an old way around filters.
    guard value >= 0x20, value != 0x22, value != 0x5C, let scalar = UnicodeScalar(value) else {
      return unknown
    }
    return Array(String(Character(scalar)).utf8)
  }

  /// The length that a first byte announces, by the old rule of up to six bytes.
  private static func announced(_ first: UInt8) -> Int {
    switch first {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    case 0xF8...0xFB: 5
    case 0xFC...0xFD: 6
    default: 1
    }
  }

  /// The bytes as they are named in the sentence.
  func subject(_ bytes: UnsafePointer<UInt8>) -> String {
    let listed = (0..<length).map { Characters.hex(bytes[$0]) }.joined(separator: " ")
    guard variant == .latin1 else { return (length == 1 ? "byte " : "the sequence ") + listed }
    return "byte \(listed) ('\(Character(UnicodeScalar(bytes[0])))')"
  }
}
