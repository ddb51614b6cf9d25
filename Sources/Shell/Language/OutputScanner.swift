import LosslessJSON

/// Reads `| .path`, `| command`, `> file` and `>> file`.
struct OutputScanner {
  let cursor: Cursor

  /// The output that begins here and the place behind it, or nil if none does.
  func next() throws(ScanFailure) -> (Statement.Output, Cursor)? {
    let sign = String(decoding: cursor.word, as: UTF8.self)
    guard ["|", ">", ">>"].contains(sign) else { return nil }
    var ahead = cursor
    ahead.at = cursor.word.endIndex
    ahead.skipBlanks()
    if ahead.isAtEnd {
      throw .wrong(
        SyntaxError(
          message: sign == "|"
            ? "a path or a command must follow '|'" : "a file must follow '\(sign)'",
          hint: "quote '\(sign)' if it is an argument", range: cursor.at..<(cursor.at + 1)))
    }
    return sign == "|" ? try pipe(ahead) : try file(sign, ahead)
  }

  private func pipe(_ start: Cursor) throws(ScanFailure) -> (Statement.Output, Cursor) {
    var ahead = start
    let word = ahead.word
    let isPath = word.first == 0x2E && word.dropFirst().first != 0x2F || word.first == 0x5B
    guard isPath else {
      // The rest belongs to the system's shell, its own pipes and redirections too.
      ahead.at = ahead.end
      let command = String(start.text(start.at..<start.end)[...].trimmed)
      return (.pipe(command), ahead)
    }
    if word.elementsEqual([0x2E]) {
      ahead.at += 1
      return (.select(JSONPath([])), ahead)
    }
    do throws(JSONPath.SyntaxError) {
      let (path, end) = try JSONPath.parsePrefix(ahead.bytes[ahead.at..<ahead.end])
      ahead.at = end
      if let byte = ahead.current, !Cursor.isBlank(byte) {
        throw JSONPath.SyntaxError(offset: end - start.at, message: "expected '.name' or '[…]'")
      }
      return (.select(path), ahead)
    } catch {
      let place = start.at + error.offset
      throw .wrong(
        SyntaxError(message: error.message, range: place..<min(place + 1, start.end)))
    }
  }

  private func file(_ sign: String, _ start: Cursor) throws(ScanFailure) -> (
    Statement.Output, Cursor
  ) {
    var scanner = ValueScanner(cursor: start)
    let path: String
    if start.current == 0x27 {
      path = try scanner.singleQuoted()
    } else if start.current == 0x22 {
      let text = try scanner.json().plain ?? ""
      path = (try? JSON(reading: text))?.string ?? text
    } else {
      path = scanner.bare()
    }
    return (sign == ">" ? .write(path) : .append(path), scanner.cursor)
  }

  /// Takes the outputs off the end of a command's text: the text before them, and them.
  static func split(_ rest: Substring) throws(ScanFailure) -> (Substring, [Statement.Output]) {
    var cursor = Cursor(String(rest))
    var outputs: [Statement.Output] = []
    var end = cursor.end
    while true {
      cursor.skipBlanks()
      if cursor.isAtEnd { break }
      if let (output, next) = try OutputScanner(cursor: cursor).next() {
        if outputs.isEmpty { end = cursor.at }
        outputs.append(output)
        cursor = next
      } else if outputs.isEmpty {
        try skipWord(&cursor)
      } else {
        throw .wrong(
          SyntaxError(
            message: "nothing but '|', '>' and '>>' can follow an output",
            range: cursor.at..<cursor.word.endIndex))
      }
    }
    let text = cursor.text(0..<end)
    return (text[...].trimmed, outputs)
  }

  /// Moves behind a word or a quoted or bracketed value, which may have a name or `@` before it.
  static func skipWord(_ cursor: inout Cursor) throws(ScanFailure) {
    var scanner = ValueScanner(cursor: cursor)
    if let name = cursor.argumentName() { scanner.cursor.at = name.valueStart }
    let quotes: [UInt8?] = [0x22, 0x27]
    if scanner.cursor.current == 0x40, quotes.contains(scanner.cursor.peek(1)) {
      scanner.cursor.at += 1
    }
    switch scanner.cursor.current {
    case 0x27: _ = try scanner.singleQuoted()
    case 0x22, 0x5B, 0x7B: _ = try scanner.json()
    case 0x24:
      // A path may have blanks inside its quotes; what is no path is a word.
      var ahead = scanner
      let isPath = (try? ahead.value()) != nil
      if isPath { scanner = ahead } else { _ = scanner.bare() }
    default: _ = scanner.bare()
    }
    cursor = scanner.cursor
  }
}
