/// The text of a document with its lines, which converts between places as people write them and as
/// the protocol counts them.
///
/// Lines end with a newline, a carriage return or both, as the protocol has it.
public struct DocumentText: Sendable, Equatable {
  /// The text.
  public let text: String
  private let bytes: [UInt8]
  /// The byte at which each line begins.
  private let starts: [Int]

  /// A text.
  public init(_ text: String) { self.init(bytes: Array(text.utf8), text: text) }

  /// The text in those bytes; what is no UTF-8 in them becomes U+FFFD.
  public init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    self.init(bytes: Array(text.utf8), text: text)
  }

  private init(bytes: [UInt8], text: String) {
    self.text = text
    self.bytes = bytes
    var starts = [0]
    for (at, byte) in bytes.enumerated() {
      let isEnd = byte == 0x0A || byte == 0x0D && (at + 1 == bytes.count || bytes[at + 1] != 0x0A)
      if isEnd { starts.append(at + 1) }
    }
    self.starts = starts
  }

  /// How many lines there are; behind a final newline there is an empty one.
  public var lineCount: Int { starts.count }

  /// A line without its ending, counted from 0; empty if there is none.
  public func line(_ index: Int) -> Substring.UnicodeScalarView {
    let slice = bytes(ofLine: index)
    return Substring(String(decoding: slice, as: UTF8.self)).unicodeScalars
  }

  private func bytes(ofLine index: Int) -> ArraySlice<UInt8> {
    var line = wholeLine(index)
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }

  /// A line with its ending.
  func wholeLine(_ index: Int) -> ArraySlice<UInt8> {
    guard starts.indices.contains(index) else { return [] }
    return bytes[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count)]
  }

  /// The bytes of some lines.
  func text(ofLines lines: Range<Int>) -> String {
    let start = lines.lowerBound < starts.count ? starts[lines.lowerBound] : bytes.count
    let end = lines.upperBound < starts.count ? starts[lines.upperBound] : bytes.count
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  // MARK: - Places

  /// Where the text ends.
  public var end: SourcePlace {
    SourcePlace(line: lineCount, column: line(lineCount - 1).count + 1)
  }

  /// How many columns a line has that a place can have, counted from 1; 0 for no line.
  public func columns(ofLine line: Int) -> Int {
    starts.indices.contains(line - 1) ? self.line(line - 1).count + 1 : 0
  }

  /// A place as the protocol counts it. A column beyond the line's end stands as far beyond it.
  public func position(of place: SourcePlace, in encoding: PositionEncoding) -> LSPPosition {
    let scalars = line(place.line - 1)
    let before = max(0, place.column - 1)
    let units = scalars.prefix(before).reduce(0) { $0 + encoding.units($1) }
    return LSPPosition(
      line: max(0, place.line - 1), character: units + max(0, before - scalars.count))
  }

  /// A place as people write it; one beyond its line's end is the end, as the protocol has it, and
  /// one inside of a character is the character.
  public func place(of position: LSPPosition, in encoding: PositionEncoding) -> SourcePlace {
    var column = 1
    var units = 0
    for scalar in line(position.line) {
      units += encoding.units(scalar)
      if units > position.character { break }
      column += 1
    }
    // Of a line that is not there, only its number is known.
    if !starts.indices.contains(position.line) { column = position.character + 1 }
    return SourcePlace(line: position.line + 1, column: column)
  }

  /// The byte at which a position stands, in bounds.
  func offset(of position: LSPPosition, in encoding: PositionEncoding) -> Int {
    guard starts.indices.contains(position.line) else { return bytes.count }
    var units = 0
    var offset = starts[position.line]
    for scalar in line(position.line) {
      units += encoding.units(scalar)
      if units > position.character { break }
      offset += UTF8.width(scalar)
    }
    return offset
  }

  /// The text with a part of it replaced.
  func replacing(_ range: LSPRange, by text: String, in encoding: PositionEncoding) -> [UInt8] {
    let start = offset(of: range.start, in: encoding)
    let end = max(start, offset(of: range.end, in: encoding))
    return Array(bytes[..<start]) + Array(text.utf8) + Array(bytes[end...])
  }
}

extension DocumentText {
  /// A part of the text.
  public func text(in range: LSPRange, _ encoding: PositionEncoding) -> String {
    let whole = Array(text.utf8)
    let start = offset(of: range.start, in: encoding)
    let end = max(start, offset(of: range.end, in: encoding))
    return String(decoding: whole[start..<end], as: UTF8.self)
  }
}
