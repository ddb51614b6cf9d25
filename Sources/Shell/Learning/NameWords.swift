/// The words of a name, however it is written: `chatId`, `chat_id` and `CHAT-ID` are the same two.
enum NameWords {
  /// The words in lower case.
  static func of(_ name: String) -> [String] {
    var words: [[UInt8]] = [[]]
    let bytes = Array(name.utf8)
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case 0x41...0x5A:
        let isUpperBefore = place > 0 && (0x41...0x5A).contains(bytes[place - 1])
        let isLowerAfter =
          place + 1 < bytes.count && (0x61...0x7A).contains(bytes[place + 1])
        // `chatID` breaks before I, `IDOf` before O.
        if !isUpperBefore || isLowerAfter { words.append([]) }
        words[words.count - 1].append(byte | 0x20)
      case 0x30...0x39, 0x61...0x7A, 0x80...0xFF: words[words.count - 1].append(byte)
      default: words.append([])
      }
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What names are compared by: their words, of several things as of one.
  static func key(_ name: String) -> String { key(of(name)) }

  /// The same of words.
  static func key(_ words: [String]) -> String {
    guard let last = words.last else { return "" }
    return (words.dropLast() + [singular(last)]).joined(separator: " ")
  }

  /// What a method is about, by its name: `account` of `get_all_accounts`, `chat` of `chat.list`.
  static func subject(of method: String) -> [String] {
    let segments = method.split { ".:/".contains($0) }.map(String.init)
    for segment in segments.reversed() {
      let words = of(segment).filter { !verbs.contains($0) }
      if !words.isEmpty { return words }
    }
    return []
  }

  private static func singular(_ word: String) -> String {
    if word.count > 4, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    let isPlural = word.count > 2 && word.hasSuffix("s") && !word.hasSuffix("ss")
    return isPlural ? String(word.dropLast()) : word
  }

  /// Words of methods that say what is done, not with what.
  private static let verbs: Set<String> = [
    "add", "all", "create", "current", "describe", "fetch", "find", "get", "insert", "list",
    "lookup",
    "make", "new", "open", "query", "read", "search", "start", "tell",
  ]
}
