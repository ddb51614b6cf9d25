/// Splits a line at `;` that stands alone between blanks, outside quotes and JSON.
enum StatementSplitter {
  /// The parts' places in the line. An open quote or bracket takes the rest into the last part.
  static func parts(_ line: String) -> [Range<Int>] {
    var cursor = Cursor(line)
    var parts: [Range<Int>] = []
    var start = 0
    while true {
      cursor.skipBlanks()
      if cursor.isAtEnd { break }
      if cursor.word.elementsEqual([0x3B]) {
        parts.append(start..<cursor.at)
        cursor.at += 1
        start = cursor.at
        continue
      }
      do throws(ScanFailure) {
        try OutputScanner.skipWord(&cursor)
      } catch {
        // Text that can't be read is for the parser to report.
        if case .unfinished = error { break }
        cursor.at = cursor.word.endIndex
      }
    }
    parts.append(start..<cursor.end)
    return parts
  }

  /// The parts as text.
  static func split(_ line: String) -> [String] {
    let bytes = Array(line.utf8)
    return parts(line).map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}
