/// The encodings of Unicode other than UTF-8 that a text may come in.
struct TextEncoding: Equatable {
  /// Bytes of a unit: 2 or 4.
  var unit: Int
  var isLittleEndian: Bool
  /// Bytes of the byte order mark, 0 if there is none.
  var mark: Int

  /// Recognises the encoding by its mark, or by where the zeros of the first two characters are,
  /// which in JSON are nearly always ASCII.
  static func detect(_ bytes: UnsafePointer<UInt8>, count: Int) -> TextEncoding? {
    guard count >= 2 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0xFF, 0xFE, 0, 0) where count >= 4: return .init(unit: 4, isLittleEndian: true, mark: 4)
    case (0, 0, 0xFE, 0xFF) where count >= 4: return .init(unit: 4, isLittleEndian: false, mark: 4)
    case (0xFF, 0xFE, _, _): return .init(unit: 2, isLittleEndian: true, mark: 2)
    case (0xFE, 0xFF, _, _): return .init(unit: 2, isLittleEndian: false, mark: 2)
    default: break
    }
    guard count >= 4 else { return nil }
    switch (bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0) {
    case (true, true, true, false): return .init(unit: 4, isLittleEndian: false, mark: 0)
    case (false, true, true, true) where count % 4 == 0:
      return .init(unit: 4, isLittleEndian: true, mark: 0)
    case (true, false, true, false): return .init(unit: 2, isLittleEndian: false, mark: 0)
    case (false, true, false, true): return .init(unit: 2, isLittleEndian: true, mark: 0)
    default: return nil
    }
  }

  /// The encoding that `detect` finds in a text that nothing pads.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { beginning in
      for place in 0..<4 { beginning[place] = place < text.count ? text[place] : 0 }
      return beginning.baseAddress.flatMap { Self.detect($0, count: text.count) }
    }
  }
}

/// A text in another encoding, decoded, with the way back to the bytes it came in.
struct DecodedText: Sendable {
  /// The text in UTF-8, followed by 64 zeros.
  private(set) var padded: [UInt8] = []
  /// What was no character, as places in the bytes received.
  private(set) var invalid: [Range<Int>] = []
  private var map: EncodedOffsets

  /// Decodes all of it.
  init(_ bytes: [UInt8], count: Int, _ encoding: TextEncoding) {
    map = EncodedOffsets(bytes: bytes, count: count, encoding: encoding)
    padded.reserveCapacity(count + 64)
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var at = encoding.mark
      while at < count {
        if padded.count >= map.nextCheckpoint { map.add(decoded: padded.count, original: at) }
        let unit = EncodedCharacter(base + at, left: count - at, encoding)
        if unit.scalar == nil, invalid.count < FaultList.capacity {
          invalid.append(at..<(at + unit.length))
        }
        // Half a unit at the end is told and left out.
        if unit.length >= encoding.unit { unit.appendUTF8(&padded) }
        at += unit.length
      }
    }
    map.decodedCount = padded.count
    padded.append(contentsOf: repeatElement(0, count: 64))
  }

  /// The number of bytes of the text in UTF-8.
  var count: Int { map.decodedCount }

  /// The bytes received that stand for a range of the decoded ones.
  func original(_ range: Range<Int>) -> Range<Int> {
    let lower = map.original(range.lowerBound)
    return lower..<(range.isEmpty ? lower : max(lower, map.original(range.upperBound)))
  }
}

/// One character of UTF-16 or UTF-32.
struct EncodedCharacter {
  /// The character, nil if it is none.
  var scalar: UnicodeScalar?
  /// Bytes it takes.
  var length: Int

  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, left: Int, _ encoding: TextEncoding) {
    length = min(left, encoding.unit)
    guard left >= encoding.unit else { return }
    if encoding.unit == 4 {
      let (a, b, c, d) = (UInt32(bytes[0]), UInt32(bytes[1]), UInt32(bytes[2]), UInt32(bytes[3]))
      let value =
        encoding.isLittleEndian
        ? a | b << 8 | c << 16 | d << 24 : d | c << 8 | b << 16 | a << 24
      scalar = UnicodeScalar(value)
      return
    }
    let first = Self.unit(bytes, encoding)
    guard first & 0xFC00 == 0xD800, left >= 4 else {
      scalar = UnicodeScalar(first)
      return
    }
    let second = Self.unit(bytes + 2, encoding)
    guard second & 0xFC00 == 0xDC00 else { return }
    scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    length = 4
  }

  @inline(__always)
  private static func unit(_ bytes: UnsafePointer<UInt8>, _ encoding: TextEncoding) -> UInt32 {
    encoding.isLittleEndian
      ? UInt32(bytes[0]) | UInt32(bytes[1]) << 8 : UInt32(bytes[1]) | UInt32(bytes[0]) << 8
  }

  /// Bytes it takes in UTF-8; what is no character takes those of U+FFFD.
  var utf8Length: Int {
    switch scalar?.value ?? 0xFFFD {
    case 0..<0x80: 1
    case 0x80..<0x800: 2
    case 0x800..<0x10000: 3
    default: 4
    }
  }

  func appendUTF8(_ text: inout [UInt8]) {
    let value = scalar?.value ?? 0xFFFD
    switch value {
    case 0..<0x80: text.append(UInt8(value))
    case 0x80..<0x800:
      text.append(0xC0 | UInt8(value >> 6))
      text.append(0x80 | UInt8(value & 0x3F))
    case 0x800..<0x10000:
      text.append(0xE0 | UInt8(value >> 12))
      text.append(0x80 | UInt8(value >> 6 & 0x3F))
      text.append(0x80 | UInt8(value & 0x3F))
    default:
      text.append(0xF0 | UInt8(value >> 18))
      text.append(0x80 | UInt8(value >> 12 & 0x3F))
      text.append(0x80 | UInt8(value >> 6 & 0x3F))
      text.append(0x80 | UInt8(value & 0x3F))
    }
  }
}

/// The places of a decoded text in its bytes: a checkpoint now and then, and counting from there.
private struct EncodedOffsets: Sendable {
  let bytes: [UInt8]
  let count: Int
  let encoding: TextEncoding
  var decodedCount = 0
  /// `decoded:32 | original:32`, one every 512 bytes.
  private var checkpoints: [UInt64] = []

  init(bytes: [UInt8], count: Int, encoding: TextEncoding) {
    self.bytes = bytes
    self.count = count
    self.encoding = encoding
  }

  var nextCheckpoint: Int { checkpoints.last.map { Int($0 >> 32) + 512 } ?? 0 }

  mutating func add(decoded: Int, original: Int) {
    checkpoints.append(UInt64(decoded) << 32 | UInt64(original))
  }

  func original(_ offset: Int) -> Int {
    var low = 0
    var high = checkpoints.count
    while low < high {
      let middle = (low + high) / 2
      if Int(checkpoints[middle] >> 32) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return min(encoding.mark, count) }
    var decoded = Int(checkpoints[low - 1] >> 32)
    var at = Int(checkpoints[low - 1] & 0xFFFF_FFFF)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      while decoded < offset, at < count {
        let character = EncodedCharacter(base + at, left: count - at, encoding)
        decoded += character.utf8Length
        at += character.length
      }
      return at
    }
  }
}
