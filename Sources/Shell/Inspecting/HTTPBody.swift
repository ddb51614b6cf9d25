import LosslessJSON
import Wire

/// The body of an HTTP reply in a text: without its chunks, and without what follows it.
struct HTTPBody {
  /// The body itself.
  private(set) var bytes: [UInt8]
  /// Where it stands, chunk sizes included.
  private(set) var range: Range<Int>
  /// Where its bytes stand.
  private(set) var runs: TextRuns
  /// What its framing got wrong, with ranges in the whole text.
  private(set) var findings: [Finding] = []
  /// The content coding that nothing undid.
  private(set) var coding: String?

  private let text: [UInt8]

  /// The body behind a head.
  init(_ text: [UInt8], _ range: Range<Int>, of head: ReplyHead) {
    self.text = text
    self.range = range
    bytes = Array(text[range])
    runs = TextRuns(range)
    if head.header("Transfer-Encoding")?.lowercased().contains("chunked") == true {
      takeChunks()
    } else if head.header("Content-Encoding") == nil {
      takeLength(head.headers.filter { $0.isNamed("Content-Length") }.map(\.value))
    }
    coding = Self.coding(head, bytes)
  }

  // MARK: - Content-Length

  private mutating func takeLength(_ told: [String]) {
    // Of several that differ none can be trusted.
    guard let first = told.first, told.allSatisfy({ $0 == first }), let length = Int(first),
      length >= 0, length < range.count
    else { return }
    if takeMiscounted(length) { return }
    let end = range.lowerBound + length
    tellSurplus(end..<range.upperBound, "Content-Length announces \(length) bytes")
    bytes = Array(bytes.prefix(length))
    range = range.lowerBound..<end
    runs = TextRuns(range)
  }

  /// Takes the whole body where its length counts something else than bytes.
  private mutating func takeMiscounted(_ length: Int) -> Bool {
    // A line end is what pasting and printing leave.
    let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    let body = Array(bytes[..<end])
    guard var finding = HTTPCheck.miscounted(length, body), let place = finding.range else {
      return false
    }
    let start = range.lowerBound
    finding.range = (place.lowerBound + start)..<(place.upperBound + start)
    findings.append(finding)
    bytes = body
    range = start..<(start + body.count)
    return true
  }

  private mutating func tellSurplus(_ surplus: Range<Int>, _ why: String) {
    // A line end is what pasting and printing leave.
    guard let first = text[surplus].firstIndex(where: { $0 > 0x20 }) else { return }
    let last = text[surplus].lastIndex { $0 > 0x20 } ?? first
    let count = last + 1 - surplus.lowerBound
    findings.append(
      Finding(
        WireRule.surplus.rawValue, WireRule.surplus.severity, range: first..<(last + 1),
        message: "\(count == 1 ? "1 byte stands" : "\(count) bytes stand") after the end of the "
          + "body: \(why)",
        hint: "a client drops them, or takes them for the next reply",
        section: "RFC 9112 section 6.3"))
  }

  // MARK: - Chunks

  /// Puts the chunks together. `curl -i` has done so already, and only the header tells of them.
  private mutating func takeChunks() {
    guard var (size, at) = chunkSize(range.lowerBound) else { return }
    var pieces: [Range<Int>] = []
    while size > 0 {
      let end = min(at + min(size, range.upperBound), range.upperBound)
      pieces.append(at..<end)
      if end - at < size {
        tellCut(end, "the last chunk has \(end - at) of its \(size) bytes")
        break
      }
      at = afterLineEnd(end)
      guard at < range.upperBound else {
        tellCut(at, "the last chunk, of size 0, is missing")
        break
      }
      guard let next = chunkSize(at) else {
        tellSize(at, size)
        break
      }
      (size, at) = next
    }
    if size == 0 { tellSurplus(afterTrailers(at)..<range.upperBound, "the last chunk came before") }
    bytes = pieces.flatMap { text[$0] }
    runs = pieces.isEmpty ? TextRuns(range.lowerBound..<range.lowerBound) : TextRuns(pieces)
    if pieces.count == 1 { range = pieces[0] }
  }

  /// The size that a line tells, and where the next begins; nil if it tells none.
  private func chunkSize(_ start: Int) -> (size: Int, next: Int)? {
    guard let end = text[start..<range.upperBound].firstIndex(of: 0x0A) else { return nil }
    let line = text[start..<end].prefix { $0 != 0x0D && $0 != 0x3B && $0 != 0x20 }
    guard !line.isEmpty, line.count <= 12,
      let size = Int(String(decoding: line, as: UTF8.self), radix: 16), size >= 0
    else { return nil }
    return (size, end + 1)
  }

  private func afterLineEnd(_ start: Int) -> Int {
    var at = start
    if at < range.upperBound, text[at] == 0x0D { at += 1 }
    if at < range.upperBound, text[at] == 0x0A { at += 1 }
    return at
  }

  /// The end of the fields after the last chunk.
  private func afterTrailers(_ start: Int) -> Int {
    var at = start
    while at < range.upperBound {
      let next = text[at..<range.upperBound].firstIndex(of: 0x0A).map { $0 + 1 } ?? range.upperBound
      let isEmpty = text[at..<next].allSatisfy { $0 == 0x0D || $0 == 0x0A }
      let isField = text[at..<next].contains(0x3A)
      if isEmpty { return next }
      if !isField { return at }
      at = next
    }
    return at
  }

  private mutating func tellCut(_ place: Int, _ why: String) {
    tell(
      "the chunked body was cut off: \(why)", place..<place, "did the server fail while writing?")
  }

  private mutating func tellSize(_ place: Int, _ size: Int) {
    let end = text[place..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D }
    tell(
      "where the next chunk's size should stand there is other text: the chunk before says "
        + "\(size) bytes", place..<min(end ?? range.upperBound, place + 40),
      "a size is the number of bytes in hexadecimal: is it counted in characters?")
  }

  private mutating func tell(_ message: String, _ place: Range<Int>, _ hint: String) {
    findings.append(
      Finding(
        WireRule.bodyCutShort.rawValue, .error, range: place, message: message, hint: hint,
        section: "RFC 9112 section 7.1"))
  }

  // MARK: - Content codings

  /// The coding that a body still has, by its header and its first bytes.
  private static func coding(_ head: ReplyHead, _ body: [UInt8]) -> String? {
    guard let named = head.header("Content-Encoding")?.lowercased(), named != "identity" else {
      return nil
    }
    let first = body.first { $0 > 0x20 }
    if body.isEmpty || first == 0x7B || first == 0x5B { return nil }
    let marks: [[UInt8]] = [[0x1F, 0x8B], [0x78], [0x28, 0xB5, 0x2F, 0xFD]]
    let isMarked = marks.contains { body.starts(with: $0) }
    return isMarked || String(validating: body.prefix(256).dropLast(3), as: UTF8.self) == nil
      ? named : nil
  }
}
