import LosslessJSON
import Wire

/// The messages of a text with what stands between them, and where.
struct InputPieces {
  /// A message, or text that is none.
  struct Piece {
    var bytes: [UInt8]
    var range: Range<Int>
    /// Where just these bytes stand; nil if that is not known.
    var runs: TextRuns?
    var direction: InspectedMessage.Direction?
    var isMessage: Bool
    /// What the framing found; ranges in the whole text.
    var findings: [Finding] = []

    init(bytes: [UInt8], range: Range<Int>, isMessage: Bool = true) {
      self.bytes = bytes
      self.range = range
      self.isMessage = isMessage
      runs = TextRuns(range)
    }
  }

  /// The text is there already: no message of it is too large.
  private static let limit = 1 << 48

  private(set) var pieces: [Piece] = []
  private let text: [UInt8]
  private var cursor = 0
  /// Where the last message ended, and what stands after it that is none.
  private var messageEnd = 0
  private var strays: [Range<Int>] = []

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
    let runs = isMessage ? place(ofMessage: bytes) : locate(bytes).map { TextRuns($0) }
    let range = runs?.whole ?? cursor..<min(text.count, cursor + bytes.count)
    var piece = Piece(bytes: bytes, range: range, isMessage: isMessage)
    piece.runs = runs
    piece.findings = findings.map { placed($0, piece, after: before) }
    cursor = max(cursor, range.upperBound)
    if isMessage { (messageEnd, strays) = (cursor, []) } else { strays += runs?.ranges ?? [] }
    pieces.append(piece)
  }

  /// A finding about a piece, or about what stands around it, with its range in the whole text.
  private func placed(_ finding: Finding, _ piece: Piece, after start: Int) -> Finding {
    var finding = finding
    if let evidence = finding.evidence {
      guard let place = place(ofEvidence: evidence, piece, after: start) else { return finding }
      finding.evidence = nil
      let range = finding.range ?? 0..<evidence.count
      finding.range = (range.lowerBound + place)..<(range.upperBound + place)
    } else if let range = finding.range, let runs = piece.runs {
      finding.range = runs.original(range)
    } else if finding.range != nil {
      finding.evidence = piece.bytes
    }
    return finding
  }

  // MARK: - Places

  /// What a framing hands out stands not far from what it handed out before.
  private static let reach = 1 << 20

  /// Where the bytes of a message stand, without what was told apart in the middle of it.
  private func place(ofMessage bytes: [UInt8]) -> TextRuns? {
    if !strays.isEmpty, let runs = align(bytes) { return runs }
    return locate(bytes).map { TextRuns($0) } ?? align(bytes)
  }

  /// Where the text that a finding shows stands: around its piece or before it. Text that comes
  /// twice is meant where it is nearest.
  private func place(ofEvidence bytes: [UInt8], _ piece: Piece, after start: Int) -> Int? {
    let place = piece.range.lowerBound
    let inside = piece.range.upperBound - bytes.count
    if !piece.isMessage, inside >= place, let found = locate(bytes, place...inside) { return found }
    return locateBack(bytes, from: place) ?? locate(bytes, from: start)?.lowerBound
  }

  /// Where bytes stand in the text, from where the last piece ended.
  private func locate(_ bytes: [UInt8]) -> Range<Int>? { locate(bytes, from: cursor) }

  private func locate(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
    let last = min(text.count - bytes.count, start + Self.reach)
    guard start <= last, let place = locate(bytes, start...last) else {
      return bytes.isEmpty ? start..<start : nil
    }
    return place..<(place + bytes.count)
  }

  /// The first of those places where bytes begin.
  private func locate(_ bytes: [UInt8], _ starts: ClosedRange<Int>) -> Int? {
    guard let first = bytes.first else { return starts.lowerBound }
    var start = starts.lowerBound
    while start <= starts.upperBound {
      guard let next = text[start...starts.upperBound].firstIndex(of: first) else { return nil }
      if stands(bytes, at: next) { return next }
      start = next + 1
    }
    return nil
  }

  /// The last place where bytes begin, not behind another.
  private func locateBack(_ bytes: [UInt8], from place: Int) -> Int? {
    guard let first = bytes.first else { return place }
    var start = min(place, text.count - bytes.count)
    let limit = max(0, start - Self.reach)
    while start >= limit {
      if text[start] == first, stands(bytes, at: start) { return start }
      start -= 1
    }
    return nil
  }

  private func stands(_ bytes: [UInt8], at place: Int) -> Bool {
    text[place..<(place + bytes.count)].elementsEqual(bytes)
  }

  // MARK: - Messages with something in them

  /// Where the bytes of a message stand that begins right after the one before, if pieces which
  /// are none of it are passed over, and CR LF stands for LF.
  private func align(_ bytes: [UInt8]) -> TextRuns? {
    guard let first = bytes.first else { return nil }
    var start = messageEnd
    var left = strays[...]
    while start < text.count {
      while let stray = left.first, stray.lowerBound < start || stray.isEmpty { left.removeFirst() }
      if text[start] == first, let runs = align(bytes, at: start, left) { return runs }
      if let stray = left.first, stray.lowerBound == start {
        start = stray.upperBound
      } else if text[start] <= 0x20 {
        start += 1
      } else {
        return nil
      }
    }
    return nil
  }

  private func align(
    _ bytes: [UInt8], at start: Int, _ strays: ArraySlice<Range<Int>>
  ) -> TextRuns? {
    var runs: [Range<Int>] = []
    var begin = start
    var at = start
    var strays = strays
    for byte in bytes {
      while let stray = strays.first, stray.lowerBound < at { strays.removeFirst() }
      if let stray = strays.first, stray.lowerBound == at, at > start {
        runs.append(begin..<at)
        at = stray.upperBound
        if at < text.count, byte != 0x0D, byte != 0x0A { at = afterLineEnd(at) }
        begin = at
      }
      if at + 1 < text.count, byte == 0x0A, text[at] == 0x0D, text[at + 1] == 0x0A {
        runs.append(begin..<at)
        at += 1
        begin = at
      }
      guard at < text.count, text[at] == byte else { return nil }
      at += 1
    }
    runs.append(begin..<at)
    return TextRuns(runs.filter { !$0.isEmpty })
  }

  private func afterLineEnd(_ start: Int) -> Int {
    var at = start
    if at < text.count, text[at] == 0x0D { at += 1 }
    if at < text.count, text[at] == 0x0A { at += 1 }
    return at
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
