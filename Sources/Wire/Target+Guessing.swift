extension Target {
  /// What may have been meant by a text that is no target.
  static func guess(_ text: String, scheme: String, rest: String) -> WireError {
    if rest.hasPrefix("//") { return unknownScheme(scheme, rest) }
    if ["ws", "wss"].contains(scheme), !isPort(rest) {
      return webSocket(scheme, rest)
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    if words.count > 1 {
      return .badTarget("not a target: did you mean 'stdio:\(text)' (a command)")
    }
    if text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
      || text.hasPrefix("~")
    {
      return .badTarget(
        "a path alone is no target: did you mean unix:\(text) (a socket) or stdio:\(text) "
          + "(a command)")
    }
    if text.hasPrefix(":"), isPort(rest) { return guess(address: "localhost:\(rest)") }
    if isPort(text) { return guess(address: "localhost:\(text)") }
    return guess(word: text)
  }

  private static func unknownScheme(_ scheme: String, _ rest: String) -> WireError {
    switch scheme {
    case "ws", "wss": webSocket(scheme, String(rest.dropFirst(2)))
    case "ipc", "file": .badTarget("\(scheme): is not known; a socket is unix:PATH")
    default:
      .badTarget(
        "the scheme \(scheme): is not known: expected http:, https:, unix:, tcp: or stdio:")
    }
  }

  /// Where servers with a WebSocket answer the same over another transport, and what bridges to one
  /// that does not.
  private static func webSocket(_ scheme: String, _ address: String) -> WireError {
    let host = address.prefix { $0 != "/" && $0 != ":" }
    let http = scheme == "wss" ? "https" : "http"
    let other: String
    switch address.drop(while: { $0 != "/" && $0 != ":" }) {
    // Mopidy's and Kodi's other ways in.
    case let rest where rest.hasSuffix("/mopidy/ws"):
      other = "\(http)://\(host)\(rest.dropLast(2))rpc"
    case let rest where rest.hasPrefix(":9090"): other = "http://\(host):8080/jsonrpc"
    default: other = "\(http)://\(address)"
    }
    return .badTarget(
      "WebSocket targets (\(scheme):) are not supported yet; if the server answers on HTTP too, try "
        + "\(other), else a bridge: rpcscope -- websocat \(scheme)://\(address)")
  }

  /// Answers `HOST:PORT`, `HOST:PORT/path`, `[::1]:PORT` and single words.
  private static func guess(word: String) -> WireError {
    // What stands before an @ may be a password.
    let named = word.lastIndex(of: "@").map { String(word[word.index(after: $0)...]) } ?? word
    let authority = named.prefix { $0 != "/" }
    if let colon = authority.lastIndex(of: ":"), isPort(authority[authority.index(after: colon)...])
    {
      if authority.endIndex == named.endIndex { return guess(address: named) }
      return .badTarget("a URL needs its scheme: did you mean http://\(named)")
    }
    if authority.endIndex < named.endIndex || named.contains(".") || named == "localhost" {
      return .badTarget(
        "a URL needs its scheme: did you mean http://\(named) (or stdio:\(named), a command)")
    }
    return .badTarget(
      "not a target: did you mean stdio:\(named) (a command) or http://\(named)")
  }

  private static func guess(address: String) -> WireError {
    .badTarget("\(address) needs a scheme: did you mean http://\(address) or tcp:\(address)")
  }
}
