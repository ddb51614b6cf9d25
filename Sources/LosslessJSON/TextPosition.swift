/// A place in a text, both for programs and for people.
public struct TextPosition: Sendable, Hashable {
  /// Bytes before it.
  public var offset: Int
  /// The line, counted from 1. A line ends with LF, CR or CRLF.
  public var line: Int
  /// The column, counted from 1 in Unicode scalars (an invalid byte counts as one).
  public var column: Int

  /// Where every text begins.
  public static let start = TextPosition(offset: 0, line: 1, column: 1)

  /// A place known by all three.
  public init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// Finds line and column of an offset by counting from the start of the text.
  public init(offset: Int, in bytes: ArraySlice<UInt8>) {
    var line = 1
    var column = 1
    var index = bytes.startIndex
    let end = min(bytes.startIndex + offset, bytes.endIndex)
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte == 0x0D {
        if index < bytes.endIndex, bytes[index] == 0x0A { continue }
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(offset: offset, line: line, column: column)
  }

  /// `line 3, column 7`.
  var words: String { "line \(line), column \(column)" }
}

extension TextPosition {
  /// Finds line and column of many offsets, which must ascend, in one pass over the text.
  public static func positions(of offsets: [Int], in bytes: ArraySlice<UInt8>) -> [TextPosition] {
    var places: [TextPosition] = []
    places.reserveCapacity(offsets.count)
    var last = TextPosition.start
    for offset in offsets {
      // From where the last one stands; a CR right before it must be seen with what follows.
      last.advance(to: offset, in: bytes)
      places.append(last)
    }
    return places
  }

  mutating func advance(to target: Int, in bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { text in
      var index = offset
      let end = min(target, text.count)
      while index < end {
        let byte = text[index]
        index += 1
        switch byte {
        case 0x0A:
          line += 1
          column = 1
        case 0x0D:
          if index < text.count, text[index] == 0x0A { continue }
          line += 1
          column = 1
        default: if byte & 0xC0 != 0x80 { column += 1 }
        }
      }
    }
    offset = target
  }
}
