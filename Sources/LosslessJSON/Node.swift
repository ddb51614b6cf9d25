/// One entry of a document's index: `kind:4 | payload:28 | offset:32`, see `JSONDocument.tape`.
struct Node {
  /// The kinds of node.
  enum Tag: UInt8 {
    case null, bool
    /// All numbers keep their value in a double but perhaps long ones, which have more than fifteen
    /// characters or an exponent of more than two digits.
    case number, longNumber
    /// Strings without escapes: of printable ASCII, and others.
    case plainString, foreignString
    /// Strings with escapes: spelt in printable ASCII; not; with `\u0000` or half of a surrogate pair,
    /// or something that looks like it.
    case escapedString, foreignEscapedString, oddString
    case object, array
    /// What stands before a key that has a node, see `JSONDocument.tape`.
    case key

    @inline(__always)
    var isNumber: Bool { rawValue &- Self.number.rawValue < 2 }
    @inline(__always)
    var isString: Bool { rawValue &- Self.plainString.rawValue < 5 }
    @inline(__always)
    var hasEscapes: Bool { rawValue &- Self.escapedString.rawValue < 3 }
    /// Whether a string is known to be spelt in printable ASCII.
    @inline(__always)
    var isPrintable: Bool { self == .plainString || self == .escapedString }
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

  /// A scalar: its length in bytes (of a string, between the quotes). A container: the index of the
  /// node behind what it contains.
  @inline(__always)
  var payload: Int { Int(truncatingIfNeeded: (word >> 32) & 0x0FFF_FFFF) }

  /// The offset of the first byte (of a string, its opening quote).
  @inline(__always)
  var offset: Int { Int(truncatingIfNeeded: word & 0xFFFF_FFFF) }

  @inline(__always)
  var isContainer: Bool { tag == .object || tag == .array }
  @inline(__always)
  var isString: Bool { tag.isString }
  /// The bytes between the quotes of a string.
  @inline(__always)
  var contents: Range<Int> { (offset &+ 1)..<(offset &+ 1 &+ payload) }
}
