/// Lays completion candidates out under the line: in columns, or one a row with annotations.
enum CandidateList {
  /// At most so many rows, each within the columns; what does not fit is counted in the last.
  static func rows(_ candidates: [Candidate], in size: TerminalSize) -> [StyledText] {
    page(candidates, in: size).rows
  }

  /// The rows, and how many of the candidates they show.
  static func page(_ candidates: [Candidate], in size: TerminalSize) -> (
    rows: [StyledText], shown: Int
  ) {
    if candidates.isEmpty { return ([], 0) }
    return candidates.contains { !$0.annotation.isEmpty }
      ? annotated(candidates, size) : tabulated(candidates.map(\.display), size)
  }

  private static func annotated(
    _ candidates: [Candidate], _ size: TerminalSize
  ) -> ([StyledText], Int) {
    let shown = shownCount(candidates.count, rows: size.rows)
    let names = candidates.prefix(shown).map { SafeText.escape($0.display) }
    let widest = min(names.map { displayWidth($0) }.max() ?? 0, size.columns / 2)
    var rows = zip(names, candidates).map { name, candidate in
      var row = StyledText(name, .strong)
      if !candidate.annotation.isEmpty {
        row.append(String(repeating: " ", count: max(0, widest - displayWidth(name)) + 2))
        row.append(SafeText.escape(candidate.annotation), .dim)
      }
      return row.truncated(to: size.columns - 1)
    }
    if shown < candidates.count { rows.append(more(candidates.count - shown, size)) }
    return (rows, shown)
  }

  private static func tabulated(
    _ displays: [String], _ size: TerminalSize
  ) -> ([StyledText], Int) {
    let names = displays.map { StyledText(SafeText.escape($0)).truncated(to: size.columns - 1) }
    let widths = names.map(\.columns)
    let cell = (widths.max() ?? 0) + 2
    let perRow = max(1, (size.columns - 1 + 2) / cell)
    let needed = (names.count + perRow - 1) / perRow
    let isCut = needed > size.rows
    let height = isCut ? max(1, size.rows - 1) : needed
    let shown = isCut ? min(names.count, height * perRow) : names.count
    var rows = (0..<height).map { row in
      var line = StyledText()
      // Down first, as `ls` does: neighbours in the order stand under each other.
      for index in stride(from: row, to: shown, by: height) {
        if !line.isEmpty {
          line.append(String(repeating: " ", count: cell - widths[index - height]))
        }
        line.append(names[index])
      }
      return line
    }
    if shown < names.count { rows.append(more(names.count - shown, size)) }
    return (rows, shown)
  }

  private static func shownCount(_ count: Int, rows: Int) -> Int {
    count <= rows ? count : max(1, rows - 1)
  }

  private static func more(_ count: Int, _ size: TerminalSize) -> StyledText {
    let text = StyledText("… \(count) more (Tab)", .dim)
    return text.columns < size.columns ? text : StyledText("… \(count) more", .dim)
  }
}
