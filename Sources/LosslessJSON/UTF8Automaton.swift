/// Checks UTF-8 (RFC 3629) without branches: a word for each byte holds, for each state, the next.
///
/// A state is the place of its six bits in such a word, so a step is a look-up and a shift.
enum UTF8Automaton {
  private enum State: UInt64, CaseIterable {
    /// Between characters.
    case start
    /// One, two or three more bytes of any kind that may follow.
    case one, two, three
    /// After E0, ED, F0 and F4, where some bytes would make overlong forms, surrogates, or more
    /// than U+10FFFF.
    case afterE0, afterED, afterF0, afterF4
    case refused

    var shift: UInt64 { rawValue * 6 }
  }

  /// 256 words, never written after they are made, and never freed.
  nonisolated(unsafe) private static let words: UnsafePointer<UInt64> = {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    for byte in 0..<256 {
      words[byte] = State.allCases.reduce(0) {
        $0 | next($1, UInt8(byte)).shift << $1.shift
      }
    }
    return UnsafePointer(words)
  }()

  /// Whether those bytes are whole characters.
  static func accepts(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Bool {
    let words = words
    var state: UInt64 = 0
    var at = range.lowerBound
    while at &+ 8 <= range.upperBound {
      var eight = UInt64(
        littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      for _ in 0..<8 {
        state = words[Int(truncatingIfNeeded: eight & 0xFF)] &>> (state & 63)
        eight &>>= 8
      }
      at &+= 8
    }
    while at < range.upperBound {
      state = words[Int(base[at])] &>> (state & 63)
      at &+= 1
    }
    return state & 63 == State.start.shift
  }

  private static func next(_ state: State, _ byte: UInt8) -> State {
    switch (state, byte) {
    case (.start, 0x00...0x7F): .start
    case (.start, 0xC2...0xDF): .one
    case (.start, 0xE0): .afterE0
    case (.start, 0xED): .afterED
    case (.start, 0xE1...0xEF): .two
    case (.start, 0xF0): .afterF0
    case (.start, 0xF1...0xF3): .three
    case (.start, 0xF4): .afterF4
    case (.one, 0x80...0xBF): .start
    case (.two, 0x80...0xBF), (.afterE0, 0xA0...0xBF), (.afterED, 0x80...0x9F): .one
    case (.three, 0x80...0xBF), (.afterF0, 0x90...0xBF), (.afterF4, 0x80...0x8F): .two
    default: .refused
    }
  }
}
