/// One JSON value: a place in the text of a document.
///
/// Nothing is converted on reading, so key order, duplicate keys, number spelling and escapes are
/// all there. Access by key or index walks the index and copies nothing.
public struct JSON: Sendable {
  /// The kinds of value of RFC 8259.
  public enum Kind: String, Sendable {
    case null, bool, number, string, array, object
  }

  /// The document that this value is part of.
  public let document: JSONDocument
  /// The index of its node. A key without a node has that of its value, with all bits turned round.
  let index: Int

  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  /// Reads a text as one JSON value (RFC 8259, strict). The bytes are kept as they are.
  ///
  /// An array that nobody else holds, with room for 64 more bytes, is not even copied.
  public init(
    reading bytes: consuming [UInt8], limits: JSONLimits = .standard
  ) throws(JSONReadError) {
    let count = bytes.count
    if count > limits.maxBytes {
      // Before anything is copied.
      throw JSONReadError(
        problem: .tooLarge(limit: limits.maxBytes),
        position: TextPosition(offset: limits.maxBytes, in: bytes[...]))
    }
    document = try JSONReader.read(
      padded: JSONReader.padded(bytes), count: count, limits: limits)
    index = 0
  }

  /// Reads a text as one JSON value (RFC 8259, strict).
  public init(
    reading text: some StringProtocol, limits: JSONLimits = .standard
  ) throws(JSONReadError) {
    try self.init(reading: Array(text.utf8), limits: limits)
  }

  var node: Node { document.node(index) }

  /// What kind of value this is.
  public var kind: Kind {
    switch node.tag {
    case .null: .null
    case .bool: .bool
    case .number, .longNumber: .number
    case .array: .array
    case .object: .object
    default: .string
    }
  }

  /// The bytes of the document that spell this value, quotes and brackets included.
  ///
  /// For an array or object that is not the whole document it looks through its elements.
  public var range: Range<Int> {
    let node = node
    if node.isContainer { return node.offset..<document.end(ofContainer: index) }
    return node.offset..<(node.offset + node.payload + (node.isString ? 2 : 0))
  }

  /// Where the first of those bytes stands.
  public var start: Int { node.offset }

  /// The exact spelling.
  public var bytes: ArraySlice<UInt8> { document.slice(range) }

  /// The exact spelling as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The same value in a document of its own, so that the one it came from can be freed.
  public func detached() -> JSON { JSON(spelling: Array(bytes)) }

  /// A value from text that is known to be valid, because this module wrote or read it.
  init(spelling bytes: [UInt8]) {
    do {
      try self.init(reading: bytes, limits: JSONLimits(maxDepth: .max))
    } catch {
      preconditionFailure("text taken for JSON is not: \(error)")
    }
  }
}

extension JSON: CustomStringConvertible {
  /// The exact spelling.
  public var description: String { text }
}
