/// The columns that a text takes on a terminal, by grapheme cluster.
///
/// Control characters count nothing: text from outside has none after `SafeText`.
public func displayWidth(_ text: some StringProtocol) -> Int {
  var text = String(text)
  let ascii = text.withUTF8 { bytes -> Int? in
    var width = 0
    for byte in bytes {
      if byte >= 0x80 { return nil }
      if byte >= 0x20 && byte != 0x7f { width += 1 }
    }
    return width
  }
  return ascii ?? text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns that one grapheme cluster takes: 0, 1 or 2.
public func displayWidth(_ character: Character) -> Int {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return 0 }
  let width = CharacterWidth.of(first)
  if width == 2 || scalars.count == 1 { return width }
  // U+FE0F asks for the coloured picture of a character that is text by default, two flags letters
  // make a flag, and U+20E3 draws a key around a digit (which terminals keep narrow).
  for scalar in scalars.dropFirst() {
    if scalar.value == 0xFE0F && first.properties.isEmoji && first.value > 0x7f { return 2 }
    if CharacterWidth.isRegionalIndicator(scalar) { return 2 }
  }
  if width == 0 { return min(1, scalars.dropFirst().map(CharacterWidth.of).max() ?? 0) }
  return width
}

/// The width of single scalars.
enum CharacterWidth {
  /// Ranges of East Asian wide and full-width characters, with the unassigned ones between them.
  ///
  /// Emoji are not here: the standard library knows which are shown as pictures.
  static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
    0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F200...0x1F320,
    0x20000...0x3FFFD,
  ]

  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7f..<0xa0).contains(value) ? 0 : 1 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
    case .format: return isVisibleFormat(value) ? 1 : 0
    default: break
    }
    // The vowels and finals of decomposed Hangul syllables combine with what stands before.
    if (0x1160...0x11FF).contains(value) { return 0 }
    return isWide(value) || properties.isEmojiPresentation ? 2 : 1
  }

  static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  /// The few format characters that are seen: signs that span the number after them.
  static func isVisibleFormat(_ value: UInt32) -> Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
    default: false
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if value > wide[middle].upperBound {
        low = middle + 1
      } else if value < wide[middle].lowerBound {
        high = middle
      } else {
        return true
      }
    }
    return false
  }
}
