/// What the program's exit status says about non-interactive use.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// All went well.
  case ok = 0
  /// An error reply, in whatever HTTP status, or a tool's result that says it failed (`isError`).
  case errorReply = 1
  /// The command line, or a line of the script, makes no sense, or output can't be written.
  case usage = 2
  /// The target could not be talked to, timeouts included.
  case unreachable = 3
  /// The server refused the credentials.
  case refused = 4
  /// A reply was malformed, or no JSON-RPC.
  case malformed = 5
  /// A replay differed.
  case differed = 6
  /// The user interrupted.
  case interrupted = 130

  /// Of several outcomes, the one that the program's status tells.
  public static let precedence: [ExitStatus] = [
    .interrupted, .usage, .unreachable, .refused, .malformed, .differed, .errorReply, .ok,
  ]

  /// The weightier of two.
  public func combined(with other: ExitStatus) -> ExitStatus {
    Self.precedence.first { $0 == self || $0 == other } ?? self
  }
}
