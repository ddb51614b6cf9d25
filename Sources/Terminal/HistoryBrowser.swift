/// A walk through the history from one draft: only entries that begin as the draft does.
struct HistoryBrowser: Sendable {
  private let entries: [String]
  private let draft: String
  private var index: Int
  /// What the walk showed last.
  private(set) var shown: String

  /// Begins at the newest entry's end, with what is being typed.
  init(entries: [String], draft: String) {
    self.entries = entries
    self.draft = draft
    index = entries.count
    shown = draft
  }

  /// The next older entry that fits and differs from what is shown; nil if there is none.
  mutating func older() -> String? {
    var next = index - 1
    while next >= 0 {
      if fits(entries[next]) {
        index = next
        shown = entries[next]
        return shown
      }
      next -= 1
    }
    return nil
  }

  /// The next newer entry that fits, the draft after the newest; nil if that is shown already.
  mutating func newer() -> String? {
    if index >= entries.count { return nil }
    var next = index + 1
    while next < entries.count, !fits(entries[next]) { next += 1 }
    index = next
    shown = next < entries.count ? entries[next] : draft
    return shown
  }

  private func fits(_ entry: String) -> Bool { entry != shown && entry.hasPrefix(draft) }
}
