extension JSON {
  /// A member of an object.
  public struct Member: Sendable {
    /// The key, a string value.
    public var key: JSON
    /// The value.
    public var value: JSON
    /// The key, decoded.
    public var name: String { key.string ?? "" }
  }

  /// The number of elements of an array or members of an object (duplicates included), else 0.
  ///
  /// Counts them: `isEmpty` is quicker.
  public var count: Int {
    let node = node
    guard node.isContainer else { return 0 }
    var (count, cursor) = (0, index + 1)
    while cursor < node.payload {
      if document.node(cursor).tag == .key { cursor += 2 }
      cursor = document.after(cursor)
      count += 1
    }
    return count
  }

  /// Whether there are no elements and no members; true for anything but arrays and objects.
  public var isEmpty: Bool {
    let node = node
    return !node.isContainer || node.payload == index + 1
  }

  /// The elements of an array, in order; empty for anything else.
  public var elements: Elements { Elements(self) }

  /// The members of an object, in order and with duplicates; empty for anything else.
  public var members: Members { Members(self) }

  /// The element at that place of an array, or nil if this is no array or has no such place.
  public subscript(_ place: Int) -> JSON? {
    guard node.tag == .array, place >= 0 else { return nil }
    var iterator = elements.makeIterator()
    for _ in 0..<place where iterator.next() == nil { return nil }
    return iterator.next()
  }

  /// The value of the last member of that name (as most readers take duplicates), or nil.
  public subscript(_ name: String) -> JSON? {
    let node = node
    guard node.tag == .object else { return nil }
    var found: Int?
    var member = document.members(index)
    while member.index < node.payload {
      if document.hasKey(member, name) { found = member.value }
      member.advance()
    }
    return found.map { JSON(document: document, index: $0) }
  }

  /// The elements of an array.
  public struct Elements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var cursor: Int
    private let end: Int

    init(_ array: JSON) {
      document = array.document
      let node = array.node
      cursor = array.index + 1
      end = node.tag == .array ? node.payload : .min
    }

    /// The next element.
    public mutating func next() -> JSON? {
      guard cursor < end else { return nil }
      defer { cursor = document.after(cursor) }
      return JSON(document: document, index: cursor)
    }
  }

  /// The members of an object.
  public struct Members: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var cursor: Int
    private let end: Int

    init(_ object: JSON) {
      document = object.document
      let node = object.node
      cursor = object.index + 1
      end = node.tag == .object ? node.payload : .min
    }

    /// The next member.
    public mutating func next() -> Member? {
      guard cursor < end else { return nil }
      let hasKeyNode = document.node(cursor).tag == .key
      let value = hasKeyNode ? cursor + 2 : cursor
      cursor = document.after(value)
      return Member(
        key: JSON(document: document, index: hasKeyNode ? value - 1 : ~value),
        value: JSON(document: document, index: value))
    }
  }
}
