import LosslessJSON

/// Reads a line of the command language.
///
/// In this order: `.` begins a command, `{` or `[` raw text, `NAME =` a capture, `$name` alone
/// shows a variable, anything else calls a method.
struct StatementParser {
  private var cursor: Cursor

  private init(_ cursor: Cursor) { self.cursor = cursor }

  static func parse(_ line: String) -> ParseOutcome {
    parse(Cursor(line))
  }

  /// Reads part of a line, such as one element of a `.batch`.
  static func parse(_ cursor: Cursor) -> ParseOutcome {
    var parser = StatementParser(cursor)
    do throws(ScanFailure) {
      return .statement(try parser.statement())
    } catch {
      switch error {
      case .unfinished(let what): return .unfinished(what)
      case .wrong(let error): return .failure(error)
      }
    }
  }

  private mutating func statement() throws(ScanFailure) -> Statement {
    cursor.skipBlanks()
    switch cursor.current {
    case nil, 0x23: return Statement(action: .nothing)
    case 0x2E: return command()
    case 0x7B, 0x5B: return try raw()
    default: break
    }
    var statement = Statement(action: .nothing)
    statement.isUnchecked = try takeExclamation()
    if let name = try captureName() {
      statement.capture = name
      if try takeExclamation() { statement.isUnchecked = true }
      return try captured(statement)
    }
    if statement.isUnchecked { try refuseUnchecked() }
    return try callOrShow(statement)
  }

  private mutating func captured(_ start: Statement) throws(ScanFailure) -> Statement {
    if start.isUnchecked { try refuseUnchecked() }
    var statement: Statement
    switch cursor.current {
    case 0x2E: statement = command()
    case 0x7B, 0x5B: statement = try raw()
    default: statement = try callOrShow(start)
    }
    statement.capture = start.capture
    return statement
  }

  /// Takes a `!` that stands alone, and says whether there was one.
  private mutating func takeExclamation() throws(ScanFailure) -> Bool {
    let start = cursor.at
    guard cursor.word.elementsEqual([0x21]) else { return false }
    cursor.at += 1
    cursor.skipBlanks()
    if cursor.isAtEnd {
      throw .wrong(
        SyntaxError(
          message: "a call must follow '!'", hint: "'!' in quotes is a method of that name",
          range: start..<(start + 1)))
    }
    return true
  }

  /// Only calls are checked, so that only they can be sent unchecked.
  private func refuseUnchecked() throws(ScanFailure) {
    let hint: String
    switch cursor.current {
    case 0x2E: hint = "`.call ! METHOD` and `.notify ! METHOD` send without a check"
    case 0x7B, 0x5B: hint = "raw text is never checked: leave '!' out"
    default: return
    }
    throw .wrong(
      SyntaxError(
        message: "only a call can follow '!'", hint: hint, range: cursor.at..<(cursor.at + 1)))
  }

  /// A command keeps its text; its own grammar reads it, outputs included.
  private mutating func command() -> Statement {
    cursor.at += 1
    let name = cursor.word
    cursor.at = name.endIndex
    let rest = cursor.text(cursor.at..<cursor.end)
    return Statement(
      action: .command(name: String(decoding: name, as: UTF8.self), rest: rest[...].trimmed))
  }

  private mutating func raw() throws(ScanFailure) -> Statement {
    let text = cursor.text(cursor.at..<cursor.end)
    do throws(JSONReadError) {
      _ = try JSON(reading: text)
    } catch {
      if error.isUnfinished { throw .unfinished("JSON") }
    }
    return Statement(action: .raw(text))
  }

  /// `NAME =` with blanks around the sign.
  private mutating func captureName() throws(ScanFailure) -> String? {
    guard let name = cursor.identifier() else { return nil }
    var ahead = cursor
    ahead.at = name.upperBound
    guard ahead.current.map(Cursor.isBlank) ?? false else { return nil }
    ahead.skipBlanks()
    guard ahead.current == 0x3D, ahead.peek(1).map(Cursor.isBlank) ?? true else { return nil }
    let text = cursor.text(name)
    if text.contains("-") {
      throw .wrong(
        SyntaxError(
          message: "the name of a variable has no '-'",
          hint: "`\(text.replacing("-", "_")) = …` keeps the result; `'\(text)' =` calls a method",
          range: name))
    }
    ahead.at += 1
    ahead.skipBlanks()
    if ahead.isAtEnd { throw .wrong(error("a call must follow '='", ahead.end..<ahead.end)) }
    cursor = ahead
    return text
  }

