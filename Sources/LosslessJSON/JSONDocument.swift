/// A text that was read as one JSON value, with the index of its values (the tape).
///
/// The text is kept as it came; every value is a place in it. Values (`JSON`) share the document,
/// so a small value keeps a large document alive: copy it with `JSON.detached()` to let go.
public final class JSONDocument: Sendable {
  /// The text followed by 64 zero bytes, which let the reader look ahead without bounds.
  let padded: [UInt8]
  /// The number of bytes of the text.
  public let count: Int
  /// One node a value, in the order of the text; a container's node, then its contents (in an
  /// object a key node before each value), then its end node.
  ///
  /// Never written after `init`, and freed by `deinit` alone.
  nonisolated(unsafe) let tape: UnsafeBufferPointer<UInt64>
  /// The bytes of the system's memory that the tape is in; 0 if it is on the heap.
  private let roomSize: Int

  /// A document that takes the tape over.
  init(padded: consuming [UInt8], count: Int, tape: Tape) {
    self.padded = padded
    self.count = count
    self.tape = tape.nodes
    roomSize = tape.roomSize
  }

  deinit { Tape.deallocate(tape, roomSize: roomSize) }

  /// The exact text.
  public var bytes: ArraySlice<UInt8> { padded[0..<count] }

  /// The value of the whole document.
  public var root: JSON { JSON(document: self, index: 0) }

  @inline(__always)
  func node(_ index: Int) -> Node { Node(word: tape[index]) }

  /// The first byte of the text; only for as long as the document is held.
  var base: UnsafePointer<UInt8> {
    // An array that is never written stays where it is.
    padded.withUnsafeBufferPointer { $0.baseAddress.unsafelyUnwrapped }
  }

  /// What stands between the quotes of a string.
  func contents(_ string: Node) -> ArraySlice<UInt8> {
    let start = string.offset + 1
    return padded[start..<(start + string.payload)]
  }

  /// Whether the node is a string that decodes to exactly those UTF-8 bytes.
  func isString(_ index: Int, _ text: String) -> Bool {
    let node = node(index)
    switch node.tag {
    case .plainString:
      guard node.payload == text.utf8.count else { return false }
      let contents = contents(node)
      // Nearly always in one piece, and then compared as one.
      return text.utf8.withContiguousStorageIfAvailable { text in
        contents.withUnsafeBufferPointer { zip($0, text).allSatisfy { $0 == $1 } }
      } ?? contents.elementsEqual(text.utf8)
    case .escapedString, .unicodeString:
      return Unescape.utf8(contents(node)).elementsEqual(text.utf8)
    default: return false
    }
  }

  /// The index of the node after this value.
  func after(_ index: Int) -> Int {
    let node = node(index)
    return node.isContainer ? node.payload + 1 : index + 1
  }
}
