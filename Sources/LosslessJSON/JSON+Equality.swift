extension JSON: Equatable, Hashable {
  /// Whether both are the same value: same kinds, same number spellings, strings that decode to the
  /// same text, members in the same order. Blanks and escapes do not matter.
  ///
  /// `1` and `1.0` differ: this is the equality that matches ids.
  public static func == (left: JSON, right: JSON) -> Bool {
    // Equal values have equal node sequences, so both tapes can be walked in step.
    let end = left.document.after(left.index)
    var rightIndex = right.index
    for leftIndex in left.index..<end {
      let one = JSON(document: left.document, index: leftIndex)
      let other = JSON(document: right.document, index: rightIndex)
      if !one.isSameNode(as: other) { return false }
      rightIndex += 1
    }
    return true
  }

  /// Feeds what `==` compares.
  public func hash(into hasher: inout Hasher) {
    for place in index..<document.after(index) {
      let node = document.node(place)
      switch node.tag {
      case .plainString, .escapedString, .unicodeString:
        let contents = document.contents(node)
        let decoded = node.tag == .plainString ? contents : Unescape.utf8(contents)[...]
        Self.hash(decoded, Node.Tag.plainString, into: &hasher)
      case .number, .longNumber, .bool:
        let spelling = document.padded[node.offset..<(node.offset + node.payload)]
        Self.hash(spelling, node.tag, into: &hasher)
      default: hasher.combine(node.tag)
      }
    }
  }

  private static func hash(
    _ bytes: ArraySlice<UInt8>, _ tag: Node.Tag, into hasher: inout Hasher
  ) {
    hasher.combine(tag)
    hasher.combine(bytes.count)
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  private func isSameNode(as other: JSON) -> Bool {
    let node = node
    let otherNode = other.node
    if node.isString, otherNode.isString {
      let contents = document.contents(node)
      let otherContents = other.document.contents(otherNode)
      // Byte by byte: text that only looks the same (`é` as one character or two) is other text.
      return node.tag == .plainString && otherNode.tag == .plainString
        ? contents == otherContents : Unescape.utf8(contents) == Unescape.utf8(otherContents)
    }
    guard node.tag == otherNode.tag else { return false }
    return node.tag.isNumber || node.tag == .bool ? bytes == other.bytes : true
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
      let names = Set(members.map(\.name))
      return names == Set(other.members.map(\.name))
        && names.allSatisfy { name in
          guard let one = self[name], let two = other[name] else { return false }
          return one.isEquivalent(to: two)
        }
    default: return self == other
    }
  }
}
