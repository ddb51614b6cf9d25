/// Lays an editor's state out in rows of a terminal.
struct FrameLayout {
  private let size: TerminalSize
  private var rows: [Row] = []
  /// The row that is being filled, and its last run before it is added there.
  private var row = Row()
  private var run = ""
  private var runRole = Role.plain
  private var cursor: (row: Int, column: Int)?

  private init(_ size: TerminalSize) { self.size = size }

  /// The rows for that state, as many as it takes.
  static func lay(out view: EditorView, in size: TerminalSize) -> Frame {
    var layout = FrameLayout(size)
    if let above = view.above {
      layout.put(above.truncated(to: size.columns - 1))
      layout.wrap()
    }
    layout.put(view.prompt)
    layout.put(view)
    if layout.row.width == size.columns, layout.cursor == nil { layout.wrap() }
    let cursor = layout.cursor ?? (layout.rows.count, layout.row.width)
    layout.putHint(view.hint)
    for line in view.below {
      layout.wrap()
      layout.put(line)
    }
    layout.wrap()
    return Frame(rows: layout.rows, cursorRow: cursor.row, cursorColumn: cursor.column)
  }

  private mutating func wrap() {
    flush()
    rows.append(row)
    row = Row()
  }

  private mutating func flush() {
    row.text.append(run, runRole)
    run = ""
  }

  private mutating func put(_ text: StyledText) {
    for span in text.spans {
      for character in span.text { put(character, span.role) }
    }
  }

  /// Puts the edited text, remembering where the cursor comes to stand.
  private mutating func put(_ view: EditorView) {
    let plain = view.text.plain
    var offset = 0
    var spans = view.text.spans[...]
    var spanEnd = spans.first?.text.utf8.count ?? 0
    for character in plain {
      let length = character.utf8.count
      while offset >= spanEnd, spans.count > 1 {
        spans.removeFirst()
        spanEnd += spans.first!.text.utf8.count
      }
      let reached = cursor == nil && view.cursor < offset + length
      if character == "\n" || character == "\r\n" {
        if reached { markCursor(width: 1) }
        wrap()
        put(view.continuation)
      } else {
        put(character, spans.first?.role ?? .plain, isCursorHere: reached)
      }
      offset += length
    }
  }

  private mutating func put(_ character: Character, _ role: Role, isCursorHere: Bool = false) {
    if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7f {
      if isCursorHere { markCursor(width: 1) }
      putCell(String(character), 1, role)
    } else if character == "\t" {
      let stop = 8 - row.width % 8
      if isCursorHere { markCursor(width: 1) }
      for _ in 0..<max(1, min(stop, size.columns - row.width)) { putCell(" ", 1, role) }
    } else if character.isSafeToShow {
      let width = displayWidth(character)
      if isCursorHere { markCursor(width: max(1, width)) }
      putCell(String(character), width, role)
    } else {
      if isCursorHere { markCursor(width: 1) }
      for letter in SafeText.escape(String(character)) { putCell(String(letter), 1, .warning) }
    }
  }

  private mutating func putCell(_ text: String, _ width: Int, _ role: Role) {
    if row.width + width > size.columns { wrap() }
    if role != runRole {
      flush()
      runRole = role
    }
    run += text
    row.width += width
  }

  /// The cursor stands where a character of that width comes next.
  private mutating func markCursor(width: Int) {
    if row.width + width > size.columns { wrap() }
    cursor = (rows.count, row.width)
  }

  /// The hint takes what is left of the last row, so it never makes the prompt jump.
  private mutating func putHint(_ hint: String) {
    let room = size.columns - row.width
    let line = hint.prefix { !$0.isNewline }
    if line.isEmpty || room < 2 { return }
    put(StyledText(SafeText.escape(String(line)), .hint).truncated(to: room - 1))
  }
}

extension Character {
  /// Whether a terminal can be given it as it is.
  var isSafeToShow: Bool {
    if let ascii = asciiValue { return ascii >= 0x20 && ascii < 0x7f }
    let scalars = unicodeScalars
    if scalars.count == 1 { return SafeText.isSafe(scalars.first!) }
    let text = String(self)
    return SafeText.escape(text) == text
  }
}

extension StyledText {
  /// The text if it fits, else as much of it as does, with an ellipsis.
  public func truncated(to columns: Int) -> StyledText {
    if self.columns <= columns { return self }
    if columns < 1 { return StyledText() }
    var result = StyledText()
    var width = 0
    for span in spans {
      for character in span.text {
        let next = displayWidth(character)
        if width + next > columns - 1 {
          result.append("…", span.role)
          return result
        }
        width += next
        result.append(String(character), span.role)
      }
    }
    return result
  }
}
