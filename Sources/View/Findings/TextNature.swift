/// Whether the bytes around a place can be shown as text.
enum TextNature {
  /// UTF-8 without a NUL.
  case text
  /// Mostly text: some byte of it is none.
  case mixed
  /// No text that a line of it would tell anything: UTF-16, UTF-32, compressed data.
  case binary

  /// Looks at the bytes from a little before a range to a little after its beginning.
  init(of bytes: [UInt8], around range: Range<Int>) {
    var start = max(0, min(range.lowerBound, bytes.count) - 16)
    var end = min(bytes.count, max(start, min(range.upperBound, range.lowerBound + 32)) + 16)
    // Characters are not cut.
    for _ in 0..<3 {
      if start > 0, start < range.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
      if end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    }
    let window = bytes[start..<max(start, end)]
    let odd = window.count { $0 == 0 || ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D) }
    let isUTF8 = String(validating: window, as: UTF8.self) != nil
    let high = isUTF8 ? 0 : window.count { $0 >= 0x80 }
    if (odd + high) * 4 > window.count, !window.isEmpty {
      self = .binary
    } else {
      self = isUTF8 && !window.contains(0) ? .text : .mixed
    }
  }
}
