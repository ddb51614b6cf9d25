import LosslessJSON
import Terminal

/// The colours that the shell shows JSON in, and its way with text that is not safe to show.
enum Colours {
  static let paint = JSONPaint(
    [
      .key: wrapping(.key), .string: wrapping(.string), .number: wrapping(.number),
      .literal: wrapping(.literal),
    ],
    cleaning: { SafeText.escapedIfNeeded($0) },
    cleanCount: { SafeText.safeCount($0, [.text, .keepReturns]) })

  private static func wrapping(_ role: Role) -> JSONPaint.Wrapping {
    JSONPaint.Wrapping(
      before: "\u{1b}[\(Theme.standard[role])m".utf8, after: "\u{1b}[0m".utf8)
  }
}
