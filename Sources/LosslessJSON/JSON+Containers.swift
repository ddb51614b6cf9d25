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
  public var count: Int {
    let node = node
    return node.isContainer ? document.node(node.payload).payload : 0
  }

  /// The elements of an array, in order; empty for anything else.
  public var elements: Elements { Elements(self) }

  /// The members of an object, in order and with duplicates; empty for anything else.
  public var members: Members { Members(self) }

  /// The element at that place of an array, or nil if this is no array or has no such place.
  public subscript(_ place: Int) -> JSON? {
    guard node.tag == .array, place >= 0, place < count else { return nil }
    var iterator = elements.makeIterator()
    for _ in 0..<place { _ = iterator.next() }
    return iterator.next()
  }

  /// The value of the last member of that name (as most readers take duplicates), or nil.
  public subscript(_ name: String) -> JSON? {
    guard node.tag == .object else { return nil }
    var found: Int?
    var cursor = index + 1
    while !document.node(cursor).isEnd {
      if document.isString(cursor, name) { found = cursor + 1 }
      cursor = document.after(cursor + 1)
    }
    return found.map { JSON(document: document, index: $0) }
  }

  /// The elements of an array.
  public struct Elements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var cursor: Int

    init(_ array: JSON) {
      document = array.document
      cursor = array.node.tag == .array ? array.index + 1 : -1
    }

    /// The next element.
    public mutating func next() -> JSON? {
      guard cursor >= 0, !document.node(cursor).isEnd else { return nil }
      defer { cursor = document.after(cursor) }
      return JSON(document: document, index: cursor)
    }
  }

  /// The members of an object.
  public struct Members: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var cursor: Int

    init(_ object: JSON) {
      document = object.document
      cursor = object.node.tag == .object ? object.index + 1 : -1
    }

    /// The next member.
    public mutating func next() -> Member? {
      guard cursor >= 0, !document.node(cursor).isEnd else { return nil }
      let key = JSON(document: document, index: cursor)
      let value = JSON(document: document, index: cursor + 1)
      cursor = document.after(cursor + 1)
      return Member(key: key, value: value)
    }
  }
}
