import Catalog
import LosslessJSON
import Session
import Terminal
import View

/// Commands about what the server offers.
enum CatalogCommands {
  static let all: [Command] = [
    Command(
      "methods", usage: "[PATTERN]", summary: "the methods that the server told of",
      help: """
        .methods            all of them
        .methods *config*   those that match
        .methods > FILE     their names, as a JSON array; | jq -r '.[]' has one a line
        More than `.set lines` of them are shown in $PAGER.
        """,
      argument: .method, run: methods),
    Command(
      "describe", usage: "METHOD", summary: "a method's params, result, errors and examples",
      argument: .method, run: describe),
    FindCommand.command,
    Command(
      "discover", summary: "ask the server what it offers, again",
      help: """
        Asks one method after another that the kind of server makes likely, until one tells, and over
        HTTP what a GET brings. Says what was asked and what came back; `.log` has the exchanges.
        What was found is remembered for the next run and used at once then.
        """,
      run: discover),
    FillCommand.command,
    TemplateCommand.command,
  ]

  @Sendable
  private static func methods(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (pattern, outputs) = try line.splitOutputs()
    await shell.learnMethods()
    let known = shell.knowledge.value
    if known.catalog.isEmpty, known.learned.isEmpty {
      throw Complaint(
        "no methods are known",
        hint: "`.discover` asks the server; --openrpc FILE reads a description")
    }
    let used = known.used.filter { NamePattern(pattern, isPart: true).matches($0) }
      .compactMap { known.learned[$0] }
    let found = known.catalog.matching(pattern).map { known.method($0.name) ?? $0 } + used
    if found.isEmpty {
      throw Complaint("no method matches \(pattern)", status: .ok)
    }
    if !outputs.isEmpty {
      let names = JSON.array(found.map { JSON($0.name) })
      return try await shell.deliver(names, Statement(action: .nothing, outputs: outputs))
    }
    let limit = shell.settings.value.lines
    let isLong = shell.screen.isInteractive && found.count > limit
    if isLong, !shell.settings.value.plain {
      // More than anybody reads above the prompt.
      let text = shell.screen.output.render(list(found, shell)) + "\n"
      return try await shell.pipe(Array(text.utf8), into: "${PAGER:-less -R}")
    }
    shell.screen.show(list(isLong ? Array(found.prefix(limit)) : found, shell))
    if isLong {
      let words = "… \(found.count - limit) more: `.methods PATTERN` or `.find WORDS` chooses"
      shell.screen.note(StyledText(words, .dim))
    }
    if let words = basisWords(found) { shell.screen.note(StyledText(words, .dim)) }
    return .ok
  }

  private static func list(_ methods: [Method], _ shell: Interpreter) -> StyledText {
    var table = Table([.init(""), .init("", isFlexible: true)])
    for method in methods {
      table.add([MethodText.signature(method), MethodText.summary(method)])
    }
    return StyledText(lines: table.lines(width: shell.screen.width))
  }

  /// What has to be said of where the knowledge comes from.
  private static func basisWords(_ methods: [Method]) -> String? {
    let known = methods.count { $0.basis == .knownByHeart }
    if known == 0 { return nil }
    return known == methods.count
      ? "params are known by heart, not told by the server"
      : "params of \(known) of them are known by heart, not told by the server"
  }

  @Sendable
  private static func describe(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let name = try line.words().joined(separator: " ")
    if name.isEmpty { throw Complaint("a method must follow .describe") }
    await shell.learnMethods()
    let known = shell.knowledge.value
    let catalog = known.catalog
    guard var method = catalog[name] ?? known.learned[name] else {
      let near = Suggestion.nearest(to: name, among: catalog.methods.map(\.name))
      throw Complaint(
        "nothing is known of \(name)",
        hint: near.isEmpty
          ? "`.methods` lists what is known" : "did you mean \(near.joined(separator: " or "))?")
    }
    if method.doc.isEmpty, method.params == nil, let source = shell.source.value {
      method = await source.describe(method, client: try shell.connected())
      shell.knowledge.update { $0.catalog.update(method) }
      method = shell.knowledge.value.method(name) ?? method
    }
    shell.screen.show(MethodText.card(method, width: shell.screen.width))
    return .ok
  }

  @Sendable
  private static func discover(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let client = try shell.connected()
    // It was asked for: what the user's file says gives way.
    shell.knowledge.update { $0.isFixed = false }
    let target = shell.connection?.target
    let offer = shell.knownOffer
    let task = Task { await ServerDescription.ask(client, target, offer) }
    let report = await shell.interruption.during({ task.cancel() }) { await task.value }
    await shell.take(report, isAsked: true)
    return report.catalog == nil ? .errorReply : .ok
  }
}
