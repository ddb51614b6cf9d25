/// What a piece of text means; the theme decides how it looks.
public enum Role: Int, Sendable, CaseIterable {
  /// Text without a meaning of its own.
  case plain
  /// The prompt's fixed characters.
  case prompt
  /// The target named in the prompt.
  case promptTarget
  /// The prompt of a continuation line.
  case continuation
  /// A method's name.
  case method
  /// A command such as `.help`.
  case command
  /// An option such as `--framing`.
  case option
  /// A member's name in an object, or a parameter's.
  case key
  /// A string value.
  case string
  /// A number.
  case number
  /// `true`, `false` and `null`.
  case literal
  /// Brackets, commas and colons.
  case punctuation
  /// `|`, `>`, `&` and their like.
  case `operator`
  /// A variable such as `$x`.
  case variable
  /// What went wrong.
  case error
  /// What is odd.
  case warning
  /// What is worth knowing.
  case note
  /// What went well.
  case success
  /// What matters less than its surroundings.
  case dim
  /// Ghost text that was not typed.
  case hint
  /// The title of a section or a table.
  case heading
  /// What matters more than its surroundings.
  case strong
  /// What we sent.
  case outgoing
  /// What the server sent.
  case incoming
  /// Text that a server wrote outside the protocol, such as stderr.
  case serverText
  /// A JSON type or a parameter's type.
  case type
  /// The part of a text that a search found, and the chosen one of several.
  case match
}
