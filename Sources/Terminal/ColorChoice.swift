#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When colours are used.
public enum ColorChoice: String, Sendable, CaseIterable {
  /// Where output is a terminal that can show them, and `NO_COLOR` is not set.
  case auto
  /// Everywhere.
  case always
  /// Nowhere.
  case never

  /// Decides for one output.
  ///
  /// A person's explicit choice wins over `NO_COLOR` (https://no-color.org), which counts when it
  /// is not empty, and over `TERM`.
  public func decide(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if let refusal = environment("NO_COLOR"), !refusal.isEmpty { return false }
      return isTerminal && !TerminalKind.isDumb(environment("TERM"))
    }
  }

  /// Decides for a descriptor of this process.
  public func decide(descriptor: Int32) -> Bool {
    decide(isTerminal: isatty(descriptor) == 1, environment: TerminalKind.environment)
  }
}

/// What the environment says about the terminal.
public enum TerminalKind {
  /// Whether that value of `TERM` names a terminal that can't move its cursor.
  public static func isDumb(_ term: String?) -> Bool {
    guard let term, !term.isEmpty else { return true }
    return term == "dumb" || term == "unknown" || term == "network"
  }

  /// Whether lines can be edited between two descriptors: both are a terminal.
  public static func canEdit(input: Int32, output: Int32) -> Bool {
    isatty(input) == 1 && isatty(output) == 1
  }

  /// A variable of this process's environment.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
