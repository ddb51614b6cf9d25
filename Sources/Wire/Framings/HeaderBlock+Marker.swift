extension HeaderBlock {
  /// The marker at which a reader finds its way back: `content-length:`, in any case.
  static let marker = Array("content-length:".utf8)

  /// Where `content-length:` stands in the bytes.
  static func markerIndex(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= marker.count else { return nil }
    let last = bytes.endIndex - marker.count
    for start in bytes.startIndex...last where bytes[start] | 0x20 == marker[0] {
      let field = bytes[start..<(start + marker.count - 1)]
      if bytes[start + marker.count - 1] == Byte.colon, Name(field).isExactLength { return start }
    }
    return nil
  }

  /// The longest name that is looked at backwards from its colon.
  private static let nameLimit = 20

  /// Where the line `Content-Length: N` begins that ends with the newline at `end`, if one does; it
  /// may follow the message before it without a line end between them.
  ///
  /// No JSON has such a line: a string can't hold a raw line end. So wherever it stands, the next
  /// message begins.
  static func lengthLine(in bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int? {
    var at = end
    func skip(_ isSkipped: (UInt8) -> Bool) -> Int {
      let start = at
      while at > 0, start - at < 64, isSkipped(bytes[at - 1]) { at -= 1 }
      return start - at
    }
    func isPad(_ byte: UInt8) -> Bool { byte == Byte.space || byte == Byte.tab }
    if at > 0, bytes[at - 1] == Byte.carriageReturn { at -= 1 }
    _ = skip(isPad)
    guard skip(Byte.isDigit) > 0 else { return nil }
    _ = skip(isPad)
    guard at > 0, bytes[at - 1] == Byte.colon else { return nil }
    at -= 1
    _ = skip(isPad)
    return nameStart(bytes, endingAt: at)
  }

  private static func nameStart(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int? {
    var start = end
    while start > 0, end - start < nameLimit, isWord(bytes[start - 1]) { start -= 1 }
    let name = bytes[start..<end]
    let exact = marker.count - 1
    if name.count >= exact, Name(Array(name.suffix(exact))[...]).isExactLength {
      return end - exact
    }
    guard Name(Array(name)[...]).isMisspeltLength else { return nil }
    guard start > 0 else { return 0 }
    switch bytes[start - 1] {
    case Byte.newline, Byte.closeBrace, Byte.closeBracket: return start
    default: return nil
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    Byte.isLetter(byte) || byte == Byte.minus || byte == UInt8(ascii: "_")
  }
}
