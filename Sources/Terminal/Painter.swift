/// Makes terminal output that turns one frame into the next: rewrites only the rows that differ.
///
/// It knows what stands on the screen from what it wrote; `forget` after anything else wrote.
struct Painter: Sendable {
  private var shown: [Row] = []
  private var cursorRow = 0
  private var cursorColumn = 0
  var renderer: Renderer

  init(_ renderer: Renderer) { self.renderer = renderer }

  /// Whether nothing of ours is on the screen.
  var isBlank: Bool { shown.isEmpty }

  /// The output that shows a frame where the last one stood, or at the cursor if there is none.
  mutating func paint(_ frame: Frame, columns: Int) -> String {
    if frame.rows == shown {
      if (cursorRow, cursorColumn) == (frame.cursorRow, frame.cursorColumn) { return "" }
      let output = move(up: cursorRow - frame.cursorRow) + column(frame.cursorColumn)
      (cursorRow, cursorColumn) = (frame.cursorRow, frame.cursorColumn)
      return output
    }
    var output = "\u{1b}[?25l" + move(up: cursorRow) + "\r"
    for (index, row) in frame.rows.enumerated() {
      if index > 0 { output += "\r\n" }
      if index < shown.count, shown[index] == row { continue }
      output += renderer.render(row.text)
      // A full row leaves the cursor on its last cell, which erasing would take.
      if row.width < columns, index < shown.count { output += "\u{1b}[K" }
    }
    if shown.count > frame.rows.count { output += "\r\n\u{1b}[J\u{1b}[A" }
    output += move(up: frame.rows.count - 1 - frame.cursorRow) + column(frame.cursorColumn)
    output += "\u{1b}[?25h"
    shown = frame.rows
    (cursorRow, cursorColumn) = (frame.cursorRow, frame.cursorColumn)
    return output
  }

  /// The output that takes our rows off the screen and leaves the cursor where they began.
  mutating func erase() -> String {
    if shown.isEmpty { return "" }
    let output = move(up: cursorRow) + "\r\u{1b}[J"
    forget()
    return output
  }

  /// The output that puts the cursor on a fresh line under our rows, which stay.
  mutating func leave() -> String {
    if shown.isEmpty { return "" }
    let output = move(up: cursorRow - (shown.count - 1)) + "\r\n"
    forget()
    return output
  }

  /// The output that takes our rows off after the terminal became so wide.
  ///
  /// Terminals break rows that are too long now, so the rows above the cursor may have become more.
  mutating func eraseResized(columns: Int) -> String {
    if shown.isEmpty { return "" }
    let broken = shown[..<cursorRow].reduce(0) { $0 + max(1, ($1.width + columns - 1) / columns) }
    cursorRow = broken + cursorColumn / columns
    return erase()
  }

  /// Nothing of ours is on the screen any more.
  mutating func forget() { (shown, cursorRow, cursorColumn) = ([], 0, 0) }

  private func move(up rows: Int) -> String {
    rows == 0 ? "" : rows > 0 ? "\u{1b}[\(rows)A" : "\u{1b}[\(-rows)B"
  }

  private func column(_ column: Int) -> String {
    column == 0 ? "\r" : "\r\u{1b}[\(column)C"
  }
}
