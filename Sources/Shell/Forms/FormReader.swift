import Terminal

/// Where a form is filled in: a person's terminal, or a test.
protocol FormReader {
  /// Shows lines above the next question.
  func show(_ text: StyledText)
  /// Reads the answer to one question.
  func read(_ prompt: StyledText, for field: FormField) async -> ReadOutcome
}

/// A terminal whose editor completes the field's values while it reads an answer.
struct TerminalFormReader: FormReader {
  let screen: Screen
  let editor: LineEditor
  /// The field that is asked for now, for the editor's hooks.
  let asked: Shared<FormField?>

  func show(_ text: StyledText) { screen.note(text) }

  func read(_ prompt: StyledText, for field: FormField) async -> ReadOutcome {
    asked.value = field
    defer { asked.value = nil }
    return await Blocking.run { [editor] in editor.readLine(prompt: prompt) }
  }
}

extension Interpreter {
  /// Where a person fills in forms; nil if nobody is there.
  var formReader: TerminalFormReader? {
    editor.map { TerminalFormReader(screen: screen, editor: $0, asked: askedField) }
  }
}

/// What the editor's hooks say while a form's field is read.
struct FieldHooks {
  let field: FormField

  /// The values to choose from; behind a comma the next one.
  func complete(_ line: String, cursor: Int) -> Completion {
    let bytes = Array(line.utf8.prefix(cursor))
    var start = 0
    if case .choices = field.kind, let comma = bytes.lastIndex(of: 0x2C) {
      start = bytes[(comma + 1)...].firstIndex { $0 != 0x20 } ?? bytes.count
    }
    let typed = String(decoding: bytes[start...], as: UTF8.self)
    let candidates = field.options.map { option in
      let word = FormField.word(option.value)
      // Who types the title is given the title.
      let isTitle = !typed.isEmpty && !word.hasPrefix(typed) && option.title.hasPrefix(typed)
      let (text, other) = isTitle ? (option.title, word) : (word, option.title)
      return Candidate(
        text, display: SafeText.escape(text),
        annotation: other == text ? "" : SafeText.escape(other))
    }
    // What can't be shown can be chosen by its number only.
    let safe = candidates.filter { $0.text.unicodeScalars.allSatisfy(SafeText.isSafe) }
    return Completion(
      replaced: start..<cursor, candidates: safe.filter { $0.text.hasPrefix(typed) }, suffix: "")
  }

  /// The value that Enter alone stands for.
  func hint(_ line: String) -> String {
    line.isEmpty ? field.default.map(FormField.word) ?? "" : ""
  }
}
