import JSONRPC
import Session
import Terminal
import Wire

/// One of the values that `.set` shows and changes.
struct Setting: Sendable {
  let name: String
  /// The values as the help writes them.
  let values: String
  let summary: String
  /// Words that completion offers.
  let choices: [String]
  let get: @Sendable (Interpreter) -> String
  let set: @Sendable (Interpreter, String) async throws(Complaint) -> Void
  /// Whether the value is the rest of the line as it stands.
  var takesRest = false

  static let all: [Setting] = own + RecordingSettings.all + RequestSettings.all

  private static let own: [Setting] = [
    Setting(
      name: "log", values: "on | off | FILE", summary: "show or write the lines --> and <--",
      choices: ["on", "off"],
      get: { shell in
        switch shell.settings.value.log {
        case .on: "on"
        case .off: "off"
        case .file(let path): path
        }
      },
      set: { (shell, text) throws(Complaint) in
        let log: Settings.Log =
          text == "on" ? .on : text == "off" ? .off : .file(FileText.expanded(text))
        if case .file(let path) = log { try Interpreter.write([], to: path, append: true) }
        shell.settings.update { $0.log = log }
        if log.isFile { shell.remask() }
      }),
    Setting(
      name: "timeout", values: "SECONDS", summary: "the longest to wait for a reply", choices: [],
      get: { "\(Complaint.seconds($0.settings.value.timeout))" },
      set: { (shell, text) throws(Complaint) in
        let timeout = try SettingValue.duration(text)
        shell.settings.update { $0.timeout = timeout }
        shell.client?.settings.timeout = timeout
      }),
    Setting(
      name: "limit", values: "BYTES", summary: "the largest message that is taken",
      choices: ["128M", "1G"],
      get: { "\($0.settings.value.limit >> 20)M" },
      set: { (shell, text) throws(Complaint) in
        let limit = try SettingValue.size(text)
        shell.settings.update { $0.limit = limit }
        try await shell.reconnect {
          $0.http.bodyLimit = limit
          $0.stream.limit = limit
        }
      }),
    Setting(
      name: "jsonrpc", values: "2.0 | 1.0", summary: "the version that requests are written in",
      choices: ["2.0", "1.0"],
      get: { $0.client?.dialect.version.rawValue ?? $0.connection?.version?.rawValue ?? "2.0" },
      set: { (shell, text) throws(Complaint) in
        guard let version = ProtocolVersion(rawValue: text) else {
          throw Complaint("\(text) is no version of JSON-RPC", hint: "2.0 or 1.0")
        }
        shell.connection?.version = version
        if let connection = shell.connection { shell.client?.dialect = connection.dialect }
        shell.knowledge.update { $0.version = version }
      }),
    Setting(
      name: "framing", values: "auto | lines | headers | values | netstring",
      summary: "how messages are told apart on pipes and sockets (connects again)",
      choices: ["auto", "lines", "headers", "values", "netstring"],
      get: { $0.client?.traits.framing ?? "auto" },
      set: { (shell, text) throws(Complaint) in
        let framing = FramingName(rawValue: text)
        if framing == nil, text != "auto" {
          throw Complaint(
            "\(text) is no framing", hint: "auto, lines, headers, values or netstring")
        }
        try await shell.reconnect { $0.stream.framing = framing }
      }),
    Setting(
      name: "header", values: "'NAME: VALUE'",
      summary: "a header for every request; 'NAME:' takes it back",
      choices: [],
      get: { $0.settings.value.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ") },
      set: { (shell, text) throws(Complaint) in
        let field = try SettingValue.header(text)
        shell.settings.update { settings in
          settings.headers.removeAll { $0.name.lowercased() == field.name.lowercased() }
          if !field.value.isEmpty { settings.headers.append(field) }
        }
      }),
    Setting(
      name: "id",
      values: "decimal | hexadecimal | random | uuid[,start=N][,length=N][,characters=ABC]",
      summary: "the ids of requests", choices: ["decimal", "hexadecimal", "random", "uuid"],
      get: { "\($0.settings.value.ids.name)" },
      set: { (shell, text) throws(Complaint) in
        let ids = try SettingValue.ids(text)
        shell.settings.update { $0.ids = ids }
        shell.client?.settings.ids = ids
      }),
    Setting(
      name: "check", values: "on | off", summary: "compare calls with what the server told of them",
      choices: ["on", "off"],
      get: { $0.settings.value.checks ? "on" : "off" },
      set: { (shell, text) throws(Complaint) in
        let checks = try SettingValue.truth(text)
        shell.settings.update { $0.checks = checks }
      }),
    Setting(
      name: "replies", values: "strict | normal | lenient",
      summary: "how strictly replies are judged (`.set strict` will do)",
      choices: CheckMode.allCases.map(\.rawValue),
      get: { $0.settings.value.replies.rawValue },
      set: { (shell, text) throws(Complaint) in
        guard let mode = CheckMode(rawValue: text) else {
          throw Complaint("\(text) is no way to judge replies", hint: "strict, normal or lenient")
        }
        shell.settings.update { $0.replies = mode }
        shell.client?.settings.checks = mode
      }),
    Setting(
      name: "lines", values: "COUNT", summary: "the most lines of a result on the screen",
      choices: [],
      get: { "\($0.settings.value.lines)" },
      set: { (shell, text) throws(Complaint) in
        guard let lines = Int(text), lines > 0 else {
          throw Complaint("\(text) is no number of lines")
        }
        shell.settings.update { $0.lines = lines }
      }),
    .configuration,
    Setting(
      name: "plain", values: "on | off", summary: "redraw nothing, for screen readers",
      choices: ["on", "off"],
      get: { $0.settings.value.plain ? "on" : "off" },
      set: { (shell, text) throws(Complaint) in
        let plain = try SettingValue.truth(text)
        shell.editor?.isPlain = plain
        if !plain, shell.editor?.isPlain == true {
          throw Complaint(
            "this terminal can't be drawn on, so that lines stay plain",
            hint: "its name in TERM says so; `TERM=xterm rpcscope …` says otherwise")
        }
        shell.settings.update { $0.plain = plain }
      }),
  ]
}

extension IDGenerator.Style {
  /// The name that `.set id` takes.
  var name: String {
    switch self {
    case .decimal: "decimal"
    case .hexadecimal: "hexadecimal"
    case .random: "random"
    case .uuid: "uuid"
    }
  }
}
