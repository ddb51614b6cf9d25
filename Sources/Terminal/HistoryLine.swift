/// One line of the history file: a statement as a JSON string.
enum HistoryLine {
  /// The line for a statement, without its newline.
  static func encode(_ statement: String) -> [UInt8] {
    var line: [UInt8] = [0x22]
    for byte in statement.utf8 {
      switch byte {
      case 0x22, 0x5c: line += [0x5c, byte]
      case 0x0a: line += [0x5c, 0x6e]
      case 0x0d: line += [0x5c, 0x72]
      case 0x09: line += [0x5c, 0x74]
      case 0..<0x20, 0x7f:
        let digits = Array("0123456789abcdef".utf8)
        line += [0x5c, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: line.append(byte)
      }
    }
    line.append(0x22)
    return line
  }

  /// The statement of a line; nil if the line is no JSON string.
  static func decode(_ line: ArraySlice<UInt8>) -> String? {
    guard line.count >= 2, line.first == 0x22, line.last == 0x22 else { return nil }
    let inner = line.dropFirst().dropLast()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(inner.count)
    var position = inner.startIndex
    while position < inner.endIndex {
      let byte = inner[position]
      if byte == 0x5c {
        guard let length = escape(inner[position...], to: &bytes) else { return nil }
        position += length
      } else {
        guard byte >= 0x20, byte != 0x22 else { return nil }
        bytes.append(byte)
        position += 1
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads the escape that begins there; gives back its length.
  private static func escape(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) -> Int? {
    guard text.count >= 2 else { return nil }
    let simple: [UInt8: UInt8] = [
      0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9,
    ]
    let letter = text[text.startIndex + 1]
    if let byte = simple[letter] {
      bytes.append(byte)
      return 2
    }
    guard letter == 0x75, let first = unit(text) else { return nil }
    if let scalar = Unicode.Scalar(first) {
      bytes.append(contentsOf: UTF8.encode(scalar)!)
      return 6
    }
    let rest = text.dropFirst(6)
    guard UTF16.isLeadSurrogate(UInt16(first)), rest.starts(with: [0x5c, 0x75]),
      let second = unit(rest), (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { return nil }
    bytes.append(contentsOf: UTF8.encode(scalar)!)
    return 12
  }

  /// The four hexadecimal digits after `\u`.
  private static func unit(_ text: ArraySlice<UInt8>) -> UInt32? {
    let digits = text.dropFirst(2).prefix(4)
    guard digits.count == 4 else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(digit - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(digit - 0x57)
      default: return nil
      }
    }
    return value
  }
}
