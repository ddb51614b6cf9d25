/// How reading a line ended.
public enum ReadOutcome: Sendable, Equatable {
  /// A whole statement, of one line or several, without the last newline.
  case line(String)
  /// Ctrl-C: what had been typed is given up.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the file.
  case endOfInput
}
