/// Puts the header lines that libcurl hands over, one at a time, together to a head.
struct ReplyHeadParser {
  /// The head so far, from the last status line on; nil before one came.
  private(set) var head: ReplyHead?
  /// Whether the empty line that ends the head came.
  private(set) var isComplete = false

  /// Takes one line with its line end.
  mutating func take(_ line: UnsafeRawBufferPointer) {
    var end = line.count
    while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    let text = line[..<end]
    if head == nil || isComplete {
      startHead(text)
    } else if text.isEmpty {
      isComplete = true
    } else {
      addField(text)
    }
  }

  /// Forgets everything, for the next reply.
  mutating func reset() {
    head = nil
    isComplete = false
  }

  /// After a complete head a status line begins another (an interim one, a redirect); anything else
  /// is a trailer, which stays in the wire record only.
  private mutating func startHead(_ text: Slice<UnsafeRawBufferPointer>) {
    guard text.starts(with: [0x48, 0x54, 0x54, 0x50, 0x2F]) else { return }  // "HTTP/"
    let parts = text.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    head = ReplyHead(
      version: Self.decode(parts[0]),
      status: parts.count > 1 ? Int(Self.decode(parts[1])) ?? 0 : 0,
      reason: parts.count > 2 ? Self.decode(Self.trim(parts[2])) : "", headers: [])
    isComplete = false
  }

  private mutating func addField(_ text: Slice<UnsafeRawBufferPointer>) {
    if Self.isBlank(text[text.startIndex]), let last = head?.headers.indices.last {
      head?.headers[last].value += " " + Self.decode(Self.trim(text))
      return
    }
    let colon = text.firstIndex(of: 0x3A) ?? text.endIndex
    let value = colon < text.endIndex ? text[(colon + 1)...] : text[text.endIndex...]
    head?.headers.append(
      HeaderField(Self.decode(Self.trim(text[..<colon])), Self.decode(Self.trim(value))))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func trim(
    _ text: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer> {
    var text = text
    while let first = text.first, isBlank(first) { text = text.dropFirst() }
    while let last = text.last, isBlank(last) { text = text.dropLast() }
    return text
  }

  /// UTF-8, or else Latin-1 as HTTP once had it, so that no byte is lost.
  private static func decode(_ text: Slice<UnsafeRawBufferPointer>) -> String {
    // Nearly all that comes is ASCII, and checking more takes long in a program that has just begun.
    let bytes = UnsafeRawBufferPointer(rebasing: text)
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if let valid = String(validating: bytes, as: UTF8.self) { return valid }
    var latin = ""
    for byte in text { latin.unicodeScalars.append(Unicode.Scalar(byte)) }
    return latin
  }
}
