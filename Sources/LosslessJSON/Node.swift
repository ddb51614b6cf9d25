/// One entry of a document's index: `kind:4 | payload:28 | offset:32`, see `JSONDocument.tape`.
struct Node {
  enum Tag: UInt8 {
    case null, bool, number, plainString, escapedString, object, array, objectEnd, arrayEnd
  }

  static let maxPayload = (1 << 28) - 1

  var word: UInt64

  init(word: UInt64) { self.word = word }

  init(_ tag: Tag, payload: Int, offset: Int) {
    word = UInt64(tag.rawValue) << 60 | UInt64(payload) << 32 | UInt64(offset)
  }

  /// The tag; total, because only this file and the reader make words.
  var tag: Tag { Tag(rawValue: UInt8(word >> 60)).unsafelyUnwrapped }

  /// A scalar: its length in bytes (of a string, between the quotes). A container: the index of its
  /// end node. An end node: the number of its elements or members.
  var payload: Int { Int((word >> 32) & 0x0FFF_FFFF) }

  /// The offset of the first byte (of a string, its opening quote; of an end node, the bracket).
  var offset: Int { Int(word & 0xFFFF_FFFF) }

  var isContainer: Bool { tag == .object || tag == .array }
  var isString: Bool { tag == .plainString || tag == .escapedString }
  var isEnd: Bool { tag == .objectEnd || tag == .arrayEnd }
}
