/// The nodes of a document while they are written; whoever holds the last copy deallocates them.
struct Tape {
  private(set) var pointer: UnsafeMutablePointer<UInt64>
  private(set) var count = 0
  private(set) var capacity: Int
  /// Whether the room is its own.
  private var isOwned = true

  /// Nodes have indexes of 28 bits.
  static let maxCapacity = Node.maxPayload + 1

  /// Room for the nodes of most texts of that size: what of it is not used is never touched.
  init(forBytes bytes: Int) {
    capacity = min(bytes / (bytes < 1 << 28 ? 4 : 6) + 16, Self.maxCapacity)
    pointer = .allocate(capacity: capacity)
  }

  /// Starts in room of somebody else's, which must last until it is `settled`.
  init(in room: UnsafeMutableBufferPointer<UInt64>) {
    capacity = room.count
    pointer = room.baseAddress.unsafelyUnwrapped
    isOwned = false
  }

  /// The same in room of its own, which is just enough if it was not before.
  func settled() -> Tape {
    if isOwned { return self }
    var copy = self
    copy.capacity = count
    copy.pointer = .allocate(capacity: count)
    copy.pointer.update(from: pointer, count: count)
    copy.isOwned = true
    return copy
  }

  var nodes: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: pointer, count: count) }

  func deallocate() { if isOwned { pointer.deallocate() } }

  /// Adds a node, for which there must be room.
  @inline(__always)
  mutating func add(_ tag: Node.Tag, _ payload: Int, _ offset: Int) {
    pointer[count] = Node(tag, payload: payload, offset: offset).word
    count &+= 1
  }

  /// Adds a container's end, for which there must be room.
  @inline(__always)
  mutating func close(_ container: Int, members: Int, isObject: Bool, at: Int) {
    // The payload of an open container is 0.
    pointer[container] |= UInt64(truncatingIfNeeded: count) << 32
    add(isObject ? .objectEnd : .arrayEnd, members, at)
  }

  /// The same with more room: as much as the rest of the text needs if it goes on like this.
  @inline(never)
  func grown(at: Int, of bytes: Int) -> Tape {
    let rest = Double(max(bytes - at, 0)) * Double(count) / Double(max(at, 1))
    var larger = self
    larger.capacity = min(count + max(count / 4, Int(rest * 1.1)) + 16, Self.maxCapacity)
    larger.pointer = .allocate(capacity: larger.capacity)
    larger.pointer.update(from: pointer, count: count)
    larger.isOwned = true
    deallocate()
    return larger
  }
}

extension UnsafeBufferPointer<UInt64> {
  /// Lends itself, as an array of nodes does.
  func withUnsafeBufferPointer<Value>(_ body: (Self) throws -> Value) rethrows -> Value {
    try body(self)
  }
}
