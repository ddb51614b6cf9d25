import LosslessJSON

/// Texts in which masks stand for secrets.
enum MaskedText {
  private static let start = Array("<masked ".utf8)

  /// Whether a mask may stand somewhere in the text.
  static func hasMask(_ text: some RandomAccessCollection<UInt8>) -> Bool {
    var at = text.startIndex
    while let found = text[at...].firstIndex(of: 0x3C) {
      if text[found...].starts(with: start) { return true }
      at = text.index(after: found)
    }
    return false
  }

  /// Where masks stand.
  static func masks(in text: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var at = 0
    while let place = text[at...].firstIndex(of: 0x3C) {
      at = place + 1
      guard text[place...].starts(with: start) else { continue }
      // `3f9a2c 16-31>`, no longer than that.
      let rest = text[(place + start.count)...].prefix(16)
      guard let end = rest.firstIndex(of: 0x3E), rest.dropFirst(6).first == 0x20 else { continue }
      found.append(place..<(end + 1))
      at = end + 1
    }
    return found
  }

  /// The text with all masks alike: those of two files differ for the same secret.
  static func levelled(_ text: [UInt8]) -> [UInt8] {
    TextEdit.apply(masks(in: text).map { TextEdit($0, "<masked>".utf8) }, to: text)
  }

  /// A value with all masks alike.
  static func levelled(_ json: JSON) -> JSON {
    guard hasMask(json.bytes) else { return json }
    return (try? JSON(reading: levelled(Array(json.bytes)))) ?? json
  }

  /// Whether a text may be the one for which a text with masks was written.
  static func covers(_ masked: String, _ text: String) -> Bool {
    let pattern = Array(masked.utf8)
    let ranges = masks(in: pattern)
    guard !ranges.isEmpty else { return masked == text }
    var glob: [UInt8] = []
    var copied = 0
    for range in ranges {
      glob += pattern[copied..<range.lowerBound] + [0]
      copied = range.upperBound
    }
    glob += pattern[copied...]
    return fits(glob[...], Array(text.utf8)[...])
  }

  /// Whether a text fits a pattern in which 0 stands for any bytes, at least one.
  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    let parts = pattern.split(separator: 0, omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, text.starts(with: first) else {
      return false
    }
    var rest = text.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      rest = rest.dropFirst()
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: part) }) else {
        return false
      }
      rest = rest[(place + part.count)...]
    }
    return rest.count > last.count && rest.suffix(last.count).elementsEqual(last)
  }
}

extension SecretMask {
  /// The part of a mask that is its own.
  static func tag(of mask: String) -> String? {
    let words = mask.split(separator: " ")
    return words.count == 3 && words[0] == "<masked" ? String(words[1]) : nil
  }
}
