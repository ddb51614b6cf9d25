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
    /// Whether it is left out where the screen is too narrow for all; the last such one goes first.
    public var isOptional: Bool

    /// A column.
    public init(
      _ heading: String, isRight: Bool = false, isFlexible: Bool = false, isOptional: Bool = false
    ) {
      self.heading = heading
      self.isRight = isRight
      self.isFlexible = isFlexible
      self.isOptional = isOptional
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

  /// The lines, headings first unless all are empty, none wider than `width`.
  public func lines(width: Int) -> [StyledText] {
    let widths = fitted(to: width)
    var lines: [StyledText] = []
    if columns.contains(where: { !$0.heading.isEmpty }) {
      lines.append(line(columns.map { StyledText($0.heading, .heading) }, widths))
    }
    return (lines + rows.map { line($0, widths) }).map { $0.truncated(to: width) }
  }

  /// A flexible column keeps so many columns as long as another way is left.
  private static let floor = 8

  /// The columns that are shown: optional ones go while the others do not fit at their narrowest.
  private func shown(_ widths: [Int], in width: Int) -> [Int] {
    var shown = Array(columns.indices)
    while let last = shown.last(where: { columns[$0].isOptional }) {
      let least = shown.reduce(0) { sum, place in
        sum + (columns[place].isFlexible ? min(Self.floor, widths[place]) : widths[place])
      }
      if least + 2 * (shown.count - 1) <= width { break }
      shown.removeAll { $0 == last }
    }
    return shown
  }

  /// The shown columns with their widths: as wide as their cells, then the flexible ones share what
  /// is missing.
  private func fitted(to width: Int) -> [(place: Int, width: Int)] {
    var widths = columns.map { displayWidth($0.heading) }
    for row in rows {
      for (place, cell) in row.enumerated().prefix(columns.count) {
        widths[place] = max(widths[place], cell.columns)
      }
    }
    let shown = shown(widths, in: width)
    var excess = shown.reduce(0) { $0 + widths[$1] } + 2 * max(0, shown.count - 1) - width
    // What is narrower than the floor can't be read any more, and is better than nothing.
    for floor in [Self.floor, 3] {
      while excess > 0 {
        let flexible = shown.filter { columns[$0].isFlexible && widths[$0] > floor }
        guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
        let cut = min(excess, widths[widest] - floor)
        let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? floor
        let step = min(cut, max(1, widths[widest] - next))
        widths[widest] -= step
        excess -= step
      }
    }
    return shown.map { ($0, widths[$0]) }
  }

  private func line(
    _ cells: [StyledText], _ widths: [(place: Int, width: Int)]
  ) -> StyledText {
    // Empty cells at the end take no blanks.
    let end = widths.lastIndex { $0.place < cells.count && !cells[$0.place].isEmpty } ?? -1
    var line = StyledText()
    for (index, (place, width)) in widths.prefix(end + 1).enumerated() {
      let cell = place < cells.count ? cells[place].truncated(to: width) : StyledText()
      let padding = String(repeating: " ", count: max(0, width - cell.columns))
      if columns[place].isRight { line.append(padding) }
      line.append(cell)
      if index == end { break }
      if !columns[place].isRight { line.append(padding) }
      line.append("  ")
    }
    return line
  }
}