  private mutating func callOrShow(_ start: Statement) throws(ScanFailure) -> Statement {
    var statement = start
    if cursor.current == 0x24, let next = cursor.peek(1), Cursor.isNameStart(next) {
      var scanner = ValueScanner(cursor: cursor)
      statement.action = .show(try scanner.reference())
      cursor = scanner.cursor
      if let word = try nextWord(&statement) {
        throw .wrong(error("a variable alone is shown; nothing can follow it", word))
      }
      return statement
    }
    var call = try method()
    while try nextWord(&statement) != nil { call.arguments.append(try argument()) }
    statement.action = .call(call)
    return statement
  }

  private mutating func method() throws(ScanFailure) -> Statement.Call {
    let start = cursor.at
    var scanner = ValueScanner(cursor: cursor)
    let name: String
    let isQuoted = cursor.current == 0x27 || cursor.current == 0x22
    if cursor.current == 0x27 {
      name = try scanner.singleQuoted()
    } else if cursor.current == 0x22 {
      let text = try scanner.json().plain ?? ""
      guard let decoded = (try? JSON(reading: text))?.string else {
        throw .wrong(error("this is no JSON string", start..<scanner.cursor.at))
      }
      name = decoded
    } else {
      name = scanner.bare()
      if ["|", ">", ">>", ";", "&"].contains(name) {
        throw .wrong(
          SyntaxError(
            message: "a call must stand before '\(name)'",
            hint: "'\(name)' in quotes is a method of that name", range: start..<scanner.cursor.at))
      }
    }
    cursor = scanner.cursor
    return Statement.Call(
      method: name, methodRange: start..<cursor.at, isQuoted: isQuoted, arguments: [])
  }

  private mutating func argument() throws(ScanFailure) -> Argument {
    let start = cursor.at
    if let named = try namedArgument() {
      return Argument(
        value: .bare(cursor.text(start..<cursor.at)), named: named, range: start..<cursor.at)
    }
    var scanner = ValueScanner(cursor: cursor)
    let value = try scanner.value()
    cursor = scanner.cursor
    return Argument(value: value, named: nil, range: start..<cursor.at)
  }

  /// `name=value` or `name:=json`; nil, and nothing read, if the word is neither.
  private mutating func namedArgument() throws(ScanFailure) -> Argument.Name? {
    guard let (name, isStrict, valueStart) = cursor.argumentName() else { return nil }
    var scanner = ValueScanner(cursor: cursor)
    scanner.cursor.at = valueStart
    let value = try scanner.value()
    cursor = scanner.cursor
    return Argument.Name(name: cursor.text(name), isStrict: isStrict, value: value)
  }

  private func error(_ message: String, _ range: Range<Int>) -> SyntaxError {
    SyntaxError(message: message, range: range)
  }

  // MARK: - Operators

  /// Takes operators into the statement up to the next word, whose place it gives; nil at the end.
  private mutating func nextWord(_ statement: inout Statement) throws(ScanFailure) -> Range<Int>? {
    while true {
      cursor.skipBlanks()
      if cursor.isAtEnd { return nil }
      let word = cursor.word
      let isLast = cursor.bytes[word.endIndex..<cursor.end].allSatisfy(Cursor.isBlank)
      if word.elementsEqual([0x26]), isLast {
        statement.isBackground = true
        return nil
      }
      let range = word.startIndex..<word.endIndex
      if let (output, next) = try OutputScanner(cursor: cursor).next() {
        statement.outputs.append(output)
        cursor = next
      } else if statement.outputs.isEmpty {
        return range
      } else {
        throw .wrong(error("nothing but '|', '>' and '>>' can follow an output", range))
      }
    }
  }
}

extension String {
  /// The text with each `old` character replaced.
  fileprivate func replacing(_ old: Character, _ new: Character) -> String {
    String(map { $0 == old ? new : $0 })
  }
}

extension Substring {
  /// The text without blanks around it.
  var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
