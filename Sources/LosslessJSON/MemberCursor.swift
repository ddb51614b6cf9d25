import CByteScan

/// Finds keys, which have nodes only where they have escapes: they stand before their values, behind
/// a quote that is not part of them.
enum KeyScan {
  /// The index of the quote that ends the key of the value at `value`.
  @inline(__always)
  static func end(_ base: UnsafePointer<UInt8>, before value: Int) -> Int {
    let colon = blanksStart(base, before: value) &- 1
    return blanksStart(base, before: colon) &- 1
  }

  /// The index of the quote that begins the key that ends with the quote at `end`.
  @inline(__always)
  static func start(_ base: UnsafePointer<UInt8>, _ end: Int) -> Int {
    var at = end
    while at >= 16 {
      let hits = bytescan_quotes(base + (at &- 16))
      if hits != 0 { return at &- 16 &+ (31 &- hits.leadingZeroBitCount) }
      at &-= 16
    }
    repeat { at &-= 1 } while base[at] != 0x22
    return at
  }

  /// The index behind the last byte before `index` that is no blank.
  @inline(__always)
  private static func blanksStart(_ base: UnsafePointer<UInt8>, before index: Int) -> Int {
    var at = index
    while at > 0, base[at &- 1] <= 0x20 { at &-= 1 }
    return at
  }
}

/// Walks over the members of an object.
struct MemberCursor {
  private let base: UnsafePointer<UInt8>
  private let tape: UnsafePointer<UInt64>
  /// The node that the member begins with.
  private(set) var index: Int

  init(_ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, at index: Int) {
    self.base = base
    self.tape = tape
    self.index = index
  }

  @inline(__always)
  private var node: Node { Node(word: tape[index]) }

  /// Whether the key has a node, and escapes.
  @inline(__always)
  var hasKeyNode: Bool { node.tag == .key }

  /// The index of the value's node.
  @inline(__always)
  var value: Int { hasKeyNode ? index &+ 2 : index }

  /// The key, a string node that need not be on the tape.
  @inline(__always)
  var key: Node {
    if hasKeyNode { return Node(word: tape[index &+ 1]) }
    let end = KeyScan.end(base, before: node.offset)
    return Self.key(from: KeyScan.start(base, end), to: end)
  }

  /// The node of a key without escapes between those quotes.
  @inline(__always)
  static func key(from start: Int, to end: Int) -> Node {
    Node(.foreignString, payload: end &- start &- 1, offset: start)
  }

  /// Moves on to the next member.
  @inline(__always)
  mutating func advance() {
    let value = value
    let node = Node(word: tape[value])
    index = node.isContainer ? node.payload : value &+ 1
  }
}
