/// An incremental search through the history, as Ctrl-R does it.
struct HistorySearch: Sendable {
  private let entries: [String]
  private var index: Int
  private(set) var query = ""
  /// Whether the last step found nothing; what it found before stays.
  private(set) var hasFailed = false

  init(entries: [String]) {
    self.entries = entries
    index = entries.count
  }

  /// The entry that was found; nil before anything was.
  var match: String? { index < entries.count ? entries[index] : nil }

  /// Where the query stands in the match.
  var range: Range<String.Index>? { match.flatMap { Self.find(query, in: $0) } }

  /// Adds to the query, staying at an entry that still fits.
  mutating func type(_ text: String) {
    query += text
    step(from: min(index, entries.count - 1), by: -1)
  }

  /// Takes the last character of the query back and searches anew.
  mutating func rubOut() {
    if query.isEmpty { return }
    query.removeLast()
    index = entries.count
    hasFailed = false
    if !query.isEmpty { step(from: entries.count - 1, by: -1) }
  }

  /// Looks for an older entry, one that differs.
  mutating func older() { step(from: index - 1, by: -1) }

  /// Looks for a newer entry.
  mutating func newer() { step(from: index + 1, by: 1) }

  private mutating func step(from start: Int, by stride: Int) {
    if query.isEmpty { return }
    let current = start == index ? nil : match
    var next = start
    while entries.indices.contains(next) {
      if entries[next] != current, Self.find(query, in: entries[next]) != nil {
        index = next
        hasFailed = false
        return
      }
      next += stride
    }
    hasFailed = true
  }

  /// Finds a query; one without capitals matches capitals too.
  static func find(_ query: String, in text: String) -> Range<String.Index>? {
    if query.isEmpty { return nil }
    let ignoresCase = !query.contains(where: \.isUppercase)
    func same(_ left: Character, _ right: Character) -> Bool {
      left == right || (ignoresCase && left.lowercased() == right.lowercased())
    }
    var start = text.startIndex
    while start < text.endIndex {
      var position = start
      var wanted = query.startIndex
      while wanted < query.endIndex, position < text.endIndex, same(query[wanted], text[position]) {
        query.formIndex(after: &wanted)
        text.formIndex(after: &position)
      }
      if wanted == query.endIndex { return start..<position }
      text.formIndex(after: &start)
    }
    return nil
  }
}
