extension JSON: Equatable, Hashable {
  /// Whether both are the same value: same kinds, same number spellings, strings that decode to the
  /// same text, members in the same order. Blanks and escapes do not matter; lone surrogates are text.
  ///
  /// `1` and `1.0` differ: this is the equality that matches ids.
  public static func == (left: JSON, right: JSON) -> Bool {
    // Equal values have the same nodes but for those of keys, so both can be walked in step.
    var one = NodeWalk(left)
    var other = NodeWalk(right)
    while true {
      switch (one.next(), other.next()) {
      case (.end, .end): return true
      case (.close, .close): break
      case (.key(let key), .key(let otherKey)), (.value(let key), .value(let otherKey)):
        if !left.isSame(key, as: otherKey, of: right) { return false }
      default: return false
      }
    }
  }

  /// Feeds what `==` compares.
  public func hash(into hasher: inout Hasher) {
    var walk = NodeWalk(self)
    while true {
      switch walk.next() {
      case .end: return
      case .close: hasher.combine(Node.Tag.key)
      case .key(let node), .value(let node): hash(node, into: &hasher)
      }
    }
  }

  private func hash(_ node: Node, into hasher: inout Hasher) {
    if node.isString {
      let contents = document.contents(node)
      let decoded = node.tag.hasEscapes ? Unescape.exact(contents)[...] : contents
      Self.hash(decoded, .plainString, into: &hasher)
    } else if node.tag.isNumber || node.tag == .bool {
      Self.hash(document.slice(node.offset..<(node.offset + node.payload)), node.tag, into: &hasher)
    } else {
      hasher.combine(node.tag)
    }
  }

  private static func hash(
    _ bytes: ArraySlice<UInt8>, _ tag: Node.Tag, into hasher: inout Hasher
  ) {
    hasher.combine(tag)
    hasher.combine(bytes.count)
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  private func isSame(_ node: Node, as otherNode: Node, of other: JSON) -> Bool {
    if node.isString, otherNode.isString {
      let contents = document.contents(node)
      let otherContents = other.document.contents(otherNode)
      // Byte by byte: text that only looks the same (`é` as one character or two) is other text.
      return node.tag.hasEscapes || otherNode.tag.hasEscapes
        ? Unescape.exact(contents) == Unescape.exact(otherContents) : contents == otherContents
    }
    guard node.tag == otherNode.tag else { return false }
    guard node.tag.isNumber || node.tag == .bool else { return true }
    return document.slice(node.offset..<(node.offset + node.payload))
      == other.document.slice(otherNode.offset..<(otherNode.offset + otherNode.payload))
  }

  /// Whether both hold the same data: like `==`, but members may come in any order.
  ///
  /// Of duplicate keys the last counts. Meant for documents of moderate depth: it recurses.
  public func isEquivalent(to other: JSON) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .array:
      return count == other.count
        && zip(elements, other.elements).allSatisfy { $0.isEquivalent(to: $1) }
    case .object:
      let (mine, others) = (lastMembers, other.lastMembers)
      return mine.count == others.count
        && mine.allSatisfy { key, value in
          others[key].map { value.isEquivalent(to: $0) } ?? false
        }
    default: return self == other
    }
  }

  /// The values of an object by their keys.
  private var lastMembers: [KeyText: JSON] {
    var values: [KeyText: JSON] = [:]
    var member = document.members(index)
    while member.index < node.payload {
      values[KeyText(member.key, of: document)] = JSON(document: document, index: member.value)
      member.advance()
    }
    return values
  }
}

/// Walks over a value's nodes, those that keys would have among them.
private struct NodeWalk {
  enum Step {
    case key(Node)
    case value(Node)
    /// A container ends.
    case close
    case end
  }

  private let document: JSONDocument
  private var index: Int
  /// A key that is no part of a value and has no node.
  private let isKey: Bool
  /// Where the containers around end, and whether they are objects.
  private var levels: [(end: Int, isObject: Bool)] = []
  private var isKeyDone = false
  private var isBegun = false

  init(_ json: JSON) {
    document = json.document
    index = json.index
    isKey = json.index < 0
  }

  mutating func next() -> Step {
    guard let level = levels.last else {
      if isBegun { return .end }
      isBegun = true
      return isKey ? .value(document.node(index)) : value()
    }
    if index == level.end {
      levels.removeLast()
      return .close
    }
    if level.isObject, !isKeyDone {
      isKeyDone = true
      if document.node(index).tag != .key { return .key(document.node(~index)) }
      index += 2
      return .key(document.node(index - 1))
    }
    isKeyDone = false
    return value()
  }

  private mutating func value() -> Step {
    let node = document.node(index)
    if node.isContainer { levels.append((node.payload, node.tag == .object)) }
    index += 1
    return .value(node)
  }
}
