import CByteScan

/// The nodes of a document while they are written; whoever holds the last copy deallocates them.
struct Tape {
  private(set) var pointer: UnsafeMutablePointer<UInt64>
  var count = 0
  private(set) var capacity: Int
  private(set) var source: Source

  /// Where memory comes from.
  enum Source {
    /// Somebody else's.
    case lent
    /// The heap.
    case heap
    /// The system, which can make it larger without copying.
    case room
  }

  /// Nodes have indexes of 28 bits.
  static let maxCapacity = Node.maxPayload + 1
  /// From so many nodes on, a tape is a room of its own.
  private static let largeCapacity = 1 << 17

  /// Room for the nodes of most texts of that size: what of it is not used is never touched.
  init(forBytes bytes: Int) {
    capacity = min(bytes / (bytes < 1 << 28 ? 4 : 6) + 16, Self.maxCapacity)
    if capacity < Self.largeCapacity {
      pointer = .allocate(capacity: capacity)
      source = .heap
    } else {
      var size = capacity * 8
      pointer = Self.room(bytescan_room(&size))
      capacity = min(size / 8, Self.maxCapacity)
      source = .room
    }
  }

  /// Room for so many nodes, more than four, on the heap.
  init(capacity: Int) {
    self.capacity = capacity
    pointer = .allocate(capacity: capacity)
    source = .heap
  }

  /// Starts in room of somebody else's, which must last until it is `settled`.
  init(in room: UnsafeMutableBufferPointer<UInt64>) {
    capacity = room.count
    pointer = room.baseAddress.unsafelyUnwrapped
    source = .lent
  }

  /// The same in room of its own, which is just enough if it was not before.
  func settled() -> Tape {
    if source != .lent { return self }
    var copy = self
    copy.capacity = count
    copy.pointer = .allocate(capacity: count)
    copy.pointer.update(from: pointer, count: count)
    copy.source = .heap
    return copy
  }

  @inline(__always)
  var nodes: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: pointer, count: count) }

  func deallocate() {
    switch source {
    case .lent: break
    case .heap: pointer.deallocate()
    case .room: bytescan_room_free(pointer, capacity * 8)
    }
  }

  /// The same with more room: as much as the rest of the text needs if it goes on like this.
  @inline(never)
  func grown(at: Int, of bytes: Int) -> Tape {
    let rest = Double(max(bytes - at, 0)) * Double(count) / Double(max(at, 1))
    var larger = self
    larger.capacity = min(count + max(count / 4, Int(rest * 1.1)) + 16, Self.maxCapacity)
    if source == .room {
      larger.pointer = Self.room(
        bytescan_room_grown(pointer, capacity * 8, larger.capacity * 8))
    } else {
      larger.pointer = .allocate(capacity: larger.capacity)
      larger.pointer.update(from: pointer, count: count)
      larger.source = .heap
      deallocate()
    }
    return larger
  }

  /// As with the heap, to have no memory is the end.
  private static func room(_ room: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<UInt64> {
    guard let room else { fatalError("there is no memory for the index of a document") }
    return room.assumingMemoryBound(to: UInt64.self)
  }
}

/// Writes nodes to a tape, with what that takes in registers.
struct TapeWriter {
  private var start: UnsafeMutablePointer<UInt64>
  private var next: UnsafeMutablePointer<UInt64>
  private var end: UnsafeMutablePointer<UInt64>

  /// So many nodes may be written between two looks at `isFull`.
  private static let slack = 4

  init(_ tape: Tape) {
    start = tape.pointer
    next = start + tape.count
    end = start + (tape.capacity - Self.slack)
  }

  @inline(__always)
  var count: Int { next - start }

  @inline(__always)
  var isFull: Bool { next > end }

  /// Makes room in the tape; false if it has as much as there may be.
  @inline(never)
  mutating func grow(_ tape: inout Tape, at: Int, of bytes: Int) -> Bool {
    guard tape.capacity < Tape.maxCapacity else { return false }
    tape.count = count
    tape = tape.grown(at: at, of: bytes)
    self = TapeWriter(tape)
    return true
  }

  /// Adds a node, for which there must be room.
  @inline(__always)
  mutating func add(_ tag: Node.Tag, _ payload: Int, _ offset: Int) {
    next.pointee = Node(tag, payload: payload, offset: offset).word
    next += 1
  }

  /// The node that was added last.
  var last: Node { Node(word: next[-1]) }

  /// Ends a container.
  @inline(__always)
  mutating func close(_ container: Int) {
    // The payload of an open container is 0.
    start[container] |= UInt64(truncatingIfNeeded: count) &<< 32
  }

  /// Where a container begins in the text; nil outside of any.
  func offset(_ container: Int) -> Int? {
    container < 0 ? nil : Node(word: start[container]).offset
  }
}
