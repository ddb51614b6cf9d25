import LosslessJSON

/// Splits text of several lines, such as a paste, into statements as a script would be read: a
/// statement goes on in the next line while something in it is open.
enum StatementLines {
  static func split(_ text: String) -> [String] {
    guard text.utf8.contains(0x0A), !isOneRawText(text) else { return [text] }
    var statements: [String] = []
    var open: String?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let statement = open.map { $0 + "\n" + line } ?? String(line)
      if InteractiveShell.isUnfinished(statement) {
        open = statement
      } else {
        statements.append(statement)
        open = nil
      }
    }
    return statements + (open.map { [$0] } ?? [])
  }

  /// Whether it is raw text spread over lines, valid or not: it stays whole.
  private static func isOneRawText(_ text: String) -> Bool {
    let start = text[...].trimmed
    guard start.hasPrefix("{") || start.hasPrefix("[") else { return false }
    return (try? JSON(reading: start.prefix { !$0.isNewline })) == nil
  }
}
