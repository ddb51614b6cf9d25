public import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one place where transport errors become text and an exit status.
extension Complaint {
  /// Words for a transport error; the hints name options of the program where there is no shell.
  public init(_ error: WireError, target: String = "", isShell: Bool = true) {
    switch error {
    case .badTarget(let message):
      self.init(message, hint: "a target is a URL, unix:PATH, tcp:HOST:PORT or stdio:COMMAND")
    case .unsupported(let message): self.init(message)
    case .missingLibrary(let name, let package):
      self.init(
        "the library \(name) is missing, and HTTP needs it", hint: "install the package \(package)",
        status: .unreachable)
    case .badFile(let path, let message): self.init("\(path): \(message)")
    case .cancelled: self.init("cancelled", status: .interrupted)
    default: self = Self.unreachable(error, target, isShell)
    }
  }

  private static func unreachable(
    _ error: WireError, _ target: String, _ isShell: Bool
  ) -> Complaint {
    let (message, hint) = words(error, target)
    let ofProgram = isShell ? nil : programHint(error)
    return Complaint(
      message, hint: (ofProgram ?? hint) + httpHint(error, target), status: .unreachable)
  }

  /// A server of HTTP hangs up on what is none.
  private static func httpHint(_ error: WireError, _ target: String) -> String {
    guard case .closed(.byPeer) = error, target.hasPrefix("tcp:") else { return "" }
    return " a server of HTTP is http://\(target.dropFirst(4))/"
  }

  /// What to do on the command line, where that differs.
  private static func programHint(_ error: WireError) -> String? {
    switch error {
    case .timedOut: "-m 120 waits longer"
    case .tooLarge: "--max-size 1G takes more"
    case .connectFailed(_, ECONNREFUSED): "is the server running?"
    case .closed(.byPeer):
      "it may not understand the message; does it want another version (--jsonrpc 1.0) or --framing?"
    case .closed(.exited): "what it said, if anything, stands above"
    case .truncatedBody, .closed: ""
    default: nil
    }
  }

  private static func words(_ error: WireError, _ target: String) -> (String, String) {
    switch error {
    case .unknownHost(let host):
      return ("the host \(host) is not known", "check the spelling of the name")
    case .connectFailed(let peer, let code): return connectWords(peer, code)
    case .connectTimedOut(let peer, let after):
      return (
        "\(peer) did not accept a connection within \(seconds(after))",
        "is the port right, does TLS fit the scheme, or is a firewall in between?"
      )
    case .timedOut(let after):
      return ("no reply within \(seconds(after))", "`.set timeout 120` (or -m 120) waits longer")
    case .tls(_, let message): return ("TLS failed: \(message)", tlsHint(message))
    case .curl(_, let message):
      return error.isNotHTTP
        ? (
          "what answers there does not speak HTTP: \(message)",
          "a raw socket is tcp:HOST:PORT, TLS is https://"
        )
        : error.isMalformedHead
          ? (
            "the head of the reply can't be read: \(message)", "`.last wire` shows what came of it"
          )
          : (message.isEmpty ? "the transfer failed" : message, curlHint(message))
    case .spawnFailed(let program, let code): return spawnWords(program, code)
    case .ioFailed(let operation, let code):
      return ("\(operation) failed: \(systemText(code))", "")
    case .closed(let summary): return closedWords(summary)
    case .tooLarge(let limit):
      return (
        "the reply is larger than the limit of \(size(limit))",
        "`.set limit 1G` (or --max-size 1G) takes more"
      )
    case .truncatedBody(let message):
      return ("the reply was cut short: \(message)", "`.last raw` shows what came")
    case .badEncoding(let message): return ("the content coding can't be undone: \(message)", "")
    default: return ("\(error)", "")
    }
  }

  private static func connectWords(_ peer: String, _ code: Int32) -> (String, String) {
    switch code {
    case ECONNREFUSED:
      return (
        "connection refused by \(peer)", "is the server running? `.connect TARGET` tries another"
      )
    case ENOENT: return ("there is no socket \(peer)", "is the server running, and the path right?")
    case EACCES:
      return ("no permission to connect to \(peer)", "the socket belongs to another user")
    default: return ("\(peer) can't be reached: \(systemText(code))", "")
    }
  }

  private static func spawnWords(_ program: String, _ code: Int32) -> (String, String) {
    switch code {
    case ENOENT:
      return ("the program \(program) was not found", "is it installed, and in your PATH?")
    case EACCES:
      return ("the program \(program) may not be run", "`chmod +x` makes a file a program")
    default: return ("\(program) could not be started: \(systemText(code))", "")
    }
  }

  private static func closedWords(_ summary: WireError.CloseSummary) -> (String, String) {
    switch summary {
    case .asked: return ("the connection was closed", "the next call connects again")
    case .byPeer:
      return (
        "the server closed the connection without a reply",
        "it may not understand the message; does it want another version (`.set jsonrpc 1.0`) or framing?"
      )
    case .exited(let status):
      return (
        "the server exited with status \(status)",
        "what it said, if anything, stands above; the next call starts it again"
      )
    case .signalled(let signal):
      return ("the server was ended by \(signalName(signal))", "the next call starts it again")
    case .failed(let code):
      return ("the connection broke: \(systemText(code))", "the next call connects again")
    }
  }

  private static func curlHint(_ message: String) -> String {
    message.contains("Empty reply")
      ? "the server hung up without HTTP; a raw socket is tcp:HOST:PORT, TLS is https://" : ""
  }

  private static func tlsHint(_ message: String) -> String {
    let lower = message.lowercased()
    if ["wrong version", "packet length", "ssl_error_syscall", "record layer"].contains(
      where: lower.contains)
    {
      return "the server may not speak TLS: try http://"
    }
    if lower.contains("certificate") || lower.contains("issuer") {
      return "--cacert FILE trusts an own authority, -k trusts anybody"
    }
    return ""
  }

  static func systemText(_ code: Int32) -> String {
    code == 0 ? "unknown reason" : String(cString: strerror(code))
  }

  static func signalName(_ signal: Int32) -> String {
    let names = [
      SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT",
      SIGINT: "SIGINT", SIGHUP: "SIGHUP", SIGPIPE: "SIGPIPE", SIGBUS: "SIGBUS", SIGILL: "SIGILL",
      SIGFPE: "SIGFPE",
    ]
    return names[signal] ?? "signal \(signal)"
  }

  static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if attoseconds == 0 { return "\(seconds) s" }
    return "\(Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1000) s"
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes) bytes"
  }
}
