extension TextPosition {
  /// Finds line and column of an offset in a text as it was received, which may be UTF-16 or UTF-32:
  /// what an editor shows, which counts characters and not bytes.
  public init(offset: Int, inReceived bytes: [UInt8]) {
    self = .start
    advance(to: offset, inReceived: bytes)
    self.offset = offset
  }

  /// Counts on to a later offset of that text. Within a character the place is the end of it.
  public mutating func advance(to target: Int, inReceived bytes: [UInt8]) {
    let encoding = bytes.withUnsafeBufferPointer { TextEncoding.of($0) }
    guard let encoding else { return advance(to: target, in: bytes[...]) }
    bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      offset = max(offset, encoding.mark)
      while offset < min(target, text.count) {
        let character = EncodedCharacter(base + offset, left: text.count - offset, encoding)
        offset += character.length
        switch character.scalar {
        case "\n":
          line += 1
          column = 1
        case "\r":
          let next = EncodedCharacter(base + offset, left: text.count - offset, encoding)
          if next.scalar == "\n" { continue }
          line += 1
          column = 1
        default: column += 1
        }
      }
    }
  }
}
