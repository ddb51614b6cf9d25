/// A text that was read as one JSON value, with the index of its values (the tape).
///
/// The text is kept as it came; every value is a place in it. Values (`JSON`) share the document,
/// so a small value keeps a large document alive: copy it with `JSON.detached()` to let go.
public final class JSONDocument: Sendable {
  /// The text, perhaps among others, followed by bytes that let the reader look ahead without bounds.
  private let padded: [UInt8]
  /// The first byte of the text; only for as long as the document is held. An array that is never
  /// written stays where it is.
  /// Guard: `reread` alone writes it, while nobody else holds the document, so no access overlaps.
  @exclusivity(unchecked) nonisolated(unsafe) private(set) var base: UnsafePointer<UInt8>
  /// Where the text begins in the array.
  /// Guard: as for `base`, `reread` alone writes it.
  @exclusivity(unchecked) nonisolated(unsafe) private var start = 0
  /// The number of bytes of the text.
  /// Guard: as for `base`, `reread` alone writes it.
  @exclusivity(unchecked) nonisolated(unsafe) public private(set) var count: Int
  /// One node a value, in the order of the text; a container's node, then its contents.
  ///
  /// The key of a member has no node, since it stands before the value, but for one with escapes:
  /// a node that says so and the string's come before that of the value.
  /// Guard: as for `base`, `reread` alone writes it.
  @exclusivity(unchecked) nonisolated(unsafe) private var nodes: Tape

  /// A document that takes the tape over.
  init(padded: consuming [UInt8], count: Int, tape: Tape) {
    base = padded.withUnsafeBufferPointer { $0.baseAddress.unsafelyUnwrapped }
    self.padded = padded
    self.count = count
    nodes = tape
  }

  deinit { nodes.deallocate() }

  /// Becomes the document of the value that begins there in the same bytes, of which at most so many
  /// belong to it; nobody else may hold it. If false it is of no use any more.
  func reread(
    from start: Int, limits: JSONLimits, count most: Int, _ utf8: inout UTF8Check,
    _ stop: inout ReadingStop
  ) -> Bool {
    base += start - self.start
    self.start = start
    nodes.count = 0
    let reader = JSONReader(base: base, count: most, limits: limits)
    count = reader.readFirst(&nodes, &utf8, &stop)
    return count >= 0
  }

  /// The exact text.
  public var bytes: ArraySlice<UInt8> { slice(0..<count) }

  /// The value of the whole document.
  public var root: JSON { JSON(document: self, index: 0) }

  @inline(__always)
  var tape: UnsafeBufferPointer<UInt64> { nodes.nodes }

  /// The node of a value; of the key before it if all bits of the index are turned round.
  @inline(__always)
  func node(_ index: Int) -> Node {
    index >= 0 ? Node(word: nodes.pointer[index]) : key(before: ~index)
  }

  /// The key, which has no node, of the value that has that one.
  private func key(before index: Int) -> Node {
    let base = base
    let end = KeyScan.end(base, before: Node(word: nodes.pointer[index]).offset)
    return MemberCursor.key(from: KeyScan.start(base, end), to: end)
  }

  /// A part of the text.
  @inline(__always)
  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    padded[(start + range.lowerBound)..<(start + range.upperBound)]
  }

  /// What stands between the quotes of a string.
  func contents(_ string: Node) -> ArraySlice<UInt8> { slice(string.contents) }

  /// The index of the node after this value.
  func after(_ index: Int) -> Int {
    let node = node(index)
    return node.isContainer ? node.payload : index + 1
  }

  /// The members of the object that has that node.
  func members(_ object: Int) -> MemberCursor {
    MemberCursor(base, UnsafePointer(nodes.pointer), at: object + 1)
  }

  /// Whether the string decodes to exactly those UTF-8 bytes.
  func isString(_ string: Node, _ text: String) -> Bool {
    string.tag.hasEscapes
      ? Unescape.utf8(contents(string)).elementsEqual(text.utf8)
      : isSpelt(text, from: string.offset + 1, to: string.offset + 1 + string.payload)
  }

  /// Whether the key of the member is that text.
  @inline(__always)
  func hasKey(_ member: MemberCursor, _ text: String) -> Bool {
    if member.hasKeyNode { return isString(member.key, text) }
    // From its end, without looking for where it begins.
    let end = KeyScan.end(base, before: node(member.index).offset)
    let start = end - text.utf8.count
    return start > 0 && base[start - 1] == 0x22 && isSpelt(text, from: start, to: end)
      && !text.utf8.contains(0x22)
  }

  /// Whether just that text stands there.
  @inline(__always)
  private func isSpelt(_ text: String, from start: Int, to end: Int) -> Bool {
    guard end - start == text.utf8.count else { return false }
    let contents = UnsafeBufferPointer(start: base + start, count: end - start)
    // Nearly always in one piece, and then compared as one.
    return text.utf8.withContiguousStorageIfAvailable { text in
      zip(contents, text).allSatisfy { $0 == $1 }
    } ?? contents.elementsEqual(text.utf8)
  }

  /// The index behind the last byte of the container that has that node.
  func end(ofContainer index: Int) -> Int {
    let base = base
    if index == 0 {
      var end = count
      while base[end - 1] <= 0x20 { end -= 1 }
      return end
    }
    // Behind the last scalar in it follow the ends of all that it is in, from the innermost.
    var (inner, levels) = (index, 1)
    var at = node(index).offset + 1
    while let last = lastChild(inner) {
      let node = node(last)
      if node.isContainer {
        (inner, levels) = (last, levels + 1)
        at = node.offset + 1
      } else {
        at = node.offset + node.payload + (node.isString ? 2 : 0)
        break
      }
    }
    while true {
      at = ByteRun.blanksEnd(base, from: at) + 1
      levels -= 1
      if levels == 0 { return at }
    }
  }

  /// The node of a container's last value; nil if it is empty.
  private func lastChild(_ container: Int) -> Int? {
    let node = node(container)
    var (index, last) = (container + 1, -1)
    while index < node.payload {
      last = Node(word: nodes.pointer[index]).tag == .key ? index + 2 : index
      index = after(last)
    }
    return last < 0 ? nil : last
  }
}
