/// Tells keys that repeat, exactly.
enum RepeatedKeys {
  /// Tells every key of an object that stood before in it.
  static func tell(_ document: JSONDocument, object: Int, into faults: inout FaultList) {
    var seen: [KeyText: Int] = [:]
    var member = document.members(object)
    let end = document.node(object).payload
    while member.index < end {
      let key = member.key
      let text = KeyText(key, of: document)
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
