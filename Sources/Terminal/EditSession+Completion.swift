/// Tab: completes what is certain, and lists what is not.
extension EditSession {
  func complete(_ text: String, _ cursor: Int) {
    if !unlisted.isEmpty {
      (listed, unlisted) = (unlisted, [])
      return
    }
    let completion = hooks.complete(text, cursor)
    let range = completion.replaced
    guard !completion.candidates.isEmpty, range.lowerBound >= 0, range.upperBound <= text.utf8.count
    else {
      write("\u{7}")
      return
    }
    if completion.candidates.count == 1 {
      accept(completion.candidates[0].text, suffix: completion.suffix, text, range)
      return
    }
    let common = Self.commonPrefix(completion.candidates.map(\.text))
    let present = LineText(text, cursor: cursor).part(range)
    if common != present, common.count >= present.count, !common.isEmpty {
      engine.replace(range, with: common)
    } else {
      listed = completion.candidates[...]
    }
  }

  /// Puts the only candidate in, and what follows it unless that stands there already.
  private func accept(_ candidate: String, suffix: String, _ text: String, _ range: Range<Int>) {
    let rest = text.utf8.dropFirst(range.upperBound)
    let isThere = !suffix.isEmpty && rest.starts(with: suffix.utf8)
    engine.replace(range, with: candidate + (isThere ? "" : suffix))
    if isThere { engine.moveCursor(to: engine.cursor + suffix.utf8.count) }
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
