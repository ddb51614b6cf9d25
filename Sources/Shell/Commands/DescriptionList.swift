import Terminal

/// Terms with what there is to say of them: side by side where there is room, the words broken
/// into rows, else the words below their term.
struct DescriptionList: Sendable {
  private var rows: [(cells: [StyledText], text: StyledText)] = []

  /// A list without entries.
  init() {}

  /// Adds an entry: short cells that stand in columns, then words.
  mutating func add(_ cells: [StyledText], _ text: StyledText) {
    rows.append((cells, text))
  }

  /// The lines, none wider than `width`.
  func lines(width: Int) -> [StyledText] {
    var widths: [Int] = []
    for row in rows {
      for (place, cell) in row.cells.enumerated() {
        if place == widths.count { widths.append(0) }
        widths[place] = max(widths[place], cell.columns)
      }
    }
    let left = widths.reduce(0) { $0 + $1 + 2 }
    let isSideBySide = width - left >= min(Self.leastWords, longestText)
    return rows.flatMap {
      isSideBySide ? side($0, widths, left, width) : stacked($0, width)
    }
  }

  /// Words in fewer columns are hard to read.
  private static let leastWords = 30

  private var longestText: Int { rows.map(\.text.columns).max() ?? 0 }

  private func side(
    _ row: (cells: [StyledText], text: StyledText), _ widths: [Int], _ left: Int, _ width: Int
  ) -> [StyledText] {
    var start = StyledText()
    let last = row.text.isEmpty ? row.cells.lastIndex { !$0.isEmpty } : nil
    for (place, columns) in widths.enumerated() {
      let cell = place < row.cells.count ? row.cells[place] : StyledText()
      start += cell
      if place == last { break }
      start.append(String(repeating: " ", count: columns - cell.columns + 2))
    }
    let words = row.text.wrapped(to: max(1, width - left))
    return words.enumerated().map { place, words in
      place == 0 ? start + words : StyledText(String(repeating: " ", count: left)) + words
    }
  }

  private func stacked(
    _ row: (cells: [StyledText], text: StyledText), _ width: Int
  ) -> [StyledText] {
    var term = StyledText()
    for cell in row.cells where !cell.isEmpty {
      if !term.isEmpty { term.append("  ") }
      term += cell
    }
    let indent = row.cells.first.map { $0.plain.prefix { $0 == " " }.count } ?? 0
    var lines = term.wrapped(to: width, indent: indent + 4)
    if !row.text.isEmpty {
      let margin = StyledText(String(repeating: " ", count: min(indent + 4, width - 1)))
      lines += row.text.wrapped(to: max(1, width - indent - 4)).map { margin + $0 }
    }
    return lines
  }
}
