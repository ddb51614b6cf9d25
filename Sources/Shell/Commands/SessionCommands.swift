import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

/// Commands about the shell itself.
enum SessionCommands {
  static let all: [Command] = [
    Command(
      "set", usage: "[NAME [VALUE]]", summary: "show or change a setting", help: settingsHelp,
      argument: .setting, run: set),
    Command(
      "history", usage: "[COUNT | TEXT]", summary: "what was typed here before", run: history),
    Command(
      "vars", summary: "the results that were kept", run: variables),
    Command(
      "help", aliases: ["h", "?"], usage: "[COMMAND]",
      summary: "this list, or more about one command",
      argument: .command, run: help),
    Command("quit", aliases: ["exit", "q"], summary: "leave (Ctrl-D does too)", run: quit),
  ]

  private static var settingsHelp: String {
    Setting.all.map { "\($0.name.padding(to: 17))\($0.summary)\n\("".padding(to: 17))\($0.values)" }
      .joined(separator: "\n")
  }

  @Sendable
  private static func set(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    // What is taken as it stands need not be words.
    let first = String(line.rest.prefix { !$0.isWhitespace })
    let isRest = Setting.all.contains { $0.name == first && $0.takesRest }
    var words = isRest ? line.rest.split(separator: " ").map(String.init) : try line.words()
    // `.set strict` says enough.
    if words.count == 1, CheckMode(rawValue: words[0]) != nil { words.insert("replies", at: 0) }
    guard let name = words.first else {
      var list = DescriptionList()
      for setting in Setting.all {
        let value = StyledText(SafeText.escape(setting.get(shell)), .string)
        list.add(
          [StyledText(setting.name, .option), value.truncated(to: shell.screen.width / 3)],
          StyledText(setting.summary, .dim))
      }
      shell.screen.show(StyledText(lines: list.lines(width: shell.screen.width)))
      return .ok
    }
    guard let setting = Setting.all.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: Setting.all.map(\.name)).first
      throw Complaint(
        "there is no setting \(name)",
        hint: near.map { "did you mean \($0)?" } ?? "`.set` lists them")
    }
    if setting.takesRest, words.count > 1 {
      try await setting.set(shell, String(line.rest.dropFirst(name.count)[...].trimmed))
    } else if words.count == 1 {
      shell.screen.show(StyledText(SafeText.escape(setting.get(shell))))
    } else if words.count == 2 {
      try await setting.set(shell, words[1])
    } else {
      throw Complaint(
        "one value must follow .set \(name)", hint: "\(setting.values); quote a value with blanks")
    }
    return .ok
  }

  @Sendable
  private static func history(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let entries = shell.history?.entries ?? []
    let count = line.rest.isEmpty ? 20 : Int(line.rest)
    let shown =
      count.map { Array(entries.suffix(max(0, $0))) } ?? entries.filter { $0.contains(line.rest) }
    for entry in shown { shell.screen.show(StyledText(SafeText.escape(entry, .text))) }
    if shown.isEmpty { shell.screen.note(StyledText("nothing", .dim)) }
    return .ok
  }

  @Sendable
  private static func variables(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let variables = shell.knowledge.value.variables
    if variables.names.isEmpty {
      shell.screen.note(StyledText("none; `x = METHOD …` keeps a result as $x", .dim))
      return .ok
    }
    var table = Table([.init(""), .init("", isFlexible: true)])
    for name in variables.names {
      guard let value = variables[name] else { continue }
      table.add([StyledText("$\(name)", .variable), JSONText.line(value.bytes, limit: 300)])
    }
    shell.screen.show(StyledText(lines: table.lines(width: shell.screen.width)))
    return .ok
  }

  @Sendable
  private static func help(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    let name = text.hasPrefix(".") ? text.dropFirst() : text[...]
    if name.isEmpty {
      let overview = HelpText.overview(width: shell.screen.width)
      return try await ExchangeView.deliver(overview, outputs, shell)
    }
    guard let command = Command.named(String(name)) else {
      let near = Suggestion.nearest(to: String(name), among: Command.all.map(\.name)).first
      throw Complaint(
        "there is no command .\(name)",
        hint: near.map { "did you mean .help \($0)?" } ?? "`.describe METHOD` tells of a method")
    }
    let page = HelpText.page(command, width: shell.screen.width)
    return try await ExchangeView.deliver(page, outputs, shell)
  }

  @Sendable
  private static func quit(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    shell.isFinished = true
    return .ok
  }
}
