/// Command lines as `sh` splits them into words, without expansions.
public enum ShellWords {
  /// Splits at blanks outside quotes; `'…'`, `"…"` and `\` quote as in `sh`.
  ///
  /// Nothing is expanded: `$HOME`, `*` and `~` stay as they are. Fails on an unclosed quote.
  public static func split(_ text: String) throws(WireError) -> [String] {
    var words: [String] = []
    var word: String?
    var rest = text.unicodeScalars[...]
    while let next = rest.popFirst() {
      switch next {
      case " ", "\t", "\n", "\r":
        if let whole = word { words.append(whole) }
        word = nil
      case "'":
        word = try (word ?? "") + singleQuoted(&rest)
      case "\"":
        word = try (word ?? "") + doubleQuoted(&rest)
      case "\\":
        guard let escaped = rest.popFirst() else {
          throw .badTarget("the command ends in a backslash that quotes nothing")
        }
        // A backslash before a line end joins the lines.
        if escaped != "\n" { word = (word ?? "") + String(escaped) }
      default:
        word = (word ?? "") + String(next)
      }
    }
    if let whole = word { words.append(whole) }
    return words
  }

  /// Puts words together so that `split` gives them back.
  public static func joined(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  /// The word in single quotes, unless it can stand without.
  public static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.unicodeScalars.allSatisfy(isPlain)
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "-", "_", ".", "/", "=", ":", ",", "+", "@", "%": true
    default: scalar.properties.isAlphabetic && scalar.value > 0x7F
    }
  }

  private static func singleQuoted(
    _ rest: inout Substring.UnicodeScalarView
  ) throws(WireError) -> String {
    guard let end = rest.firstIndex(of: "'") else {
      throw .badTarget("a single quote in the command is never closed")
    }
    defer { rest = rest[rest.index(after: end)...] }
    return String(rest[..<end])
  }

  private static func doubleQuoted(
    _ rest: inout Substring.UnicodeScalarView
  ) throws(WireError) -> String {
    var text = ""
    while let next = rest.popFirst() {
      switch next {
      case "\"":
        return text
      case "\\":
        guard let escaped = rest.popFirst() else { break }
        switch escaped {
        case "\"", "\\", "$", "`": text.unicodeScalars.append(escaped)
        case "\n": break
        default:
          text.unicodeScalars.append("\\")
          text.unicodeScalars.append(escaped)
        }
      default:
        text.unicodeScalars.append(next)
      }
    }
    throw .badTarget("a double quote in the command is never closed")
  }
}
