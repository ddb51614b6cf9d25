/// Values that vary inside longer texts: `took at 2026-11-21T16:48:28Z by 3f9a…`.
enum VaryingText {
  /// The kind of what is different between two texts; nil if anything else is.
  static func shared(_ old: [UInt8], _ new: [UInt8]) -> VaryingValue? {
    guard old.count <= limit, new.count <= limit else { return nil }
    let (one, two) = (pieces(old), pieces(new))
    guard one.count == two.count else { return nil }
    var kind: VaryingValue?
    for (before, after) in zip(one, two) where old[before.range] != new[after.range] {
      guard let found = before.kind, found == after.kind, kind == nil || kind == found else {
        return nil
      }
      kind = found
    }
    return kind
  }

  /// Longer texts are documents of their own.
  private static let limit = 64 << 10

  private struct Piece {
    var range: Range<Int>
    var kind: VaryingValue?
  }

  /// The text cut into what may vary and what stands between.
  private static func pieces(_ text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var (at, plain) = (0, 0)
    while at < text.count {
      let isInWord = at > 0 && isWord(text[at - 1])
      guard !isInWord, isWord(text[at]), let (length, kind) = varying(text[at...]) else {
        at += 1
        continue
      }
      pieces.append(Piece(range: plain..<at))
      pieces.append(Piece(range: at..<(at + length), kind: kind))
      at += length
      plain = at
    }
    return pieces + [Piece(range: plain..<text.count)]
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  /// How much of a text's beginning may vary, and what it is.
  private static func varying(_ text: ArraySlice<UInt8>) -> (Int, VaryingValue)? {
    if let length = length(of: uuid, text) { return (length, .uuid) }
    for form in times {
      if let length = length(of: form, text) {
        return (length + tail(text.dropFirst(length)), .time)
      }
    }
    let word = text.prefix(while: isWord)
    let digits = word.starts(with: [0x30, 0x78]) ? word.dropFirst(2) : word
    if digits.count >= 16, digits.allSatisfy(Hex.isDigit) { return (word.count, .hash) }
    return nil
  }

  /// `x` is a hexadecimal digit, `0` a decimal one.
  private static let uuid = Array("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".utf8)
  private static let times = ["0000-00-00?00:00:00", "0000-00-00?00:00", "0000-00-00", "00:00:00"]
    .map { Array($0.utf8) }

  private static func length(of form: [UInt8], _ text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= form.count else { return nil }
    for (want, byte) in zip(form, text) {
      let fits =
        switch want {
        case 0x78: Hex.isDigit(byte)
        case 0x30: (0x30...0x39).contains(byte)
        case 0x3F: byte == 0x54 || byte == 0x20
        default: want == byte
        }
      if !fits { return nil }
    }
    // A longer word only begins like one.
    if let next = text.dropFirst(form.count).first, isWord(next), next != 0x5A { return nil }
    return form.count
  }

  /// Fractions and zone behind a time: `.123+00:00`, `Z`.
  private static func tail(_ text: ArraySlice<UInt8>) -> Int {
    var rest = text
    if let first = rest.first, first == 0x2E || first == 0x2C {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      if !digits.isEmpty { rest = rest.dropFirst(1 + digits.count) }
    }
    if rest.first == 0x5A { return text.count - rest.count + 1 }
    if let sign = rest.first, sign == 0x2B || sign == 0x2D {
      let zone = rest.dropFirst().prefix(5)
      let digits = zone.filter { (0x30...0x39).contains($0) }
      if digits.count == 4, zone.dropFirst(2).first == 0x3A {
        return text.count - rest.count + 6
      }
      if zone.prefix(4).allSatisfy({ (0x30...0x39).contains($0) }), zone.count >= 4 {
        return text.count - rest.count + 5
      }
    }
    return text.count - rest.count
  }
}
