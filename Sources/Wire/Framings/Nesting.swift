/// Where a scan stands inside a JSON value: how deep, and whether in a string.
struct Nesting {
  var depth: Int
  var inString: Bool
  var escaped: Bool

  /// A scan that stands where it is told, by default before a value.
  init(depth: Int = 0, inString: Bool = false, escaped: Bool = false) {
    self.depth = depth
    self.inString = inString
    self.escaped = escaped
  }

  /// Scans on from `start` and gives back the position after the value's last byte, or nil if the
  /// bytes end first.
  ///
  /// The first scan of a value begins at its first byte: a bracket or a quote.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      if inString {
        at = skipString(bytes, at)
      } else {
        at = skipPlain(bytes, at)
      }
      if depth == 0, !inString { return at }
    }
    return nil
  }

  /// Goes to the byte after the next quote or closing bracket outside strings.
  private mutating func skipPlain(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    let count = bytes.count
    while at < count {
      let byte = bytes[at]
      at += 1
      // Sets the bits in which the four brackets differ, so one comparison passes most bytes by.
      guard byte | 0x26 == 0x7F || byte == Byte.quote else { continue }
      switch byte {
      case Byte.quote:
        inString = true
        return at
      case Byte.openBrace, Byte.openBracket:
        depth += 1
      case Byte.closeBrace, Byte.closeBracket:
        depth -= 1
        if depth == 0 { return at }
      default:
        break
      }
    }
    return at
  }

  /// Goes to the byte after the string's closing quote.
  private mutating func skipString(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    let count = bytes.count
    if escaped {
      escaped = false
      at += 1
    }
    while at < count {
      at = Self.nextMark(bytes, at)
      guard at < count else { return count }
      if bytes[at] == Byte.quote {
        inString = false
        return at + 1
      }
      // A backslash: the byte after it is passed over, even if it comes in the next piece.
      if at + 1 == count {
        escaped = true
        return count
      }
      at += 2
    }
    return count
  }

  /// The position of the next quote or backslash, eight bytes at a time.
  @inline(__always)
  private static func nextMark(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let hits = zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
      if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < bytes.count, bytes[at] != Byte.quote, bytes[at] != Byte.backslash { at += 1 }
    return at
  }

  /// Has the top bit set in (at least) the lowest byte that is zero.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
