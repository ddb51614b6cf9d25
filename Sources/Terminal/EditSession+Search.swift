/// Ctrl-R: an incremental search through the history, drawn in place of the prompt.
extension EditSession {
  func search() -> EditEngine.AfterKey {
    let draft = engine.text
    let place = engine.cursor
    var search = HistorySearch(entries: history.entries)
    needsPaint = true
    while let key = nextKey({ paint(view(of: search)) }) {
      needsPaint = true
      switch key {
      case .control("r"), .named(.up), .control("p"): search.older()
      case .control("s"), .named(.down), .control("n"): search.newer()
      case .character("\u{8}"), .character("\u{7f}"): search.rubOut()
      case .control("g"), .character("\u{1b}"):
        engine.replaceAll(with: draft)
        engine.moveCursor(to: place)
        return .goOn
      case .control("c"):
        finish(.interrupted)
        return .endLine
      case .character("\r"), .character("\n"):
        guard let match = search.match else { return .goOn }
        engine.replaceAll(with: match)
        return submit(match)
      case .character(let scalar) where scalar.value >= 0x20: search.type(String(scalar))
      case .paste(let text): search.type(text)
      default:
        take(search)
        // The key that ended the search does what it does anywhere.
        keys.putBack(key)
        return .goOn
      }
    }
    return .endLine
  }

  private func take(_ search: HistorySearch) {
    guard let match = search.match else { return }
    engine.replaceAll(with: match)
    if let range = search.range {
      engine.moveCursor(to: match.utf8.distance(from: match.startIndex, to: range.upperBound))
    }
  }

  private func view(of search: HistorySearch) -> EditorView {
    var view = EditorView(continuation: continuation)
    view.prompt = StyledText(search.hasFailed ? "(search: nothing) " : "(search) ", .dim)
    view.prompt.append(search.query, .strong)
    view.prompt.append(": ", .dim)
    guard let match = search.match, let range = search.range else { return view }
    view.text.append(String(match[..<range.lowerBound]))
    view.text.append(String(match[range]), .match)
    view.text.append(String(match[range.upperBound...]))
    view.cursor = match.utf8.distance(from: match.startIndex, to: range.lowerBound)
    return view
  }
}
