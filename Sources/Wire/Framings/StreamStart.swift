import LosslessJSON

/// The first bytes of a stream, which tell its encoding, and what has to be done about it after.
///
/// A byte order mark is skipped, and a UTF-16 stream is handed on as UTF-8: no framing could read
/// it otherwise. Both are said with the messages.
struct StreamStart: Sendable {
  private enum Encoding: Sendable { case undecided, plain, utf16(bigEndian: Bool) }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var encoding = Encoding.undecided
  /// The start before it is decided, or the half of a UTF-16 unit.
  private var held: [UInt8] = []
  private var high: UInt16?
  private var owesMark = false

  /// The bytes that are held back.
  var pending: Int { held.count }

  /// Takes what came and gives back what framings shall see of it.
  @inline(__always)
  mutating func admit(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if case .plain = encoding { return bytes }
    return decode(bytes)
  }

  /// Gives back what was held when the stream ended.
  mutating func finish() -> ArraySlice<UInt8> {
    guard case .undecided = encoding else { return [] }
    encoding = .plain
    return held.drain()[...]
  }

  /// What has to be said with a message.
  @inline(__always)
  mutating func findings() -> [Finding] {
    if case .plain = encoding, !owesMark { return [] }
    var found: [Finding] = []
    if owesMark { found.append(FrameText.byteOrderMark) }
    owesMark = false
    if case .utf16(let bigEndian) = encoding { found.append(FrameText.utf16(bigEndian)) }
    return found
  }

  /// Takes a byte order mark from the start of a later message.
  mutating func takeMark(_ text: inout [UInt8]) {
    guard text.first == 0xEF, text.starts(with: Self.mark) else { return }
    text.removeFirst(3)
    owesMark = true
  }

  private mutating func decode(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch encoding {
    case .plain: return bytes
    case .utf16(let bigEndian): return transcode(bytes, bigEndian)
    case .undecided:
      let whole = held.isEmpty ? bytes : (held + bytes)[...]
      held = []
      guard let (encoding, skipped) = Self.decide(whole) else {
        held = Array(whole)
        return []
      }
      self.encoding = encoding
      owesMark = skipped == 3
      return decode(whole.dropFirst(skipped))
    }
  }

  /// The encoding and how many bytes of mark it has; nil while more bytes are needed.
  private static func decide(_ bytes: ArraySlice<UInt8>) -> (Encoding, Int)? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0xEF:
      guard mark.starts(with: bytes.prefix(3)) else { return (.plain, 0) }
      return bytes.count < 3 ? nil : (.plain, 3)
    case 0xFF, 0xFE:
      guard let second = bytes.dropFirst().first else { return nil }
      if first == 0xFF, second == 0xFE { return (.utf16(bigEndian: false), 2) }
      if first == 0xFE, second == 0xFF { return (.utf16(bigEndian: true), 2) }
      return (.plain, 0)
    case 0: return decideUnmarked(bytes.prefix(3), bigEndian: true)
    case let first where opensText(first):
      return decideUnmarked(bytes.prefix(4), bigEndian: false)
    default: return (.plain, 0)
    }
  }

  /// Without a mark it takes two characters: a NUL byte before or after the first may be no more than
  /// what a server puts between its messages.
  private static func decideUnmarked(
    _ bytes: ArraySlice<UInt8>, bigEndian: Bool
  ) -> (Encoding, Int)? {
    for (place, byte) in bytes.enumerated() {
      let isUpper = place.isMultiple(of: 2) == bigEndian
      if isUpper ? byte != 0 : place < 2 && !opensText(byte) { return (.plain, 0) }
    }
    return bytes.count < (bigEndian ? 3 : 4) ? nil : (.utf16(bigEndian: bigEndian), 0)
  }

  /// Whether a byte is what the first message of a UTF-16 stream begins with.
  private static func opensText(_ byte: UInt8) -> Bool {
    byte == Byte.openBrace || byte == Byte.openBracket || byte == UInt8(ascii: "C")
  }

  private mutating func transcode(
    _ bytes: ArraySlice<UInt8>, _ bigEndian: Bool
  ) -> ArraySlice<UInt8> {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let other = held.popLast() else {
        held = [byte]
        continue
      }
      let (upper, lower) = bigEndian ? (other, byte) : (byte, other)
      take(UInt16(upper) << 8 | UInt16(lower), &text)
    }
    return text[...]
  }

  private mutating func take(_ unit: UInt16, _ text: inout [UInt8]) {
    if let first = high {
      high = nil
      if unit & 0xFC00 == 0xDC00 {
        let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        return Self.append(value, &text)
      }
      Self.append(0xFFFD, &text)
    }
    if unit & 0xFC00 == 0xD800 { high = unit } else { Self.append(UInt32(unit), &text) }
  }

  private static func append(_ value: UInt32, _ text: inout [UInt8]) {
    text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }
}
