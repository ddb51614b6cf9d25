public import LosslessJSON

/// Lines and columns of many places in one text, counted on from the last one asked for.
public struct TextPlaces: Sendable {
  private let bytes: [UInt8]
  private var last = TextPosition(offset: 0, line: 1, column: 1)

  /// Places in a text.
  public init(in bytes: [UInt8]) { self.bytes = bytes }

  /// The line and column of an offset.
  public mutating func position(of offset: Int) -> TextPosition {
    let offset = min(offset, bytes.count)
    // A place just behind a CR may be inside of a CRLF: counted from the start.
    let isBehind = last.offset > 0 && bytes[last.offset - 1] == 0x0D
    if offset < last.offset || isBehind { last = TextPosition(offset: 0, line: 1, column: 1) }
    let step = TextPosition(offset: offset - last.offset, in: bytes[last.offset...])
    let column = step.line == 1 ? last.column + step.column - 1 : step.column
    last = TextPosition(offset: offset, line: last.line + step.line - 1, column: column)
    return last
  }
}
