import Catalog
import LosslessJSON
import Recording
import Terminal

/// What of a line goes into the history: all but the secrets that it sets in a call template.
enum HistoryText {
  private static let mask = "<masked>"

  /// The line without them; those that are known already, the shell's mask takes out.
  static func kept(_ line: String) -> String {
    let text = line[...].trimmed
    guard text.hasPrefix(".template "), text != ".template off" else { return line }
    let hidden = TemplateCommand.secrets(in: String(text.dropFirst(".template".count)))
    var kept = line
    // The longest first, so that one that holds another goes whole.
    for secret in hidden.sorted(by: { $0.utf8.count > $1.utf8.count }) where !secret.isEmpty {
      kept = kept.split(separator: secret, omittingEmptySubsequences: false).joined(separator: mask)
    }
    return kept
  }

  /// Whether a text has what stands for a secret in the history.
  static func isMasked(_ text: String) -> Bool { text.firstRange(of: "<masked") != nil }
}

extension Interpreter {
  /// Puts a line into the history, its secrets masked in what is kept of it.
  func remember(_ line: String) {
    let kept = HistoryText.kept(line)
    history?.append(line, kept: mask.masked(kept))
  }
}
