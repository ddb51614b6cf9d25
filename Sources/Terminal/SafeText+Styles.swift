extension SafeText {
  /// The bytes without sequences that colour text (ECMA-48 SGR, `ESC [ … m`), which servers that log
  /// in colour write even where nobody said that a terminal would show it.
  ///
  /// Every other sequence stays, to be escaped.
  public static func withoutStyles(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x1B) else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == 0x1B, rest.dropFirst().first == 0x5B {
        let end = rest.dropFirst(2).drop { $0 >= 0x30 && $0 <= 0x3B }
        if end.first == 0x6D {
          rest = end.dropFirst()
          continue
        }
      }
      plain.append(byte)
      rest.removeFirst()
    }
    return plain
  }
}
