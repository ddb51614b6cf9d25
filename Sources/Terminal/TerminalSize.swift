#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
      return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
    func number(_ name: String) -> Int? {
      TerminalKind.environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    return TerminalSize(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }
}
