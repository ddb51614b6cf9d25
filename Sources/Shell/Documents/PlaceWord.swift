import Session

/// A place in a document as it is typed: `FILE`, `FILE:LINE`, `FILE:LINE:COLUMN`, and with `-` and an
/// end `FILE:LINE:COLUMN-LINE:COLUMN`, `FILE:LINE:COLUMN-COLUMN`, `FILE:LINE-LINE`.
///
/// Lines and columns count from one, columns in characters; an end is what follows the range.
struct PlaceWord: Equatable {
  /// A line, and perhaps a column of it.
  struct Point: Equatable {
    var line: Int
    var column: Int?
  }

  /// The file as it was typed.
  var file: String
  /// Where; nil for all of it.
  var start: Point?
  /// Up to where; nil if only one place is named.
  var end: Point?

  /// Reads a word. Of several readings the first whose file exists is taken, else the first at all.
  init(_ word: String, exists: (String) -> Bool) {
    var readings: [PlaceWord] = []
    for colon in word.indices where word[colon] == ":" && colon > word.startIndex {
      if let reading = PlaceWord(file: word[..<colon], spec: word[word.index(after: colon)...]) {
        readings.append(reading)
      }
    }
    let whole = PlaceWord(file: word, start: nil, end: nil)
    // A file whose name looks like a place is rarer than a file that is not there.
    self = readings.first { exists($0.file) } ?? (exists(word) ? whole : readings.first ?? whole)
  }

  private init(file: String, start: Point?, end: Point?) {
    self.file = file
    self.start = start
    self.end = end
  }

  private init?(file: Substring, spec: Substring) {
    var spec = spec
    // Copied from a compiler's message, with the colon behind it.
    if spec.hasSuffix(":") { spec = spec.dropLast() }
    let halves = spec.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count <= 2, let start = Self.numbers(halves[0]) else { return nil }
    self.init(file: String(file), start: start, end: nil)
    guard halves.count == 2 else { return }
    guard let end = Self.numbers(halves[1]) else { return nil }
    // Behind a column, one number alone is another one of the same line.
    self.end =
      start.column != nil && end.column == nil ? Point(line: start.line, column: end.line) : end
  }

  private static func numbers(_ text: Substring) -> Point? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count, (1...2).contains(numbers.count) else { return nil }
    return Point(line: numbers[0], column: numbers.count > 1 ? numbers[1] : nil)
  }
}

extension PlaceWord {
  /// Why a place is not in its document, or nil.
  func fault(in text: DocumentText) -> String? {
    for point in [start, end].compactMap({ $0 }) {
      if point.line < 1 || point.column ?? 1 < 1 { return "lines and columns count from 1" }
      let columns = text.columns(ofLine: point.line)
      if columns == 0 {
        let lines = text.lineCount == 1 ? "1 line" : "\(text.lineCount) lines"
        return "\(file) has \(lines), not \(point.line)"
      }
      if let column = point.column, column > columns {
        return "line \(point.line) of \(file) ends at column \(columns)"
      }
    }
    if let start = position, let end = rangeEnd(in: text), end < start {
      return "the range ends before it begins"
    }
    return nil
  }

  /// The place; nil if none was named.
  var position: SourcePlace? {
    start.map { SourcePlace(line: $0.line, column: $0.column ?? 1) }
  }

  /// The end of the range: of a whole document or line its own, of a place the place.
  func rangeEnd(in text: DocumentText) -> SourcePlace? {
    guard let start else { return nil }
    if let end {
      return SourcePlace(
        line: end.line, column: end.column ?? max(1, text.columns(ofLine: end.line)))
    }
    if start.column == nil {
      return SourcePlace(line: start.line, column: max(1, text.columns(ofLine: start.line)))
    }
    return position
  }

  /// The range; the whole document if no place was named.
  func range(in text: DocumentText, _ encoding: PositionEncoding) -> LSPRange {
    let start = position ?? SourcePlace(line: 1, column: 1)
    let end = rangeEnd(in: text) ?? text.end
    return LSPRange(
      start: text.position(of: start, in: encoding), end: text.position(of: end, in: encoding))
  }
}
