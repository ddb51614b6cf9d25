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
  let tape: [UInt64]

  init(padded: [UInt8], count: Int, tape: [UInt64]) {
    self.padded = padded
    self.count = count
    self.tape = tape
  }

  /// The exact text.
  public var bytes: ArraySlice<UInt8> { padded[0..<count] }

  /// The value of the whole document.
  public var root: JSON { JSON(document: self, index: 0) }

  @inline(__always)
  func node(_ index: Int) -> Node { Node(word: tape[index]) }

  /// The index of the node after this value.
  func after(_ index: Int) -> Int {
    let node = node(index)
    return node.isContainer ? node.payload + 1 : index + 1
  }
}
