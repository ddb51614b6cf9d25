/// Which rows of a tall input are shown: the cursor's among them, moving as little as it can.
struct Viewport: Sendable {
  private var top = 0

  /// The part of a frame that fits into so many rows.
  mutating func show(_ frame: Frame, height: Int) -> Frame {
    if frame.rows.count <= height {
      top = 0
      return frame
    }
    top = min(top, frame.cursorRow, frame.rows.count - height)
    top = max(top, frame.cursorRow - height + 1)
    return Frame(
      rows: Array(frame.rows[top..<top + height]), cursorRow: frame.cursorRow - top,
      cursorColumn: frame.cursorColumn)
  }

  /// Starts again at the top.
  mutating func reset() { top = 0 }
}
