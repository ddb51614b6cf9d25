/// How each role looks: the parameters of an SGR sequence, empty for nothing special.
///
/// Only the sixteen basic colours are used, which the user's terminal maps to what is readable on
/// its own background.
public struct Theme: Sendable {
  /// By the role's number: a dictionary is slow to begin with, which a short run feels.
  private var codes = [String](repeating: "", count: Role.allCases.count)

  /// A theme of those SGR parameters; roles left out look plain.
  public init(_ codes: KeyValuePairs<Role, String>) {
    for (role, code) in codes { self[role] = code }
  }

  /// The SGR parameters of a role.
  public subscript(role: Role) -> String {
    get { codes[role.rawValue] }
    set { codes[role.rawValue] = newValue }
  }

  /// Readable on light and on dark backgrounds: no yellow, white or black letters.
  public static let standard = Theme([
    .prompt: "1",
    .promptTarget: "1;34",
    .continuation: "90",
    .method: "1",
    .command: "1;35",
    .option: "35",
    .key: "34",
    .string: "32",
    .number: "36",
    .literal: "35",
    .operator: "1;35",
    .variable: "36",
    .error: "1;31",
    .warning: "1;33",
    .note: "36",
    .success: "32",
    .dim: "90",
    .hint: "90",
    .heading: "1",
    .strong: "1",
    .outgoing: "1;34",
    .incoming: "1;32",
    .serverText: "90",
    .type: "36",
    .match: "7",
  ])
}
