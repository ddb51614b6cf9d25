/// One entry of a document's index: `kind:4 | payload:28 | offset:32`, see `JSONDocument.tape`.
struct Node {
  /// The kinds of node.
  ///
  /// A long number has more than fifteen characters or an exponent of more than two digits: all
  /// others keep their value in a double. A Unicode string has an escape `\u`, an escaped one only
  /// others.
  enum Tag: UInt8 {
    case null, bool, number, longNumber, plainString, escapedString, unicodeString
    case object, array, objectEnd, arrayEnd

    @inline(__always)
    var isNumber: Bool { rawValue &- Self.number.rawValue < 2 }
    @inline(__always)
    var isString: Bool { rawValue &- Self.plainString.rawValue < 3 }
  }

  static let maxPayload = (1 << 28) - 1

  /// Whether that is a length that a node can say.
  @inline(__always)
  static func holds(_ length: Int) -> Bool {
    // Of negative ones too, with one comparison.
    UInt(bitPattern: length) <= UInt(bitPattern: maxPayload)
  }

  var word: UInt64

  @inline(__always)
  init(word: UInt64) { self.word = word }

  @inline(__always)
  init(_ tag: Tag, payload: Int, offset: Int) {
    word =
      UInt64(tag.rawValue) << 60 | UInt64(truncatingIfNeeded: payload) << 32
      | UInt64(truncatingIfNeeded: offset)
  }

  /// The tag; total, because only this file and the reader make words.
  @inline(__always)
  var tag: Tag { unsafeBitCast(UInt8(truncatingIfNeeded: word >> 60), to: Tag.self) }

  /// A scalar: its length in bytes (of a string, between the quotes). A container: the index of its
  /// end node. An end node: the number of its elements or members.
  @inline(__always)
  var payload: Int { Int(truncatingIfNeeded: (word >> 32) & 0x0FFF_FFFF) }

  /// The offset of the first byte (of a string, its opening quote; of an end node, the bracket).
  @inline(__always)
  var offset: Int { Int(truncatingIfNeeded: word & 0xFFFF_FFFF) }

  @inline(__always)
  var isContainer: Bool { tag == .object || tag == .array }
  @inline(__always)
  var isString: Bool { tag.isString }
  @inline(__always)
  var isEnd: Bool { tag == .objectEnd || tag == .arrayEnd }
}
