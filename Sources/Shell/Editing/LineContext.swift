import Catalog

/// Where in a line the cursor is: which method, which word, which argument.
struct LineContext {
  /// What the word at the cursor is.
  enum Place: Equatable {
    case command
    case commandArgument(String)
    case method
    case argument(method: String, place: Int, given: Set<String>)
    case output
    /// The name of a command's option.
    case option(String)
    /// What follows an option of a command.
    case optionValue(command: String, option: String)
    /// Text that is sent as it stands.
    case raw
  }

  let place: Place
  /// The bytes of the word up to the cursor.
  let word: Range<Int>
  /// The word up to the cursor.
  let text: String
  /// For the second word after `.set`: the first.
  let settingName: String?
  /// How many words stand before this one.
  let before: Int

  /// The context of a cursor, in UTF-8 bytes.
  init(_ line: String, cursor: Int) {
    let bytes = Array(line.utf8)
    let end = min(cursor, bytes.count)
    var scan = Cursor(bytes, 0..<end)
    var words: [Range<Int>] = []
    while true {
      scan.skipBlanks()
      if scan.isAtEnd { break }
      let start = scan.at
      do throws(ScanFailure) {
        try OutputScanner.skipWord(&scan)
      } catch {
        scan.at = end
      }
      // A path that is being typed may have blanks inside its open quote.
      if Self.hasOpenKey(bytes[start..<scan.at]) { scan.at = end }
      words.append(start..<scan.at)
    }
    let isFresh = words.last.map { $0.upperBound < end } ?? true
    if isFresh { words.append(end..<end) }
    let texts = words.map { String(decoding: bytes[$0], as: UTF8.self) }
    word = words.last ?? end..<end
    text = texts.last ?? ""
    settingName = texts.count > 2 ? texts[1] : nil
    before = texts.count - 1
    place = Self.place(texts)
  }

  /// Whether a word ends inside `$name["…`, or `.path["…` behind a `|`.
  private static func hasOpenKey(_ word: ArraySlice<UInt8>) -> Bool {
    guard
      word.first == 0x2E || Completer.variableStart(String(decoding: word, as: UTF8.self)) == 0
        || word.contains(0x3D), let key = word.firstRange(of: Array("[\"".utf8))
    else { return false }
    return !word[key.upperBound...].contains(0x22)
  }

  private static func place(_ words: [String]) -> Place {
    var words = words[...]
    if words.count > 1, words.first == "!" { words = words.dropFirst() }
    if words.count > 2, words.dropFirst().first == "=" { words = words.dropFirst(2) }
    guard let first = words.first else { return .method }
    if first.hasPrefix("{") || first.hasPrefix("[") { return .raw }
    if first.hasPrefix(".") {
      if words.count == 1 { return .command }
      return command(String(first.dropFirst()), words.dropFirst())
    }
    return call(words)
  }

  private static func command(_ name: String, _ words: ArraySlice<String>) -> Place {
    let options = Command.named(name)?.options ?? []
    var words = words
    while let word = words.first, word.hasPrefix("-"), !options.isEmpty,
      word != "--" || words.count == 1
    {
      if words.count == 1 { return word.contains("=") ? .commandArgument(name) : .option(name) }
      let takesValue = options.first { $0.name == word }?.value.isEmpty == false
      if takesValue, words.count == 2 { return .optionValue(command: name, option: word) }
      words = words.dropFirst(takesValue ? 2 : 1)
    }
    if words.first == "--", words.count > 1 { words = words.dropFirst() }
    guard Command.named(name)?.argument == .call else {
      return hasOperator(words.dropLast()) ? .output : .commandArgument(name)
    }
    if let last = words.lastIndex(of: ";"), last < words.endIndex - 1 {
      words = words[(last + 1)...]
    }
    if words.count > 1, words.first == ".notify" { words = words.dropFirst() }
    return call(words)
  }

  private static func call(_ words: ArraySlice<String>) -> Place {
    if words.count <= 1 { return .method }
    if hasOperator(words.dropLast()) { return .output }
    let arguments = words.dropFirst().dropLast()
    var given: Set<String> = []
    var place = 0
    for argument in arguments {
      // Base64 ends in "=" or "==", so a word with nothing behind is no name.
      let cursor = Cursor(argument)
      if let (name, _, start) = cursor.argumentName(),
        !["", "="].contains(cursor.text(start..<cursor.end))
      {
        given.insert(cursor.text(name))
      } else {
        place += 1
      }
    }
    return .argument(method: unquoted(words.first ?? ""), place: place, given: given)
  }

  private static func hasOperator(_ words: ArraySlice<String>) -> Bool {
    words.contains { ["|", ">", ">>"].contains($0) }
  }

  private static func unquoted(_ word: String) -> String {
    word.hasPrefix("'") && word.hasSuffix("'") && word.count > 1
      ? String(word.dropFirst().dropLast()) : word
  }
}
