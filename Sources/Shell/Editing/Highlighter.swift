import Catalog
import LosslessJSON
import Terminal
import View

/// Colours a line while it is typed. The characters stay the same.
struct Highlighter {
  let knowledge: Knowledge

  func highlight(_ line: String) -> StyledText {
    var cursor = Cursor(line)
    let start = cursor.at
    cursor.skipBlanks()
    var text = StyledText(cursor.text(start..<cursor.at))
    switch cursor.current {
    case nil: break
    case 0x23: text.append(cursor.text(cursor.at..<cursor.end), .dim)
    case 0x7B, 0x5B: text.append(json(cursor, cursor.at..<cursor.end))
    case 0x2E: command(&cursor, &text)
    default: call(&cursor, &text)
    }
    return text
  }

  private func json(_ cursor: Cursor, _ range: Range<Int>) -> StyledText {
    let bytes = Array(cursor.bytes[range])
    var text = StyledText()
    for token in JSONLexer.tokens(bytes[...]) {
      let word = String(decoding: bytes[token.range], as: UTF8.self)
      let isLast = token.range.upperBound == bytes.count && range.upperBound == cursor.end
      let isBegun = token.role == .invalid && isLast && Self.mayBecomeValid(word)
      text.append(word, isBegun ? .plain : token.role.style)
    }
    return text
  }

  /// Whether a word that is being typed is the beginning of a literal or of a number.
  private static func mayBecomeValid(_ word: String) -> Bool {
    ["true", "false", "null"].contains { $0.hasPrefix(word) }
      || (try? JSON(reading: word + "0")) != nil
  }

  private func command(_ cursor: inout Cursor, _ text: inout StyledText) {
    let word = cursor.word
    let name = String(decoding: word.dropFirst(), as: UTF8.self)
    let isKnown = Command.named(name) != nil
    let isBegun = Command.all.contains { $0.name.hasPrefix(name) }
    text.append("." + name, isKnown ? .command : isBegun ? .plain : .error)
    cursor.at = word.endIndex
    blanks(&cursor, &text)
    switch Command.named(name)?.argument {
    case .call?:
      while cursor.word.starts(with: Array("--".utf8)) { option(&cursor, &text) }
      segments(&cursor, &text)
    case .method?: methodName(&cursor, &text)
    default: break
    }
    text.append(cursor.text(cursor.at..<cursor.end))
  }

  private func option(_ cursor: inout Cursor, _ text: inout StyledText) {
    let word = cursor.word
    text.append(String(decoding: word, as: UTF8.self), .option)
    cursor.at = word.endIndex
    blanks(&cursor, &text)
  }

  /// Calls with `;` between them, as `.batch` takes them.
  private func segments(_ cursor: inout Cursor, _ text: inout StyledText) {
    while !cursor.isAtEnd {
      let before = cursor.at
      if cursor.current == 0x2E { option(&cursor, &text) }
      call(&cursor, &text, until: 0x3B)
      if cursor.at == before { break }
    }
  }

  private func blanks(_ cursor: inout Cursor, _ text: inout StyledText) {
    let start = cursor.at
    cursor.skipBlanks()
    text.append(cursor.text(start..<cursor.at))
  }

  private func call(_ cursor: inout Cursor, _ text: inout StyledText, until end: UInt8? = nil) {
    if cursor.current == 0x21, cursor.word.count == 1 { sign(&cursor, &text) }
    capture(&cursor, &text)
    methodName(&cursor, &text)
    while !cursor.isAtEnd {
      blanks(&cursor, &text)
      let word = cursor.word
      if word.isEmpty { return }
      if let end, word.elementsEqual([end]) { return sign(&cursor, &text) }
      switch String(decoding: word, as: UTF8.self) {
      case "|", ">", ">>", "&", ";": sign(&cursor, &text)
      default: argument(&cursor, &text)
      }
    }
  }

  private func sign(_ cursor: inout Cursor, _ text: inout StyledText) {
    let word = cursor.word
    text.append(String(decoding: word, as: UTF8.self), .operator)
    cursor.at = word.endIndex
    blanks(&cursor, &text)
  }

  private func capture(_ cursor: inout Cursor, _ text: inout StyledText) {
    guard let name = cursor.identifier() else { return }
    var ahead = cursor
    ahead.at = name.upperBound
    ahead.skipBlanks()
    guard ahead.at > name.upperBound, ahead.word.elementsEqual([0x3D]) else { return }
    text.append(cursor.text(name), .variable)
    cursor.at = name.upperBound
    blanks(&cursor, &text)
    sign(&cursor, &text)
  }

  private func methodName(_ cursor: inout Cursor, _ text: inout StyledText) {
    let word = cursor.word
    let name = String(decoding: word, as: UTF8.self)
    if name.hasPrefix("$") || name.hasPrefix("'") || name.hasPrefix("\"") {
      return argument(&cursor, &text)
    }
    let catalog = knowledge.catalog
    let isOdd =
      !catalog.isEmpty && catalog[name] == nil
      && !catalog.index.hasBeginning(name) && !knowledge.learned.contains(name)
    text.append(name, isOdd ? .warning : .method)
    cursor.at = word.endIndex
  }

  private func argument(_ cursor: inout Cursor, _ text: inout StyledText) {
    let start = cursor.at
    if let name = cursor.identifier() {
      var ahead = cursor
      ahead.at = name.upperBound
      if ahead.current == 0x3A { ahead.at += 1 }
      if ahead.current == 0x3D {
        text.append(cursor.text(name), .key)
        text.append(cursor.text(name.upperBound..<(ahead.at + 1)), .punctuation)
        cursor.at = ahead.at + 1
      }
    }
    value(&cursor, &text)
    if cursor.at == start { cursor.at = cursor.end }
  }

  private func value(_ cursor: inout Cursor, _ text: inout StyledText) {
    var scanner = ValueScanner(cursor: cursor)
    let start = cursor.at
    do throws(ScanFailure) {
      let value = try scanner.value()
      cursor = scanner.cursor
      switch value {
      case .bare(let word): text.append(word, Self.role(word))
      case .text, .file: text.append(cursor.text(start..<cursor.at), .string)
      case .json: text.append(json(cursor, start..<cursor.at))
      case .reference: text.append(cursor.text(start..<cursor.at), .variable)
      }
    } catch {
      // Still open, or wrong: coloured as far as it goes.
      let isText = cursor.current == 0x27
      let end = cursor.end
      text.append(
        isText ? StyledText(cursor.text(start..<end), .string) : json(cursor, start..<end))
      cursor.at = end
    }
  }

  private static func role(_ word: String) -> Role {
    guard let json = try? JSON(reading: word) else { return .string }
    return json.kind == .number ? .number : .literal
  }
}
