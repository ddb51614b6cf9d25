extension StyledText {
  /// The text in rows of at most that many columns, broken at blanks where there are any.
  ///
  /// Newlines stay; the rows after the first begin with `indent` blanks, which count.
  public func wrapped(to columns: Int, indent: Int = 0) -> [StyledText] {
    lines.flatMap { $0.wrappedLine(to: max(1, columns), indent: indent) }
  }

  private func wrappedLine(to columns: Int, indent: Int) -> [StyledText] {
    let indent = min(indent, columns - 1)
    var rows: [StyledText] = []
    var row = StyledText()
    var used = 0
    func start() {
      rows.append(row.withoutBlanksAtEnd)
      row = StyledText(String(repeating: " ", count: indent))
      used = indent
    }
    for word in words {
      let width = word.columns
      if used + width > columns, used > (rows.isEmpty ? 0 : indent), !word.isBlank { start() }
      // Blanks at the end of a row are seen by nobody; a word wider than a row goes on in the next.
      if word.isBlank, used + width > columns { continue }
      for span in word.spans {
        for character in span.text {
          let next = displayWidth(character)
          if used + next > columns { start() }
          row.append(String(character), span.role)
          used += next
        }
      }
    }
    rows.append(row.withoutBlanksAtEnd)
    return rows
  }

  /// Runs of blanks and of anything else, in turn.
  private var words: [StyledText] {
    var words: [StyledText] = []
    var isBlank: Bool?
    for span in spans {
      for character in span.text {
        if isBlank != (character == " ") { words.append(StyledText()) }
        isBlank = character == " "
        words[words.count - 1].append(String(character), span.role)
      }
    }
    return words
  }

  private var isBlank: Bool { spans.first?.text.first == " " }

  private var withoutBlanksAtEnd: StyledText {
    var spans = spans
    while var last = spans.popLast() {
      while last.text.last == " " { last.text.removeLast() }
      if !last.text.isEmpty { return StyledText(spans + [last]) }
    }
    return StyledText()
  }
}
