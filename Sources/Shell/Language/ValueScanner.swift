import LosslessJSON

/// Why a value could not be read to its end.
enum ScanFailure: Error {
  /// A quote or bracket is still open.
  case unfinished(String)
  case wrong(SyntaxError)
}

/// Reads one value of an argument: a quoted string, JSON, a file, a variable or a bare word.
struct ValueScanner {
  var cursor: Cursor

  /// Reads the value here and moves behind it.
  mutating func value() throws(ScanFailure) -> Argument.Value {
    switch cursor.current {
    case 0x27: return .text(try singleQuoted())
    case 0x22, 0x5B, 0x7B: return .json(try json())
    case 0x40 where (cursor.peek(1).map { !Cursor.isBlank($0) } ?? false):
      cursor.at += 1
      return .file(try path())
    case 0x24 where startsReference(at: cursor.at): return .reference(try reference())
    default: return .bare(bare())
    }
  }

  /// Reads up to the next blank.
  mutating func bare() -> String {
    let word = cursor.word
    cursor.at = word.endIndex
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func path() throws(ScanFailure) -> String {
    switch cursor.current {
    case 0x27: return try singleQuoted()
    case 0x22:
      let start = cursor.at
      let template = try json()
      guard let text = template.plain, let path = (try? JSON(reading: text))?.string else {
        throw .wrong(SyntaxError(message: "this is no file name", range: start..<cursor.at))
      }
      return path
    default: return bare()
    }
  }

  /// `'…'` with `\'` and `\\`.
  mutating func singleQuoted() throws(ScanFailure) -> String {
    let start = cursor.at
    cursor.at += 1
    var text: [UInt8] = []
    while let byte = cursor.current, byte != 0x27 {
      let next = cursor.peek(1)
      if byte == 0x5C, next == 0x27 || next == 0x5C { cursor.at += 1 }
      text.append(cursor.bytes[cursor.at])
      cursor.at += 1
    }
    guard cursor.current != nil else { throw .unfinished("'") }
    cursor.at += 1
    try expectBlank(after: start, "a quoted string")
    return String(decoding: text, as: UTF8.self)
  }

  /// `"…"`, `{…}` or `[…]`, to its closing bracket.
  mutating func json() throws(ScanFailure) -> Template {
    let start = cursor.at
    var parts: [Template.Part] = []
    var textStart = start
    var open: [UInt8] = []
    var previous: UInt8 = 0
    repeat {
      guard let byte = cursor.current else { throw .unfinished(Self.name(open.last ?? 0x22)) }
      defer { if !Cursor.isBlank(byte) { previous = byte } }
      switch byte {
      case 0x22: try skipString()
      case 0x5B, 0x7B:
        open.append(byte)
        cursor.at += 1
      case 0x5D, 0x7D:
        guard open.last == (byte == 0x5D ? 0x5B : 0x7B) else {
          let opening = Self.name(open.last ?? 0x5B)
          throw .wrong(
            SyntaxError(
              message: "'\(Self.name(byte))' can't close the '\(opening)' that is still open",
              range: cursor.at..<(cursor.at + 1)))
        }
        open.removeLast()
        cursor.at += 1
      case 0x24 where mayBeValue(after: previous, in: open) && startsReference(at: cursor.at):
        parts.append(.text(cursor.text(textStart..<cursor.at)))
        parts.append(.reference(try reference(insideJSON: true)))
        textStart = cursor.at
      default: cursor.at += 1
      }
    } while !open.isEmpty
    parts.append(.text(cursor.text(textStart..<cursor.at)))
    try expectBlank(after: start, "a JSON value")
    return Template(parts: parts)
  }

  /// Whether a value may stand behind a byte of JSON; a key, for example, is none.
  private func mayBeValue(after previous: UInt8, in open: [UInt8]) -> Bool {
    switch previous {
    case 0x3A: open.last == 0x7B
    case 0x5B, 0x2C: open.last == 0x5B
    default: false
    }
  }

  /// `"…"` as JSON has it, quotes included.
  mutating func doubleQuoted() throws(ScanFailure) -> String {
    let start = cursor.at
    try skipString()
    try expectBlank(after: start, "a quoted string")
    return cursor.text(start..<cursor.at)
  }

  private mutating func skipString() throws(ScanFailure) {
    cursor.at += 1
    while let byte = cursor.current, byte != 0x22 { cursor.at += byte == 0x5C ? 2 : 1 }
    guard cursor.current != nil else { throw .unfinished("\"") }
    cursor.at += 1
  }

  private static func name(_ bracket: UInt8) -> String {
    String(Character(UnicodeScalar(bracket)))
  }

  private func startsReference(at place: Int) -> Bool {
    place + 1 < cursor.end && cursor.bytes[place] == 0x24
      && Cursor.isNameStart(cursor.bytes[place + 1])
  }

  /// `$name` and the path behind it.
  mutating func reference(insideJSON: Bool = false) throws(ScanFailure) -> Reference {
    cursor.at += 1
    // A name has no dash here, so that `$a-1` does not mean a variable `a-1`.
    let name = cursor.bytes[cursor.at..<cursor.end].prefix {
      Cursor.isNameStart($0) || ($0 >= 0x30 && $0 <= 0x39)
    }
    cursor.at = name.endIndex
    do throws(JSONPath.SyntaxError) {
      let (path, end) = try JSONPath.parsePrefix(cursor.bytes[cursor.at..<cursor.end])
      cursor.at = end
      try expectEnd(of: name.endIndex, insideJSON)
      return Reference(name: String(decoding: name, as: UTF8.self), path: path)
    } catch {
      let offset = name.endIndex + error.offset
      throw .wrong(
        SyntaxError(
          message: error.message, hint: "quote the whole word with '…' if it is text",
          range: offset..<min(offset + 1, cursor.end)))
    }
  }

  /// What follows a variable must not be taken for a part of its value.
  private func expectEnd(of path: Int, _ insideJSON: Bool) throws(JSONPath.SyntaxError) {
    guard let byte = cursor.current, !Cursor.isBlank(byte) else { return }
    if insideJSON, [0x2C, 0x5D, 0x7D].contains(byte) { return }
    throw JSONPath.SyntaxError(offset: cursor.at - path, message: "this is no path of a variable")
  }

  private func expectBlank(after start: Int, _ what: String) throws(ScanFailure) {
    guard let byte = cursor.current, !Cursor.isBlank(byte) else { return }
    throw .wrong(
      SyntaxError(
        message: "a blank is missing after \(what)",
        hint: "quote the whole word with '…' if it is one string",
        range: cursor.at..<(cursor.at + 1)))
  }
}
