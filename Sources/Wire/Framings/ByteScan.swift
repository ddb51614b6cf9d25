#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes that framings look for.
enum Byte {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let colon: UInt8 = 0x3A
  static let backslash: UInt8 = 0x5C
  static let openBracket: UInt8 = 0x5B
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D

  /// Whether JSON counts the byte as whitespace.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == newline || byte == carriageReturn || byte == tab
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isBracket(_ byte: UInt8) -> Bool { byte == openBrace || byte == openBracket }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}

extension UnsafeBufferPointer<UInt8> {
  /// The position of the next such byte from `start` on, or nil.
  @inline(__always)
  func next(_ byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let hit = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// A copy of the bytes of a range.
  @inline(__always)
  func copy(_ range: Range<Int>) -> [UInt8] { Array(UnsafeBufferPointer(rebasing: self[range])) }
}

extension ArraySlice<UInt8> {
  /// Whether there is nothing but blanks in it.
  var isBlank: Bool { allSatisfy(Byte.isBlank) }
}

extension [UInt8] {
  /// Appends a range of raw bytes in one step.
  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
  }

  /// Hands the bytes out and starts over with none.
  @inline(__always)
  mutating func drain() -> [UInt8] {
    let whole = self
    self = []
    return whole
  }

  /// Whether there is nothing but blanks in it.
  var isBlank: Bool { allSatisfy(Byte.isBlank) }

  /// Removes blanks and line ends from the end.
  mutating func trimEnd() {
    while let last, Byte.isBlank(last) { removeLast() }
  }
}
