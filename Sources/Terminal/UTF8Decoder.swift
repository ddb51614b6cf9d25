/// Reads single characters out of bytes that may not be UTF-8.
enum UTF8Decoder {
  /// The character that begins there and its length in bytes; nil if none does.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (Unicode.Scalar, Int)? {
    guard start < bytes.count else { return nil }
    let first = bytes[start]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    guard let length = length(first), start + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0x7f >> UInt32(length))
    for index in start + 1..<start + length {
      let byte = bytes[index]
      guard byte & 0xc0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    let lowest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= lowest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// The length that a first byte announces; nil if none may begin with it.
  static func length(_ first: UInt8) -> Int? {
    switch first {
    case 0..<0x80: 1
    case 0xc2..<0xe0: 2
    case 0xe0..<0xf0: 3
    case 0xf0..<0xf5: 4
    default: nil
    }
  }
}
