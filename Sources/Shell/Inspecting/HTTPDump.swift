import Wire

/// A reply as `curl -i` shows it: a status line, headers, an empty line, the body.
struct HTTPDump {
  /// The last head in the text.
  let head: ReplyHead
  /// Where that head stands.
  let headRange: Range<Int>
  /// Where the body stands.
  let body: Range<Int>

  /// Reads a text; nil if it begins with no status line.
  ///
  /// Of several heads (interim ones, a proxy's, those of redirects) the last is the reply's.
  init?(_ bytes: [UInt8]) {
    var start = bytes.firstIndex { $0 > 0x20 } ?? 0
    var found: (head: ReplyHead, range: Range<Int>)?
    while let (head, end) = Self.head(bytes, from: start) {
      found = (head, start..<end)
      start = end
      let isFinal = head.status >= 200 && !(300..<400).contains(head.status)
      // A body may begin like a head, too.
      if isFinal, head.status != 401, head.status != 407, !head.reason.hasSuffix("established") {
        break
      }
    }
    guard let found else { return nil }
    head = found.head
    headRange = found.range
    body = found.range.upperBound..<bytes.count
  }

  private static func head(_ bytes: [UInt8], from start: Int) -> (ReplyHead, end: Int)? {
    guard bytes[start...].starts(with: "HTTP/".utf8) else { return nil }
    var head: ReplyHead?
    var place = start
    while place < bytes.count {
      let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      var line = bytes[place..<end]
      if line.last == 0x0D { line.removeLast() }
      place = min(bytes.count, end + 1)
      if line.isEmpty { break }
      let text = String(decoding: line, as: UTF8.self)
      if head == nil {
        head = status(text)
        if head == nil { return nil }
      } else if let colon = text.firstIndex(of: ":") {
        let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        head?.headers.append(HeaderField(String(text[..<colon]), String(value)))
      }
    }
    return head.map { ($0, place) }
  }

  private static func status(_ line: String) -> ReplyHead? {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    return ReplyHead(
      version: words[0], status: status, reason: words.count > 2 ? words[2] : "", headers: [])
  }
}
