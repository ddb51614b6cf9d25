extension Screen {
  /// Changes the size as terminals do that break long rows anew.
  public mutating func resize(columns new: Int, rows newHeight: Int? = nil) {
    var rows: [[Cell]] = []
    var cursor = (row: 0, column: column)
    for (index, line) in cells.enumerated() {
      let used = (line.lastIndex { $0 != Cell() } ?? -1) + 1
      if index == row { cursor = (rows.count + column / new, column % new) }
      var rest = Array(line.prefix(used))[...]
      repeat {
        let part = Array(rest.prefix(new))
        rows.append(part + Self.blankRow(new - part.count))
        rest = rest.dropFirst(new)
      } while !rest.isEmpty
    }
    height = newHeight ?? height
    while rows.count > height, cursor.row < rows.count - 1, rows.last == Self.blankRow(new) {
      rows.removeLast()
    }
    let surplus = max(0, rows.count - height)
    scrolledOut += rows.prefix(surplus).map(Self.text)
    cells = Array(rows.dropFirst(surplus))
    while cells.count < height { cells.append(Self.blankRow(new)) }
    (columns, row, column) = (new, max(0, cursor.row - surplus), cursor.column)
  }
}
