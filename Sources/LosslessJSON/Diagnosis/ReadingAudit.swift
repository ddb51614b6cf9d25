/// Looks for what clients may stumble over in a text while it is read and its bytes are at hand.
struct ReadingAudit: ~Copyable {
  /// What was found but for keys, in the order of the text.
  private(set) var faults = FaultList()
  /// The nodes of objects in which a key may stand twice.
  private(set) var suspects: [Int] = []
  private var keys: KeyAudit

  /// How many words of room it wants.
  static let roomCount = 96

  /// An audit that starts in room that is lent for as long as it lives.
  init(_ room: UnsafeMutableBufferPointer<UInt64>) { keys = KeyAudit(room) }

  /// An object begins.
  @inline(__always)
  mutating func open() { keys.open() }

  /// The object that is open has a key that begins with the quote at `offset`.
  @inline(__always)
  mutating func key(
    _ base: UnsafePointer<UInt8>, from offset: Int, length: Int, hasEscapes: Bool
  ) {
    keys.add(base, from: offset, length: length, hasEscapes: hasEscapes)
  }

  /// The object of that node ends.
  @inline(__always)
  mutating func close(_ object: Int) {
    if keys.close() { suspects.append(object) }
  }

  /// A long number or an odd string.
  @inline(never)
  mutating func look(_ base: UnsafePointer<UInt8>, _ node: Node) {
    if node.isString {
      StringAudit.run(base, node, &faults)
    } else {
      NumberAudit.run(base, node, &faults)
    }
  }
}
