/// Checks numbers (RFC 8259 section 6).
enum NumberScan {
  /// The index behind the number at `index`, or -1 if there is none such.
  ///
  /// Changes the tag of a number where it is a long one.
  @inline(__always)
  static func end(
    _ base: UnsafePointer<UInt8>, from index: Int, _ tag: inout Node.Tag
  ) -> Int {
    var at = index
    if base[at] == 0x2D { at &+= 1 }
    let whole = ByteRun.digitsEnd(base, from: at)
    if whole == at || base[at] == 0x30 && whole != at &+ 1 { return -1 }
    at = whole
    if base[at] == 0x2E {
      let fraction = ByteRun.digitsEnd(base, from: at &+ 1)
      if fraction == at &+ 1 { return -1 }
      at = fraction
    }
    if base[at] | 0x20 == 0x65 { at = exponentEnd(base, from: at &+ 1, &tag) }
    if at &- index > 15 { tag = .longNumber }
    return at
  }

  @inline(__always)
  private static func exponentEnd(
    _ base: UnsafePointer<UInt8>, from index: Int, _ tag: inout Node.Tag
  ) -> Int {
    let start = base[index] == 0x2B || base[index] == 0x2D ? index &+ 1 : index
    let end = ByteRun.digitsEnd(base, from: start)
    if end &- start > 2 { tag = .longNumber }
    return end == start ? -1 : end
  }
}

/// Checks the words `true`, `false` and `null`.
enum WordScan {
  /// The length of the word at `bytes`, or 0 if there is none such, or a longer one.
  @inline(__always)
  static func length(_ bytes: UnsafePointer<UInt8>) -> Int {
    let word = UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
    let length: Int
    switch word {
    case 0x6C6C_756E, 0x6575_7274: length = 4
    case 0x736C_6166 where bytes[4] == 0x65: length = 5
    default: return 0
    }
    return continues(bytes[length]) ? 0 : length
  }

  /// Whether the byte would make a longer word or number.
  static func runsOn(_ byte: UInt8) -> Bool {
    continues(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }

  /// Whether the byte would make a longer word.
  @inline(__always)
  static func continues(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
}
