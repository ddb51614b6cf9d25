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
        """,
      argument: .method, run: methods),
    Command(
      "describe", usage: "METHOD", summary: "a method's params, result, errors and examples",
      argument: .method, run: describe),
    Command(
      "discover", summary: "ask the server what it offers, again",
      help: "Asks rpc.discover, then system.listMethods; `.log` shows what came back.",
      run: discover),
  ]

  @Sendable
  private static func methods(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (pattern, outputs) = try line.splitOutputs()
    await shell.learnMethods()
    let known = shell.knowledge.value
    if known.catalog.isEmpty, known.used.isEmpty {
      throw Complaint(
        "no methods are known",
        hint: "`.discover` asks the server; --openrpc FILE reads a description")
    }
    let found = known.catalog.matching(pattern)
    if found.isEmpty, !known.catalog.isEmpty {
      throw Complaint("no method matches \(pattern)", status: .ok)
    }
    if !outputs.isEmpty {
      let names = JSON.array(found.map { JSON($0.name) })
      return try await shell.deliver(names, Statement(action: .nothing, outputs: outputs))
    }
    var table = Table([.init(""), .init("", isFlexible: true)])
    for method in found { table.add([MethodText.signature(method), MethodText.summary(method)]) }
    for name in known.used where known.catalog[name] == nil {
      table.add([StyledText(SafeText.escape(name), .method), StyledText("called before", .dim)])
    }
    shell.screen.show(StyledText(lines: table.lines(width: shell.screen.width)))
    return .ok
  }

  @Sendable
  private static func describe(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let name = try line.words().joined(separator: " ")
    if name.isEmpty { throw Complaint("a method must follow .describe") }
    await shell.learnMethods()
    let catalog = shell.knowledge.value.catalog
    guard var method = catalog[name] else {
      let near = Suggestion.nearest(to: name, among: catalog.methods.map(\.name))
      throw Complaint(
        "nothing is known of \(name)",
        hint: near.isEmpty
          ? "`.methods` lists what is known" : "did you mean \(near.joined(separator: " or "))?")
    }
    if method.doc.isEmpty, method.params == nil, let source = shell.source.value {
      method = await source.describe(method, client: try shell.connected())
      shell.knowledge.update { $0.catalog.update(method) }
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
    let task = Task { await Discovery(client: client).run() }
    let report = await shell.interruption.during({ task.cancel() }) { await task.value }
    shell.take(report, isAsked: true)
    return report.catalog == nil ? .errorReply : .ok
  }
}
