/// Base64 with padding (RFC 4648 section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
    // The alphabet of section 5 is read too.
    values[0x2D] = 62
    values[0x5F] = 63
    return values
  }()

  /// Adds the text of those bytes.
  static func encode(_ data: [UInt8], into text: inout [UInt8]) {
    text.reserveCapacity(text.count + (data.count + 2) / 3 * 4)
    var at = 0
    while at < data.count {
      let left = data.count - at
      let group =
        UInt32(data[at]) << 16 | UInt32(left > 1 ? data[at + 1] : 0) << 8
        | UInt32(left > 2 ? data[at + 2] : 0)
      text.append(alphabet[Int(group >> 18)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : 0x3D)
      text.append(left > 2 ? alphabet[Int(group & 63)] : 0x3D)
      at += 3
    }
  }

  /// The bytes of a text, blanks skipped; nil if it is no Base64.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var data: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var isPadded = false
    for byte in text where byte > 0x20 {
      if byte == 0x3D {
        isPadded = true
        continue
      }
      let value = values[Int(byte)]
      if value == 0xFF || isPadded { return nil }
      group = group << 6 | UInt32(value)
      count += 1
      if count == 4 {
        data += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
        (group, count) = (0, 0)
      }
    }
    switch count {
    case 0: return data
    case 2: return data + [UInt8(group >> 4 & 255)]
    case 3: return data + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    default: return nil
    }
  }
}
