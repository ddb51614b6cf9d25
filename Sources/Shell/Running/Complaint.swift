public import Terminal

/// Something that went wrong, in words for a person: what, and what to do.
public struct Complaint: Error, Sendable, Equatable {
  /// What went wrong.
  public var message: String
  /// What to do, or empty.
  public var hint: String
  /// The exit status that it stands for.
  public var status: ExitStatus

  /// A complaint of those parts.
  public init(_ message: String, hint: String = "", status: ExitStatus = .usage) {
    self.message = message
    self.hint = hint
    self.status = status
  }

  /// The lines shown: `error: …` and `  hint: …`.
  public var text: StyledText {
    var text = StyledText("error: ", .error)
    text.append(SafeText.escape(message, .keepNewlines))
    if !hint.isEmpty { text.append("\n  hint: \(SafeText.escape(hint))", .hint) }
    return text
  }
}
