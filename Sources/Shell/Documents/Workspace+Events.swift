import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

extension Workspace {
  /// Takes an event of the session.
  func observe(_ event: SessionEvent) {
    switch event {
    case .disconnected:
      update { state in
        state.documents.forgetServer()
        state.diagnostics.removeAll()
        state.progress = [:]
        (state.pushed, state.stale, state.answered) = ([], [], [])
      }
    case .ended(let exchange):
      if exchange.method == "initialize", exchange.purpose == .handshake {
        greeted(exchange)
      } else if exchange.kind == .serverNotification || exchange.kind == .serverRequest {
        heard(exchange)
      }
    default: break
    }
  }

  private func greeted(_ exchange: Exchange) {
    guard let offered = exchange.response?.result?["capabilities"] else { return }
    // What an earlier server registered goes from the catalog with the next call.
    update { $0.capabilities = LSPCapabilities(offered) }
  }

  private func heard(_ exchange: Exchange) {
    guard let call = exchange.receivedCall, let lines = lines(call, exchange) else { return }
    update { $0.news = (exchange.number, lines) }
  }

  private func lines(_ call: ReceivedCall, _ exchange: Exchange) -> [StyledText]? {
    let params = call.params
    switch call.method {
    case "textDocument/publishDiagnostics": return published(params)
    case "build/publishDiagnostics":
      return published(params, adds: params?["reset"]?.bool == false)
    case "window/logMessage", "build/logMessage": return [message("log", params)].compactMap { $0 }
    case "window/showMessage", "build/showMessage":
      return [message("message", params)].compactMap { $0 }
    case "$/logTrace": return [StyledText("trace| ", .note) + words(params?["message"])]
    case "$/progress": return progress(params)
    case "build/taskStart", "build/taskProgress", "build/taskFinish":
      return task(call.method, params)
    case "run/printStdout": return [StyledText("stdout| ", .note) + words(params?["message"])]
    case "run/printStderr": return [StyledText("stderr| ", .note) + words(params?["message"])]
    case "buildTarget/didChange":
      let count = params?["changes"]?.count ?? 0
      return [StyledText("the build's targets changed: \(count)", .note)]
    default: break
    }
    return kind == .language && call.id != nil ? asked(call, exchange) : nil
  }

  // MARK: - Faults

  private func published(_ params: JSON?, adds: Bool = false) -> [StyledText]? {
    let outcome = update { state -> (uri: String, news: DocumentDiagnostics.News)? in
      guard let outcome = state.diagnostics.publish(params, adds: adds) else { return nil }
      let key = FileURI.key(outcome.uri)
      state.pushed.insert(key)
      state.answered.insert(key)
      state.stale.remove(key)
      return outcome
    }
    guard let outcome else { return nil }
    let lines = diagnosticLines(outcome.uri, outcome.news)
    let key = FileURI.key(outcome.uri)
    update { $0.waiters.removeValue(forKey: key) }?.reach()
    return lines
  }

  /// The faults of a document as they are told when they come.
  func diagnosticLines(_ uri: String, _ news: DocumentDiagnostics.News) -> [StyledText] {
    let sources = sources
    let (items, isListing) = update { ($0.diagnostics[uri]?.items ?? [], $0.isListing) }
    if isListing { return [] }
    let name = sources.name(uri)
    guard !items.isEmpty else {
      return [StyledText("\(name): no faults\(news == .same ? ", as before" : "")", .dim)]
    }
    if news == .same {
      return [StyledText("\(name): \(DiagnosticText.count(items)), as before", .dim)]
    }
    let text = sources.text(uri)
    let shown = items.prefix(Self.most).map {
      DiagnosticText.draw($0, of: uri, sources, text: text)
    }
    if items.count <= Self.most { return shown }
    let rest = items.count - Self.most
    return shown + [StyledText("… \(rest) more; `.diagnostics \(name)` lists them", .dim)]
  }

  /// The most faults of a document that are told when they come.
  private static let most = 20

  // MARK: - Messages

  /// `log| error: …`: a message with how grave it is, in one line.
  private func message(_ origin: String, _ params: JSON?) -> StyledText? {
    guard let text = params?["message"]?.string else { return nil }
    var line = StyledText("\(origin)| ", .note)
    let type = params?["type"]?.int ?? 4
    if type == 1 { line.append("error: ", .error) }
    if type == 2 { line.append("warning: ", .warning) }
    line.append(Self.firstLine(text), type >= 4 ? .dim : .serverText)
    return line
  }

  private func words(_ text: JSON?) -> StyledText {
    StyledText(Self.firstLine(text?.string ?? ""), .serverText)
  }

  /// The first line of a text that has one, and how many follow.
  static func firstLine(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    guard let first = lines.first else { return "" }
    let shown = SafeText.escape(String(first.prefix(300)), .keepTabs)
    let cut = first.count > 300 ? "…" : ""
    return lines.count > 1
      ? "\(shown)\(cut) (and \(lines.count - 1) more lines; `.log`)" : shown + cut
  }
}

extension Exchange {
  /// The request or notification that came from the server.
  var receivedCall: ReceivedCall? {
    switch messages.first?.message {
    case .request(let call), .notification(let call): call
    default: nil
    }
  }
}
