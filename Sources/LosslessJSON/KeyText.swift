/// The decoded bytes of a key, which tell keys apart exactly: text that only looks the same, such as `é`
/// as one character or two, is other text.
struct KeyText: Hashable {
  private let bytes: [UInt8]

  init(_ key: Node, of document: JSONDocument) {
    let contents = document.contents(key)
    bytes = key.tag.hasEscapes ? Unescape.exact(contents) : Array(contents)
  }

  // As a whole, which is quicker than byte by byte.
  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
