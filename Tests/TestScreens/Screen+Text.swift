extension Screen {
  /// The rows without blanks at their ends, down to the last that has anything.
  public var lines: [String] {
    var lines = cells.map(Self.text)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Everything that was ever shown and scrolled, and what is shown now.
  public var everything: [String] { scrolledOut + lines }

  /// `everything` as one text.
  public var text: String { everything.joined(separator: "\n") }

  /// The cursor's row, counted from the first row ever shown.
  public var absoluteRow: Int { scrolledOut.count + row }

  /// The text on the cursor's row to the left of it, blanks kept.
  public var beforeCursor: String {
    cells[row].prefix(isWrapPending ? columns : column).map(\.text).joined()
  }

  /// The style of the first place where a text stands.
  public func style(of text: String) -> String? {
    for row in cells {
      for start in row.indices {
        let part = row[start...].prefix(text.count).map(\.text).joined()
        if part == text { return row[start].style }
      }
    }
    return nil
  }

  /// Whether anything that is shown has a style.
  public var hasStyles: Bool { cells.contains { $0.contains { $0.style != "" } } }

  static func text(_ row: [Cell]) -> String {
    var text = row.filter { !$0.isTail }.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }
}
