internal import CEditLine

/// How much fits on the terminal.
public struct TerminalSize: Sendable, Equatable {
  /// Characters in a row.
  public var columns: Int
  /// Rows.
  public var rows: Int

  /// That many columns and rows, at least one of each.
  public init(columns: Int, rows: Int) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
  }

  /// The size of the terminal behind a descriptor, else what `COLUMNS` and `LINES` say, else 80×24.
  public static func of(descriptor: Int32) -> TerminalSize {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if cel_window_size(descriptor, &columns, &rows) != 0 {
      return TerminalSize(columns: Int(columns), rows: Int(rows))
    }
    func number(_ name: String) -> Int? {
      TerminalKind.environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    return TerminalSize(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }
}
