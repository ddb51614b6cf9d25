/// Why bytes could not go or come. A closed set; texts for people are made elsewhere.
public enum WireError: Error, Sendable, Equatable {
  /// The target's text is not one (an unknown scheme, a missing port, an unclosed quote).
  case badTarget(String)
  /// The host's name could not be resolved.
  case unknownHost(String)
  /// Nothing listens there, or it can't be reached; `errno` of the system.
  case connectFailed(peer: String, errno: Int32)
  /// The connection did not stand in time.
  case connectTimedOut(peer: String, after: Duration)
  /// No whole reply came in time.
  case timedOut(after: Duration)
  /// TLS failed; libcurl's code and words.
  case tls(code: Int32, message: String)
  /// libcurl failed in another way; its code and words.
  case curl(code: Int32, message: String)
  /// The child's program was not found, or may not be run; `errno` of the system.
  case spawnFailed(program: String, errno: Int32)
  /// Reading or writing failed; `errno` of the system.
  case ioFailed(operation: String, errno: Int32)
  /// The channel ended before the send was over.
  case closed(CloseSummary)
  /// A message or body larger than the limit, in bytes.
  case tooLarge(limit: Int)
  /// The body ended before its announced length.
  case truncatedBody(message: String)
  /// The content coding could not be undone.
  case badEncoding(message: String)
  /// This transport can't do what was asked; in words.
  case unsupported(String)
  /// A library is missing; its name and the package that brings it.
  case missingLibrary(name: String, package: String)
  /// A file named in the options (a certificate, a key, a `.netrc`) can't be used; in words.
  case badFile(path: String, message: String)
  /// The caller cancelled.
  case cancelled

  /// How the channel ended, inside `closed`.
  public enum CloseSummary: Sendable, Equatable {
    /// The owner closed it.
    case asked
    /// The peer closed it.
    case byPeer
    /// The child exited with that status.
    case exited(Int32)
    /// The child was ended by that signal.
    case signalled(Int32)
    /// Reading, writing or connecting failed; `errno` of the system.
    case failed(errno: Int32)
  }
}
