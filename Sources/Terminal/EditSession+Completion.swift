/// Tab: completes what is certain, and lists what is not.
extension EditSession {
  func complete(_ text: String, _ cursor: Int) {
    if !unlisted.isEmpty {
      (listed, unlisted) = (unlisted, [])
      return
    }
    if let listing, listing.hasDocs { return listAgain(listing) }
    let completion = hooks.complete(text, cursor)
    let range = completion.replaced
    guard !completion.candidates.isEmpty, range.lowerBound >= 0, range.upperBound <= text.utf8.count
    else {
      if completion.note.isEmpty { write("\u{7}") } else { explanation = completion.note }
      return
    }
    if completion.candidates.count == 1 {
      accept(completion.candidates[0].text, suffix: completion.suffix, text, range)
      return
    }
    let common = completion.common ?? Self.commonPrefix(completion.candidates.map(\.text))
    let present = LineText(text, cursor: cursor).part(range)
    if common != present, common.count >= present.count, !common.isEmpty {
      engine.replace(range, with: common)
    } else {
      listed = completion.candidates[...]
      listing = completion
    }
  }

  /// Lists what was listed before with what there is to say of each, or the other way round.
  private func listAgain(_ completion: Completion) {
    isExplaining.toggle()
    listed = (isExplaining ? completion.candidates.map(\.documented) : completion.candidates)[...]
    explanation = isExplaining ? completion.note : ""
  }

  /// Puts the only candidate in, and what follows it unless that stands there already.
  private func accept(_ candidate: String, suffix: String, _ text: String, _ range: Range<Int>) {
    let rest = text.utf8.dropFirst(range.upperBound)
    let isThere = !suffix.isEmpty && rest.starts(with: suffix.utf8)
    engine.replace(range, with: candidate + (isThere ? "" : suffix))
    if isThere { engine.moveCursor(to: engine.cursor + suffix.utf8.count) }
  }

  /// The candidates and what there is to say, in rows under the line.
  func listingRows(in room: TerminalSize) -> [StyledText] {
    let words = StyledText(SafeText.escape(explanation, .keepNewlines), .hint)
    let said = explanation.isEmpty ? [] : words.lines.flatMap { $0.wrapped(to: room.columns - 1) }
    let beyond = listing?.more ?? 0
    let reserved = min(said.count, room.rows / 2) + (beyond > 0 ? 1 : 0)
    let size = TerminalSize(columns: room.columns, rows: max(2, room.rows - reserved))
    let page = CandidateList.page(Array(listed), in: size)
    unlisted = listed.dropFirst(page.shown)
    var rows = page.rows
    if beyond > 0, unlisted.isEmpty, !listed.isEmpty {
      rows.append(StyledText("… \(beyond) more: typing on tells them apart", .dim))
    }
    return rows + said.prefix(max(1, room.rows - rows.count))
  }

  static func commonPrefix(_ texts: [String]) -> String {
    guard var prefix = texts.first?[...] else { return "" }
    for text in texts.dropFirst() {
      let common = zip(prefix, text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(common)
    }
    return String(prefix)
  }
}

extension Completion {
  /// Whether there is more to say than the list shows.
  var hasDocs: Bool { !note.isEmpty || candidates.contains { !$0.doc.isEmpty } }
}
