extension JSON {
  /// Whether this is `null`.
  public var isNull: Bool { node.tag == .null }

  /// The truth value, or nil if this is no boolean.
  public var bool: Bool? {
    node.tag == .bool ? document.base[node.offset] == 0x74 : nil
  }

  /// The spelling of a number, or nil if this is none.
  public var number: String? { node.tag.isNumber ? text : nil }

  /// The number as an integer, if it is spelt as one (`1`, not `1.0`) and fits 64 bits.
  public var int: Int? { number.flatMap { Int($0) } }

  /// The nearest double, infinite if the number is too large; nil if this is no number.
  public var double: Double? { number.flatMap { Double($0) } }

  /// The decoded text of a string, or nil if this is none. A lone surrogate becomes U+FFFD: the
  /// exact spelling stays in `text`.
  public var string: String? {
    let node = node
    guard node.isString else { return nil }
    let contents = document.contents(node)
    return node.tag.hasEscapes
      ? String(decoding: Unescape.utf8(contents), as: UTF8.self)
      : String(decoding: contents, as: UTF8.self)
  }

  /// Whether this is a string that decodes to exactly those UTF-8 bytes.
  public func isString(_ text: String) -> Bool {
    let node = node
    return node.isString && document.isString(node, text)
  }
}

/// Decodes the escapes of a JSON string (RFC 8259 section 7).
enum Unescape {
  /// The UTF-8 of a string's contents, which must be valid. Lone surrogates become U+FFFD.
  static func utf8(_ contents: ArraySlice<UInt8>) -> [UInt8] {
    decoded(contents, keepsSurrogates: false)
  }

  /// The same for comparing: lone surrogates are encoded as characters would be, so that each differs
  /// from every other text.
  static func exact(_ contents: ArraySlice<UInt8>) -> [UInt8] {
    decoded(contents, keepsSurrogates: true)
  }

  private static func decoded(_ contents: ArraySlice<UInt8>, keepsSurrogates: Bool) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(contents.count)
    var at = contents.startIndex
    while at < contents.endIndex {
      let byte = contents[at]
      guard byte == 0x5C else {
        decoded.append(byte)
        at += 1
        continue
      }
      let letter = contents[at + 1]
      if letter == 0x75 {
        let point = codePoint(contents, &at)
        let isSurrogate = point & 0xFFFF_F800 == 0xD800
        append(isSurrogate && !keepsSurrogates ? 0xFFFD : point, to: &decoded)
      } else {
        decoded.append(single(letter))
        at += 2
      }
    }
    return decoded
  }

  private static func single(_ letter: UInt8) -> UInt8 {
    switch letter {
    case 0x62: 0x08
    case 0x66: 0x0C
    case 0x6E: 0x0A
    case 0x72: 0x0D
    case 0x74: 0x09
    default: letter
    }
  }

  private static func append(_ point: UInt32, to bytes: inout [UInt8]) {
    func byte(_ mark: UInt32, _ shift: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: mark | point >> shift & 0x3F)
    }
    switch point {
    case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: point))
    case ..<0x800: bytes += [byte(0xC0, 6), byte(0x80, 0)]
    case ..<0x10000: bytes += [byte(0xE0, 12), byte(0x80, 6), byte(0x80, 0)]
    default: bytes += [byte(0xF0, 18), byte(0x80, 12), byte(0x80, 6), byte(0x80, 0)]
    }
  }

  /// Reads an escape `\u` of four digits, or a surrogate pair of two, at `at` and moves behind it.
  private static func codePoint(_ contents: ArraySlice<UInt8>, _ at: inout Int) -> UInt32 {
    let first = codeUnit(contents, at)
    at += 6
    let isHigh = first & 0xFC00 == 0xD800
    if isHigh, at + 5 < contents.endIndex, contents[at] == 0x5C, contents[at + 1] == 0x75 {
      let second = codeUnit(contents, at)
      if second & 0xFC00 == 0xDC00 {
        at += 6
        return 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      }
    }
    return UInt32(first)
  }

  private static func codeUnit(_ contents: ArraySlice<UInt8>, _ at: Int) -> UInt16 {
    contents[(at + 2)..<(at + 6)].reduce(0) { $0 << 4 | UInt16(hex($1)) }
  }

  private static func hex(_ byte: UInt8) -> UInt8 {
    byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x61 + 10
  }
}
