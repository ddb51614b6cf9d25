/// Whether a text is one JSON value, told as plainly as RFC 8259 is written: slow, and with nothing
/// in common with the reader that it is held against.
struct PlainValidator {
  private let text: [UInt8]
  private var at = 0

  static func accepts(_ text: [UInt8]) -> Bool {
    guard String(validating: text, as: UTF8.self) != nil else { return false }
    var validator = PlainValidator(text: text)
    validator.skipBlanks()
    guard validator.value(depth: 0) else { return false }
    validator.skipBlanks()
    return validator.at == text.count
  }

  private init(text: [UInt8]) { self.text = text }

  private var byte: UInt8? { at < text.count ? text[at] : nil }

  private mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    at += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
  }

  private mutating func value(depth: Int) -> Bool {
    // As the reader's limit; 32 KB of brackets fit on the stack of a thread.
    if depth > 10_000 { return false }
    switch byte {
    case 0x7B: return list(end: 0x7D, depth) { $0.member(depth) }
    case 0x5B: return list(end: 0x5D, depth) { $0.value(depth: depth + 1) }
    case 0x22: return string()
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x6E: return word("null")
    default: return number()
    }
  }

  private mutating func list(
    end: UInt8, _ depth: Int, _ element: (inout PlainValidator) -> Bool
  ) -> Bool {
    if depth >= 10_000 { return false }
    at += 1
    skipBlanks()
    if take(end) { return true }
    while true {
      guard element(&self) else { return false }
      skipBlanks()
      if take(end) { return true }
      guard take(0x2C) else { return false }
      skipBlanks()
    }
  }

  private mutating func member(_ depth: Int) -> Bool {
    guard byte == 0x22, string() else { return false }
    skipBlanks()
    guard take(0x3A) else { return false }
    skipBlanks()
    return value(depth: depth + 1)
  }

  private mutating func string() -> Bool {
    at += 1
    while let next = byte {
      at += 1
      switch next {
      case 0x22: return true
      case 0x5C: if !escape() { return false }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard let letter = byte else { return false }
    at += 1
    if letter != UInt8(ascii: "u") { return Array("\"\\/bfnrt".utf8).contains(letter) }
    for _ in 0..<4 {
      guard let digit = byte, Character(UnicodeScalar(digit)).isHexDigit else { return false }
      at += 1
    }
    return true
  }

  private mutating func word(_ word: String) -> Bool {
    for letter in word.utf8 where !take(letter) { return false }
    return true
  }

  private mutating func number() -> Bool {
    _ = take(0x2D)
    if !take(0x30), !digits() { return false }
    if take(0x2E), !digits() { return false }
    if take(0x65) || take(0x45) {
      if !take(0x2B) { _ = take(0x2D) }
      if !digits() { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = at
    while let byte, (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }
}
