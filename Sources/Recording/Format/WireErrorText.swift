import LosslessJSON
import Wire

/// Why the transport failed, in a line: `{"error":NAME, …}`.
enum WireErrorText {
  /// What an error may carry.
  private struct Facts {
    var text: String?
    var errno: Int32?
    var code: Int32?
    var after: Duration?
    var limit: Int?
    var more: String?

    init(
      _ text: String? = nil, errno: Int32? = nil, code: Int32? = nil, after: Duration? = nil,
      limit: Int? = nil, more: String? = nil
    ) {
      self.text = text
      self.errno = errno
      self.code = code
      self.after = after
      self.limit = limit
      self.more = more
    }
  }

  static func write(_ error: WireError, to text: inout LineText) {
    let (name, facts) = facts(error)
    text.raw("{\"error\":")
    text.string(name)
    member("text", facts.text, &text)
    member("more", facts.more, &text)
    member("errno", facts.errno.map(Int.init), &text)
    member("code", facts.code.map(Int.init), &text)
    member("limit", facts.limit, &text)
    if let after = facts.after {
      text.raw(",\"after\":")
      text.seconds(after)
    }
    text.raw("}")
  }

  private static func member(_ name: StaticString, _ value: String?, _ text: inout LineText) {
    guard let value else { return }
    text.raw(",\"")
    text.raw(name)
    text.raw("\":")
    text.string(value)
  }

  private static func member(_ name: StaticString, _ value: Int?, _ text: inout LineText) {
    guard let value else { return }
    text.raw(",\"")
    text.raw(name)
    text.raw("\":")
    text.int(value)
  }

  private static func facts(_ error: WireError) -> (String, Facts) {
    switch error {
    case .badTarget(let text): ("badTarget", Facts(text))
    case .unknownHost(let host): ("unknownHost", Facts(host))
    case .connectFailed(let peer, let code): ("connectFailed", Facts(peer, errno: code))
    case .connectTimedOut(let peer, let after): ("connectTimedOut", Facts(peer, after: after))
    case .timedOut(let after): ("timedOut", Facts(after: after))
    case .tls(let code, let message): ("tls", Facts(message, code: code))
    case .curl(let code, let message): ("curl", Facts(message, code: code))
    case .spawnFailed(let program, let code): ("spawnFailed", Facts(program, errno: code))
    case .ioFailed(let operation, let code): ("ioFailed", Facts(operation, errno: code))
    case .closed(.asked): ("closed", Facts("asked"))
    case .closed(.byPeer): ("closed", Facts("byPeer"))
    case .closed(.exited(let status)): ("closed", Facts("exited", code: status))
    case .closed(.signalled(let signal)): ("closed", Facts("signalled", code: signal))
    case .closed(.failed(let code)): ("closed", Facts("failed", errno: code))
    case .tooLarge(let limit): ("tooLarge", Facts(limit: limit))
    case .truncatedBody(let message): ("truncatedBody", Facts(message))
    case .badEncoding(let message): ("badEncoding", Facts(message))
    case .unsupported(let message): ("unsupported", Facts(message))
    case .missingLibrary(let name, let package): ("missingLibrary", Facts(name, more: package))
    case .badFile(let path, let message): ("badFile", Facts(path, more: message))
    case .cancelled: ("cancelled", Facts())
    }
  }

  /// The error; what is not known becomes `unsupported` with the name.
  static func read(_ json: JSON) -> WireError {
    let name = json["error"]?.string ?? ""
    let text = json["text"]?.string ?? ""
    let more = json["more"]?.string ?? ""
    let errno = number(json["errno"])
    let code = number(json["code"])
    let after = Duration.from(seconds: json["after"]?.double ?? 0)
    switch name {
    case "badTarget": return .badTarget(text)
    case "unknownHost": return .unknownHost(text)
    case "connectFailed": return .connectFailed(peer: text, errno: errno)
    case "connectTimedOut": return .connectTimedOut(peer: text, after: after)
    case "timedOut": return .timedOut(after: after)
    case "tls": return .tls(code: code, message: text)
    case "curl": return .curl(code: code, message: text)
    case "spawnFailed": return .spawnFailed(program: text, errno: errno)
    case "ioFailed": return .ioFailed(operation: text, errno: errno)
    case "closed": return .closed(summary(text, errno: errno, code: code))
    case "tooLarge": return .tooLarge(limit: json["limit"]?.int ?? 0)
    case "truncatedBody": return .truncatedBody(message: text)
    case "badEncoding": return .badEncoding(message: text)
    case "missingLibrary": return .missingLibrary(name: text, package: more)
    case "badFile": return .badFile(path: text, message: more)
    case "cancelled": return .cancelled
    default: return .unsupported(text.isEmpty ? name : text)
    }
  }

  private static func number(_ json: JSON?) -> Int32 {
    json?.int.flatMap(Int32.init(exactly:)) ?? 0
  }

  private static func summary(
    _ text: String, errno: Int32, code: Int32
  ) -> WireError.CloseSummary {
    switch text {
    case "byPeer": .byPeer
    case "exited": .exited(code)
    case "signalled": .signalled(code)
    case "failed": .failed(errno: errno)
    default: .asked
    }
  }
}
