#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Quick searches in bytes.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The index of the first quote, backslash, control character or byte above ASCII from `start` on.
  static func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var at = start
    while at + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      // In each term the lowest set bit marks a true hit; borrows only disturb the bytes above.
      let hits =
        ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
          | (word &- ones &* 0x20) & ~word | word) & highs
      if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < bytes.count, bytes[at] >= 0x20, bytes[at] < 0x80, bytes[at] != 0x22,
      bytes[at] != 0x5C
    { at += 1 }
    return at
  }

  /// The index of the next byte of that value, or nil.
  static func next(
    _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    guard let found = memchr(base + start, Int32(byte), bytes.count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The length of the well-formed UTF-8 sequence (RFC 3629) of two to four bytes there, or 0.
  static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    func byte(_ offset: Int) -> UInt8 {
      place + offset < bytes.count ? bytes[place + offset] : 0
    }
    func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
    let first = bytes[place]
    let second = byte(1)
    switch first {
    case 0xC2...0xDF: return isTail(second) ? 2 : 0
    case 0xE0...0xEF:
      guard isTail(second), isTail(byte(2)) else { return 0 }
      if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard isTail(second), isTail(byte(2)), isTail(byte(3)) else { return 0 }
      if first == 0xF0 && second < 0x90 || first == 0xF4 && second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }
}

/// A text to look for in bytes.
struct ByteNeedle: Sendable, Equatable {
  let bytes: [UInt8]
  /// The place of the byte that is rarest in JSON, which is looked for first.
  private let anchor: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    anchor = bytes.indices.min { Self.commonness(bytes[$0]) < Self.commonness(bytes[$1]) } ?? 0
  }

  /// The index of the first occurrence from `start` on, or nil.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    if bytes.isEmpty { return start }
    guard let base = text.baseAddress else { return nil }
    let last = text.count - bytes.count + anchor
    var at = start + anchor
    while at <= last {
      guard let found = memchr(base + at, Int32(bytes[anchor]), last - at + 1) else { return nil }
      let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      let begin = place - anchor
      let isHit = bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { memcmp($0, base + begin, bytes.count) == 0 } ?? true
      }
      if isHit { return begin }
      at = place + 1
    }
    return nil
  }

  /// Whether the text holds it.
  func isIn(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { first(in: $0) != nil } }

  /// Roughly how often a byte is met in JSON-RPC messages.
  private static func commonness(_ byte: UInt8) -> Int {
    switch byte {
    case 0x22, 0x5C, 0x3A, 0x2C: 10
    case 0x65, 0x74, 0x73, 0x72, 0x6E, 0x6F, 0x69, 0x61, 0x64: 9
    case 0x30, 0x31, 0x32, 0x20: 8
    case 0x63, 0x6C, 0x6D, 0x70, 0x75: 7
    case 0x33...0x39, 0x66, 0x68, 0x67, 0x62: 6
    case 0x61...0x7A: 4
    case 0x7B, 0x7D, 0x5B, 0x5D, 0x2E, 0x2D, 0x5F: 5
    case 0x41...0x5A: 3
    default: 1
    }
  }
}
