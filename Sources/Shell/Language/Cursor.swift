/// A place in a line of bytes that moves forward.
struct Cursor {
  let bytes: [UInt8]
  var at: Int
  let end: Int

  init(_ text: String) {
    bytes = Array(text.utf8)
    at = 0
    end = bytes.count
  }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at >= end }

  /// The byte here, or nil at the end.
  var current: UInt8? { at < end ? bytes[at] : nil }

  /// The byte so far ahead, or nil behind the end.
  func peek(_ distance: Int) -> UInt8? { at + distance < end ? bytes[at + distance] : nil }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  mutating func skipBlanks() {
    while at < end, Self.isBlank(bytes[at]) { at += 1 }
  }

  /// The bytes up to the next blank, without moving.
  var word: ArraySlice<UInt8> { bytes[at..<end].prefix { !Self.isBlank($0) } }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Takes an identifier (`[A-Za-z_][A-Za-z0-9_-]*`) if one stands here.
  func identifier() -> Range<Int>? {
    guard at < end, Self.isNameStart(bytes[at]) else { return nil }
    let name = bytes[at..<end].prefix {
      Self.isNameStart($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
    }
    return at..<name.endIndex
  }

  /// The name of an argument `name=value` or `name:=json`, if one begins here.
  func argumentName() -> (name: Range<Int>, isStrict: Bool, valueStart: Int)? {
    guard let name = identifier() else { return nil }
    var place = name.upperBound
    let isStrict = place < end && bytes[place] == 0x3A
    if isStrict { place += 1 }
    guard place < end, bytes[place] == 0x3D else { return nil }
    return (name, isStrict, place + 1)
  }

  static func isNameStart(_ byte: UInt8) -> Bool {
    byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}
