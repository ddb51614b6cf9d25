public import Terminal

/// Rows of cells in columns, fitted to the width of the screen.
public struct Table: Sendable {
  /// How a column stands.
  public struct Column: Sendable {
    /// The heading, or empty.
    public var heading: String
    /// Whether its cells stand at the right, as numbers do.
    public var isRight: Bool
    /// Whether it gives way when the screen is narrow: its cells are cut.
    public var isFlexible: Bool

    /// A column.
    public init(_ heading: String, isRight: Bool = false, isFlexible: Bool = false) {
      self.heading = heading
      self.isRight = isRight
      self.isFlexible = isFlexible
    }
  }

  private let columns: [Column]
  private var rows: [[StyledText]] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; missing cells at its end are empty.
  public mutating func add(_ cells: [StyledText]) { rows.append(cells) }

  /// Whether there are no rows.
  public var isEmpty: Bool { rows.isEmpty }

  /// The lines, headings first unless all are empty.
  public func lines(width: Int) -> [StyledText] {
    let widths = fitted(to: width)
    var lines: [StyledText] = []
    if columns.contains(where: { !$0.heading.isEmpty }) {
      lines.append(line(columns.map { StyledText($0.heading, .heading) }, widths))
    }
    return lines + rows.map { line($0, widths) }
  }

  /// The width of each column: as wide as its cells, then the flexible ones share what is missing.
  private func fitted(to width: Int) -> [Int] {
    var widths = columns.map { displayWidth($0.heading) }
    for row in rows {
      for (place, cell) in row.enumerated().prefix(columns.count) {
        widths[place] = max(widths[place], cell.columns)
      }
    }
    var excess = widths.reduce(0, +) + 2 * max(0, columns.count - 1) - width
    while excess > 0 {
      let flexible = columns.indices.filter { columns[$0].isFlexible && widths[$0] > 8 }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      let cut = min(excess, max(1, widths[widest] - 8))
      let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? 8
      let step = min(cut, max(1, widths[widest] - next))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [StyledText], _ widths: [Int]) -> StyledText {
    var line = StyledText()
    for (place, width) in widths.enumerated() {
      let cell = place < cells.count ? cells[place].truncated(to: width) : StyledText()
      let padding = String(repeating: " ", count: max(0, width - cell.columns))
      let isLast = place == widths.count - 1
      if columns[place].isRight { line.append(padding) }
      line.append(cell)
      if !columns[place].isRight, !isLast { line.append(padding) }
      if !isLast { line.append("  ") }
    }
    return line
  }
}
