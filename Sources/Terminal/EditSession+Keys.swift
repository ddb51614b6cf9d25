/// What the keys do that we handle ourselves.
extension EditSession {
  /// Binds our keys, reads the user's file, and binds ours again, which it may have erased.
  func bindKeys(userFile: String?) {
    bindOurKeys()
    if userFile != "" {
      userSequences = UserBindings.sequences(file: userFile)
      engine.source(userFile)
      bindOurKeys()
    }
  }

  private func bindOurKeys() {
    for key in NamedKey.allCases {
      let code = String(Character(Unicode.Scalar(key.rawValue)))
      engine.bind(code)
      engine.bindInCommandMode(code)
    }
    let always = ["\t", "\r", "\n", "\u{4}", "\u{c}", "\u{e}", "\u{10}", "\u{12}"]
    for key in always {
      engine.bind(key)
      engine.bindInCommandMode(key)
    }
    for key in ["\u{8}", "\u{7f}", "\u{15}", "\u{16}", "\u{17}"] { engine.bind(key) }
    switch engine.mode {
    case .emacs:
      for key in ["\u{1}", "\u{2}", "\u{5}", "\u{6}", "\u{b}", "\u{19}"] { engine.bind(key) }
      for key in ["b", "f", "d", "p", "n", "x", "<", ">", "\u{7f}", "\u{8}"] {
        engine.bind("\u{1b}\(key)", withMeta: true)
      }
    case .vi:
      // These draw a prompt of their own, start a program or need libedit's own history; and `.`
      // replays keys of earlier lines, a `.` among them for ever.
      for key in ["j", "k", "+", "-", "/", "?", "G"] { engine.bindInCommandMode(key) }
      for key in ["n", "N", "J", "K", "_", ":", "v", "@", "#", "."] {
        engine.unbindInCommandMode(key)
      }
    }
  }

  func press(_ scalar: UInt32, withMeta: Bool) -> EditEngine.AfterKey {
    let action = withMeta ? KeyAction.withMeta[scalar] : KeyAction.plain[scalar]
    if action != .up && action != .down { goalColumn = nil }
    let killsBefore = lastKill
    lastKill = .none
    guard let action else { return .goOn }
    return perform(action, after: killsBefore)
  }

  private func perform(_ action: KeyAction, after kill: Direction) -> EditEngine.AfterKey {
    let text = engine.text
    let line = LineText(text, cursor: engine.cursor)
    switch action {
    case .enter: return enter(text)
    case .send: return submit(text)
    case .endOfFile: return endOfFile(line)
    case .complete: complete(text, line.cursor)
    case .search: return search()
    case .quote: quote()
    case .clearScreen:
      write("\u{1b}[H\u{1b}[2J")
      painter.forget()
    case .up: moveVertically(line, by: -1)
    case .down: moveVertically(line, by: 1)
    case .older: browse { $0.older() }
    case .newer: browse { $0.newer() }
    case .oldest: if let oldest = history.entries.first { engine.replaceAll(with: oldest) }
    case .left: engine.moveCursor(to: line.before)
    case .right: engine.moveCursor(to: line.after)
    case .home: engine.moveCursor(to: line.lineStart)
    case .end: engine.moveCursor(to: line.lineEnd)
    case .wordLeft: engine.moveCursor(to: line.wordStart)
    case .wordRight: engine.moveCursor(to: line.wordEnd)
    case .bufferStart: engine.moveCursor(to: 0)
    case .bufferEnd: engine.moveCursor(to: text.utf8.count)
    case .backspace: engine.replace(line.before..<line.cursor, with: "")
    case .delete: deleteForward(line)
    case .killToEnd: self.kill(line, line.cursor..<line.killEnd, .forward, after: kill)
    case .killToStart: self.kill(line, line.lineStart..<line.cursor, .backward, after: kill)
    case .killBlankWord: self.kill(line, line.blankWordStart..<line.cursor, .backward, after: kill)
    case .killWordLeft: self.kill(line, line.wordStart..<line.cursor, .backward, after: kill)
    case .killWordRight: self.kill(line, line.cursor..<line.wordEnd, .forward, after: kill)
    case .yank: engine.insert(killed)
    case .insertPaste:
      engine.insert(pasted)
      (pasted, browser) = ("", nil)
    case .nothing: break
    }
    return .goOn
  }

  private func enter(_ text: String) -> EditEngine.AfterKey {
    if !hooks.needsMore(text) { return submit(text) }
    engine.insert("\n")
    return .goOn
  }

  func submit(_ text: String) -> EditEngine.AfterKey {
    finish(.line(text))
    return .endLine
  }

  private func endOfFile(_ line: LineText) -> EditEngine.AfterKey {
    if line.text.isEmpty {
      finish(.endOfInput)
      return .endLine
    }
    deleteForward(line)
    return .goOn
  }

  private func deleteForward(_ line: LineText) {
    if line.after > line.cursor { engine.replace(line.cursor..<line.after, with: "") }
  }

  /// Takes a part of the text out and keeps it for Ctrl-Y, together with one killed just before.
  private func kill(
    _ line: LineText, _ range: Range<Int>, _ direction: Direction, after last: Direction
  ) {
    let part = line.part(range)
    if last == .none {
      killed = part
    } else {
      killed = direction == .forward ? killed + part : part + killed
    }
    lastKill = direction
    engine.replace(range, with: "")
  }

  private func moveVertically(_ line: LineText, by rows: Int) {
    let goal = goalColumn ?? line.column
    if let place = line.vertically(rows, column: goal) {
      engine.moveCursor(to: place)
      goalColumn = goal
    } else {
      goalColumn = nil
      browse { rows < 0 ? $0.older() : $0.newer() }
    }
  }

  private func browse(_ step: (inout HistoryBrowser) -> String?) {
    let text = engine.text
    var walk =
      browser.flatMap { $0.shown == text ? $0 : nil }
      ?? HistoryBrowser(entries: history.entries, draft: text)
    if let entry = step(&walk) { engine.replaceAll(with: entry) }
    browser = walk
  }

  /// Inserts the next key as it is, a control character even.
  private func quote() {
    switch nextKey({ paint(currentView()) }) {
    case .character(let scalar): engine.insert(String(Character(scalar)))
    case .paste(let text): engine.insert(text)
    default: break
    }
    needsPaint = true
  }
}
