#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the keys do where nothing is redrawn: all of it happens at the end of the text.
extension PlainSession {
  func press(_ key: Key) {
    if key != .control("r") { search = nil }
    if key != .character("\t") { listing = nil }
    switch key {
    case .control("c"): finish(.interrupted)
    // The terminal sends no signals now; all who share it are told, as it would have done.
    case .control("z"): if Signals.shared.hasStarted { kill(0, SIGTSTP) }
    case .control("\\"): if Signals.shared.hasStarted { kill(0, SIGQUIT) }
    case .control("d"): text.isEmpty ? finish(.endOfInput) : ring()
    case .character("\r"), .character("\n"): enter()
    case .named(.altEnter): finish(.line(text))
    case .character("\t"), .named(.backTab): tab()
    case .character("\u{7f}"), .character("\u{8}"): rubOut()
    case .control("u"): cut { $0.lineStart }
    case .control("w"): cut { $0.blankWordStart }
    case .meta("\u{7f}"), .meta("\u{8}"): cut { $0.wordStart }
    case .control("y"): text += killed
    case .control("l"): show([])
    case .named(.up), .named(.pageUp), .control("p"): browse { $0.older() }
    case .named(.down), .named(.pageDown), .control("n"): browse { $0.newer() }
    case .control("r"): searchBack()
    case .paste(let pasted): text += pasted
    case .character(let scalar) where scalar.value >= 0x20: text.unicodeScalars.append(scalar)
    // There is no way to show a cursor within the text, and no sequence is text.
    case .character("\u{1b}"): break
    case .character, .named, .meta, .unknown: ring()
    }
  }

  private func rubOut() {
    if text.isEmpty { ring() } else { text.removeLast() }
  }

  private func enter() {
    if !hooks.needsMore(text) { return finish(.line(text)) }
    text += "\n"
  }

  /// Takes the end of the text away, from a place on.
  private func cut(from start: (LineText) -> Int) {
    let line = LineText(text, cursor: text.utf8.count)
    let start = start(line)
    if start == line.cursor { return ring() }
    killed = line.part(start..<line.cursor)
    text = line.part(0..<start)
  }

  private func browse(_ step: (inout HistoryBrowser) -> String?) {
    var walk =
      browser.flatMap { $0.shown == text ? $0 : nil }
      ?? HistoryBrowser(entries: history.entries, draft: text)
    let entry = step(&walk)
    browser = walk
    if let entry { replace(with: entry) } else { ring() }
  }

  /// Recalls the newest entry that contains the text, and with every further press an older one.
  private func searchBack() {
    if text.isEmpty {
      return show(["type a part of a line first: Ctrl-R then finds the newest with it"])
    }
    var walk = search ?? HistorySearch(entries: history.entries)
    if search == nil { walk.type(text) } else { walk.older() }
    search = walk
    if let match = walk.match, !walk.hasFailed { replace(with: match) } else { ring() }
  }

  // MARK: - Completion

  private func tab() {
    // Pasted text is indented so; there is nothing to complete before the first word of a line.
    if let newline = text.lastIndex(where: \.isNewline),
      text[newline...].allSatisfy(\.isWhitespace)
    {
      text += "\t"
      return
    }
    if let listing, listing.text == text, !listing.rest.isEmpty {
      return list(listing.rest, of: listing.whole)
    }
    if let whole = listing?.whole, listing?.text == text, whole.hasDocs {
      listing = nil
      return list(whole.candidates.map(\.documented)[...], of: nil, note: whole.note)
    }
    let completion = hooks.complete(text, text.utf8.count)
    let range = completion.replaced
    guard !completion.candidates.isEmpty, range.lowerBound >= 0, range.upperBound <= text.utf8.count
    else { return explain(completion.note) }
    let line = LineText(text, cursor: text.utf8.count)
    let before = line.part(0..<range.lowerBound)
    let present = line.part(range)
    if completion.candidates.count == 1 {
      let whole = before + completion.candidates[0].text + completion.suffix
      return whole == text ? explain(completion.note) : change(to: whole)
    }
    let common =
      completion.common ?? EditSession.commonPrefix(completion.candidates.map(\.text))
    if common != present, common.count >= present.count, !common.isEmpty {
      change(to: before + common)
    } else {
      list(completion.candidates[...], of: completion)
    }
  }

  private func change(to whole: String) {
    text = whole
    browser = nil
  }

  /// Nothing can be completed: says what may follow, if that is known.
  private func explain(_ note: String) {
    let hint = hooks.hint(text, text.utf8.count).drop { $0 == " " }
    let words = [String(hint)] + note.split(whereSeparator: \.isNewline).map(String.init)
    let told = words.filter { !$0.isEmpty }.map { SafeText.escape($0) }
    if told.isEmpty { ring() } else { show(told) }
  }

  /// Lists candidates a row each, as many as the screen takes.
  private func list(
    _ candidates: ArraySlice<Candidate>, of whole: Completion?, note: String = ""
  ) {
    let room = max(4, size.rows - 3)
    let shown = candidates.count <= room ? candidates : candidates.prefix(room)
    let rest = candidates.dropFirst(shown.count)
    var lines = shown.map { candidate in
      let note = SafeText.escape(candidate.annotation)
      return SafeText.escape(candidate.display) + (note.isEmpty ? "" : "  " + note)
    }
    if !rest.isEmpty { lines.append("… \(rest.count) more: Tab lists them") }
    if rest.isEmpty, let more = whole?.more, more > 0 {
      lines.append("… \(more) more: typing on tells them apart")
    }
    lines += note.split(whereSeparator: \.isNewline).map { SafeText.escape(String($0)) }
    show(lines)
    listing = Listing(text: text, rest: rest, whole: whole)
  }
}
