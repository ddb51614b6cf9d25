/// Bytes as text for people: what can't be seen, turns the direction of writing or is no UTF-8 is
/// spelt out, as JSON (`\u202e`) and many languages (`\xe9`) do it.
enum VisibleText {
  /// The text; line ends and tabs stay.
  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    text.reserveCapacity(bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        let start = at
        while at < bytes.count {
          let length = bytes[at] < 0x80 ? 1 : ByteScan.sequenceLength(bytes, at: at)
          if length == 0 { break }
          at += length
        }
        add(
          String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self), &text)
        if at < bytes.count {
          text += "\\x" + Hex.text(UInt64(bytes[at]), digits: 2)
          at += 1
        }
      }
    }
    return text
  }

  /// The text of a string.
  static func text(_ string: String) -> String { text(Array(string.utf8)) }

  /// The text of a string on one line, for a comment.
  static func line(_ string: String) -> String { text(CurlExport.oneLine(string)) }

  private static func add(_ part: String, _ text: inout String) {
    for scalar in part.unicodeScalars {
      if isVisible(scalar) {
        text.unicodeScalars.append(scalar)
      } else if scalar.value > 0xFFFF {
        text += "\\U" + Hex.text(UInt64(scalar.value), digits: 8)
      } else {
        text += "\\u" + Hex.text(UInt64(scalar.value), digits: 4)
      }
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t", " "..."~": true
    case "\0"..."\u{9F}", "\u{AD}", "\u{61C}", "\u{200B}"..."\u{200F}", "\u{2028}"..."\u{202E}",
      "\u{2060}"..."\u{206F}", "\u{FEFF}", "\u{FFF9}"..."\u{FFFB}", "\u{E0000}"..."\u{E0FFF}":
      false
    default: true
    }
  }
}
