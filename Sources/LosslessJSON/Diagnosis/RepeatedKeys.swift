/// Tells keys that repeat, exactly.
enum RepeatedKeys {
  /// Tells every key of an object that stood before in it.
  static func tell(_ document: JSONDocument, object: Int, into faults: inout FaultList) {
    var seen: [KeyText: Int] = [:]
    var member = document.members(object)
    let end = document.node(object).payload
    while member.index < end {
      let key = member.key
      let contents = document.contents(key)
      let text = KeyText(
        bytes: key.tag.hasEscapes ? Unescape.utf8(contents) : Array(contents))
      if let before = seen[text] {
        let range = key.offset..<(key.offset + key.payload + 2)
        faults.add(
          .duplicateKey, range, since: before,
          subject: Characters.name(document.base + key.offset + 1, key.payload))
      } else {
        seen[text] = key.offset
      }
      member.advance()
    }
  }
}

/// The decoded bytes of a key, hashed as a whole.
private struct KeyText: Hashable {
  var bytes: [UInt8]

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
