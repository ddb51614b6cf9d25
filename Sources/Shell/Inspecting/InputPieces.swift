import LosslessJSON
import Wire

/// The messages of a text with what stands between them, and where.
struct InputPieces {
  /// A message, or text that is none.
  struct Piece {
    var bytes: [UInt8]
    var range: Range<Int>
    /// Whether the range has just these bytes.
    var isExact = true
    var direction: InspectedMessage.Direction?
    var isMessage = true
    /// What the framing found; ranges in the whole text.
    var findings: [Finding] = []
  }

  /// The text is there already: no message of it is too large.
  private static let limit = 1 << 48

  private(set) var pieces: [Piece] = []
  private let text: [UInt8]
  private var cursor = 0

  /// The pieces of a text of that form.
  init(_ text: [UInt8], as form: InputForm) {
    self.text = text
    switch form {
    case .json, .reply, .http: pieces = [Piece(bytes: text, range: 0..<text.count)]
    case .pair: pair()
    case .lines: frame(.lines)
    case .headers: frame(.headers)
    case .values: frame(.values)
    case .log: log()
    }
  }

  // MARK: - Framings

  /// Takes the text apart as a stream of that framing would be.
  private mutating func frame(_ name: FramingName) {
    var framing = name.make(limit: Self.limit)
    take(framing.feed(text[...]))
    take(framing.finish())
    let rest = min(framing.pending, text.count - cursor)
    if rest > 0, pieces.last?.range.upperBound != text.count {
      let start = text.count - rest
      pieces.append(Piece(bytes: Array(text[start...]), range: start..<text.count))
    }
  }

  private mutating func take(_ outputs: [FramingOutput]) {
    for output in outputs {
      switch output {
      case .message(let bytes, let findings): add(bytes, findings, isMessage: true)
      case .stray(let bytes, let findings): add(bytes, findings, isMessage: false)
      case .oversize: break
      }
    }
  }

  private mutating func add(_ bytes: [UInt8], _ findings: [Finding], isMessage: Bool) {
    let before = cursor
    let found = locate(bytes)
    let range = found ?? cursor..<min(text.count, cursor + bytes.count)
    var piece = Piece(bytes: bytes, range: range, isExact: found != nil)
    piece.isMessage = isMessage
    piece.findings = findings.map { placed($0, piece, after: before) }
    cursor = range.upperBound
    pieces.append(piece)
  }

  /// A finding about a piece, or about what stands around it, with its range in the whole text.
  private func placed(_ finding: Finding, _ piece: Piece, after start: Int) -> Finding {
    var finding = finding
    if let evidence = finding.evidence {
      guard let place = locate(evidence, from: start) else { return finding }
      finding.evidence = nil
      let range = finding.range ?? 0..<evidence.count
      finding.range = (range.lowerBound + place.lowerBound)..<(range.upperBound + place.lowerBound)
    } else if let range = finding.range, piece.isExact {
      let base = piece.range.lowerBound
      finding.range = (range.lowerBound + base)..<(range.upperBound + base)
    } else if finding.range != nil {
      finding.evidence = piece.bytes
    }
    return finding
  }

  /// Where bytes stand in the text, from where the last piece ended.
  private func locate(_ bytes: [UInt8]) -> Range<Int>? { locate(bytes, from: cursor) }

  private func locate(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = bytes.first else { return start..<start }
    // What a framing hands out stands soon after what it handed out before.
    let last = min(text.count - bytes.count, start + 1 << 20)
    var start = start
    while start <= last {
      guard let next = text[start...last].firstIndex(of: first) else { return nil }
      if text[next..<(next + bytes.count)].elementsEqual(bytes) {
        return next..<(next + bytes.count)
      }
      start = next + 1
    }
    return nil
  }

  // MARK: - Pairs and logs

  /// The first value is the request, the rest the reply, whatever state it is in.
  private mutating func pair() {
    var framing = ValueFraming(limit: Self.limit)
    for output in framing.feed(text[...]) + framing.finish() {
      guard case .message(let bytes, _) = output, let range = locate(bytes) else { continue }
      pieces = [Piece(bytes: bytes, range: range)]
      break
    }
    var start = pieces.first?.range.upperBound ?? 0
    while start < text.count, text[start] == 0x20 || (0x09...0x0D).contains(text[start]) {
      start += 1
    }
    var end = text.count
    while end > start, text[end - 1] == 0x20 || (0x09...0x0D).contains(text[end - 1]) { end -= 1 }
    pieces.append(Piece(bytes: Array(text[start..<end]), range: start..<end))
  }

  /// Lines behind `-->` and `<--`; what was logged in parentheses behind a message is none of it.
  private mutating func log() {
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      if let direction = Self.mark(text[start..<end]) {
        var range = (start + 3)..<end
        while let first = text[range].first, first == 0x20 { range.removeFirst() }
        range = range.lowerBound..<Self.endOfMessage(text[range], direction)
        var piece = Piece(bytes: Array(text[range]), range: range)
        piece.direction = direction
        pieces.append(piece)
      }
      start = end + 1
    }
  }

  private static func mark(_ line: ArraySlice<UInt8>) -> InspectedMessage.Direction? {
    if line.starts(with: "-->".utf8) { return .out }
    return line.starts(with: "<--".utf8) ? .back : nil
  }

  private static func endOfMessage(
    _ line: ArraySlice<UInt8>, _ direction: InspectedMessage.Direction
  ) -> Int {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1] == 0x0D || line[end - 1] == 0x20 { end -= 1 }
    guard direction == .back, end > line.startIndex, line[end - 1] == 0x29 else { return end }
    // ` (200 OK, 1.2 ms, 41 B)`: no message ends with a parenthesis.
    guard let open = line[..<end].lastIndex(of: 0x28), open > line.startIndex,
      line[open - 1] == 0x20
    else { return end }
    return open - 1
  }
}
