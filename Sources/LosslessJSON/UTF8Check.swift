import CByteScan

/// Checks that text is UTF-8 (RFC 3629), well ahead of the strings that are being read: thousands of
/// bytes at once cost far less than each string by itself.
struct UTF8Check {
  /// Everything from the first string beyond ASCII to there was looked at.
  private var checked: UnsafePointer<UInt8>
  /// The first byte that is wrong.
  private var bad: UnsafePointer<UInt8>?
  /// Where the text ends.
  private let end: UnsafePointer<UInt8>

  private static let portion = 16 << 10

  init(_ base: UnsafePointer<UInt8>, count: Int) {
    checked = base
    end = base + count
  }

  /// Whether the text is right from `start` to `stop`; asked for one place after the other.
  @inline(__always)
  mutating func holds(from start: UnsafePointer<UInt8>, to stop: UnsafePointer<UInt8>) -> Bool {
    if stop > checked { lookAhead(from: start, to: stop) }
    return bad.map { $0 >= stop } ?? true
  }

  @inline(never)
  private mutating func lookAhead(
    from start: UnsafePointer<UInt8>, to stop: UnsafePointer<UInt8>
  ) {
    let start = max(start, checked)
    // Not within a character.
    var next = min(max(stop, start + Self.portion), max(end, stop))
    while next < end, next.pointee & 0xC0 == 0x80 { next += 1 }
    checked = next
    if bad == nil {
      let end = bytescan_utf8_end(start, next - start)
      if start + end < next { bad = start + end }
    }
  }
}
