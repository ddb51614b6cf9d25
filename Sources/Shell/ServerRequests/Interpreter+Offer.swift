import JSONRPC
import LosslessJSON
import Session
import Terminal
import Wire

/// What a server is told that it may ask, and what it is answered.
extension Interpreter {
  /// What becomes of requests from the server: as was set, or as there is somebody to ask.
  var requestPolicy: ServerRequestPolicy {
    settings.value.requests ?? (editor == nil ? .canned : .ask)
  }

  /// The client's settings, as far as the server's requests are concerned.
  func setRequests(_ settings: inout Client.Settings) {
    settings.requests = requestPolicy
    settings.answers = self.settings.value.answers
    // In a script nobody would see what comes unasked; its answers may be wanted there.
    let known = self.settings.value
    settings.listens = editor != nil || known.requests != nil || !known.answers.isEmpty
  }

  /// What an MCP server is told of this client.
  func offer(_ connection: Connection) -> MCPDialect.Offer {
    var offer = MCPDialect.Offer()
    let known = settings.value
    let isAsked = requestPolicy == .ask
    offer.canElicit = isAsked || known.answers["elicitation/create"] != nil
    offer.canSample = isAsked || known.answers["sampling/createMessage"] != nil
    offer.roots = known.roots ?? (connection.target.isLocal ? [SourceFile.folder] : [])
    offer.roots = offer.roots.map { FileURI.of(path: SourceFile.absolute($0)) }
    offer.logLevel = known.logLevel
    return offer
  }

  /// The connection's dialect, with what this client offers and whether a person is there.
  func dialect(_ connection: Connection) -> any Dialect {
    switch connection.dialect {
    case var mcp as MCPDialect:
      mcp.offer = offer(connection)
      return mcp
    case var language as LSPDialect:
      language.hasUser = requestPolicy == .ask
      return language
    case let dialect: return dialect
    }
  }

  /// Has the client go by changed settings, and tells the server what it should know of them.
  func applyRequests() async {
    guard let client, let connection else { return }
    setRequests(&client.settings)
    guard var mcp = client.dialect as? MCPDialect else { return }
    let before = mcp.offer
    mcp.offer = offer(connection)
    client.dialect = mcp
    guard case .handshake = mcp.era else { return }
    if before.roots != mcp.offer.roots {
      _ = try? await client.notify("notifications/roots/list_changed")
    }
    if let level = mcp.offer.logLevel, level != before.logLevel {
      _ = try? await client.call("logging/setLevel", params: ["level": JSON(level)])
    }
    if before.canElicit != mcp.offer.canElicit || before.canSample != mcp.offer.canSample {
      screen.note(
        StyledText("the server was greeted before; `.connect` tells it", .dim))
    }
  }

  /// Lays answers ready, as `--answer METHOD=VALUE` gives them.
  public func layAnswers(_ texts: [String]) throws(Complaint) {
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw Complaint("'\(text)' is no answer", hint: "it has the form METHOD=VALUE")
      }
      try layAnswer(String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
  }

  /// Lays an answer ready, or takes it back if there is none in the text.
  func layAnswer(_ method: String, _ text: String) throws(Complaint) {
    let outcome = text.isEmpty ? nil : try AnswerWords.outcome(text, method: method)
    settings.update { $0.answers[method] = outcome }
  }
}

extension Target {
  /// Whether it is on this machine, so that our folders mean something to it.
  var isLocal: Bool {
    switch self {
    case .child, .unix: true
    case .tcp(let host, _): Self.isLoopback(host)
    case .http:
      Self.isLoopback(
        authority.map { text in
          let host = text.drop { $0 != "/" }.drop { $0 == "/" }
          if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
          return String(host.prefix { $0 != ":" })
        } ?? "")
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}
