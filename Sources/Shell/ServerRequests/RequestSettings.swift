import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

/// Settings about what servers ask.
enum RequestSettings {
  static let all: [Setting] = [
    Setting(
      name: "server-requests", values: "ask | canned | refuse",
      summary: "what becomes of requests from the server",
      choices: ServerRequestPolicy.allCases.map(\.rawValue),
      get: { $0.requestPolicy.rawValue },
      set: { (shell, text) throws(Complaint) in
        guard let policy = ServerRequestPolicy(rawValue: text) else {
          throw Complaint("\(text) is no way to treat requests", hint: "ask, canned or refuse")
        }
        shell.settings.update { $0.requests = policy }
        await shell.applyRequests()
      }),
    Setting(
      name: "answer", values: "METHOD VALUE", summary: "lay an answer to a server's request ready",
      choices: [],
      get: { shell in
        shell.settings.value.answers.sorted { $0.key < $1.key }.map { method, outcome in
          switch outcome {
          case .result(let value): "\(method) \(value.text)"
          case .error(let error): "\(method) error \(error.codeText ?? "") \(error.message ?? "")"
          }
        }.joined(separator: "; ")
      },
      set: { (shell, text) throws(Complaint) in
        let method = text.prefix { !$0.isWhitespace }
        try shell.layAnswer(String(method), String(text.dropFirst(method.count)[...].trimmed))
        await shell.applyRequests()
      }, takesRest: true),
    Setting(
      name: "roots", values: "FOLDER …", summary: "the folders that a server is told of (MCP)",
      choices: [],
      get: { shell in
        shell.connection.map { shell.offer($0).roots.joined(separator: " ") } ?? ""
      },
      set: { (shell, text) throws(Complaint) in
        let folders = text == "none" ? [] : try CommandLine.words(text)
        shell.settings.update { $0.roots = folders }
        await shell.applyRequests()
      }, takesRest: true),
    Setting(
      name: "server-log",
      values: "debug | info | notice | warning | error | critical | alert | emergency",
      summary: "the least of a server's log messages that are wanted (MCP)",
      choices: levels,
      get: { $0.settings.value.logLevel ?? "" },
      set: { (shell, text) throws(Complaint) in
        guard levels.contains(text) else {
          throw Complaint("\(text) is no level", hint: levels.joined(separator: ", "))
        }
        shell.settings.update { $0.logLevel = text }
        await shell.applyRequests()
      }),
  ]

  private static let levels = [
    "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
  ]
}
