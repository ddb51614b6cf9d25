import Catalog
import LosslessJSON
import Terminal
import View

/// `.fill`: asks for a method's params one after another.
enum FillCommand {
  static let command = Command(
    "fill", usage: "METHOD [ARGUMENTS]", summary: "be asked for a method's params, one by one",
    help: """
      .fill create_user             asks for each param, with its type, default and values
      .fill create_user role=admin  without asking for what is given
      Enter takes the default, or leaves out what is optional; Tab lists values. Ctrl-C skips the
      optional ones that are left, Ctrl-D gives up. The line that results is shown, to be changed or
      sent; it is in the history like any other.
      """,
    argument: .call, run: fill)

  @Sendable
  private static func fill(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let text = String(line.rest)
    if text.isEmpty { throw Complaint("a method must follow .fill", hint: "`.methods` lists them") }
    guard let reader = shell.formReader, let editor = shell.editor else {
      throw Complaint("nobody is there to be asked", hint: "`.fill` needs a terminal")
    }
    let (_, call) = try CommandLine.call(text, "fill")
    await shell.learnMethods()
    guard let method = shell.knowledge.value.method(call.method) else {
      let names = shell.knowledge.value.catalog.methods.map(\.name)
      let near = Suggestion.nearest(to: call.method, among: names)
      throw Complaint(
        "nothing is known of \(call.method)",
        hint: near.isEmpty
          ? "`.methods` lists what is known" : "did you mean \(near.joined(separator: " or "))?")
    }
    guard let params = method.params else {
      throw Complaint("the params of \(method.name) are not known", hint: "type them as they come")
    }
    let given = try given(call, method, shell, text)
    if params.isEmpty { shell.screen.note(StyledText("it takes no params", .note)) }
    var asker = FormAsker(reader: reader)
    asker.interrupt = .skipsOptional
    switch await asker.ask(FormField.fields(of: method), given: given) {
    case .declined, .cancelled:
      shell.screen.note(StyledText("nothing was sent", .note))
      return .ok
    case .filled(let object):
      return await send(CallLine.text(method, object), shell, editor)
    }
  }

  /// What stands in the line already, by name.
  private static func given(
    _ call: Statement.Call, _ method: Method, _ shell: Interpreter, _ line: String
  ) throws(Complaint) -> [(String, JSON)] {
    guard let params = try shell.params(of: call, method, false, line) else { return [] }
    if params.kind == .object { return params.members.map { ($0.name, $0.value) } }
    return zip(method.params ?? [], params.elements).map { ($0.name, $1) }
  }

  /// Shows the line to be changed or sent, and runs what is sent.
  private static func send(
    _ text: String, _ shell: Interpreter, _ editor: LineEditor
  ) async -> ExitStatus {
    shell.screen.note(StyledText("Enter sends this, Ctrl-C does not", .dim))
    let prompt = InteractiveShell.prompt(shell)
    let outcome = await Blocking.run {
      editor.readLine(
        prompt: prompt, continuationPrompt: StyledText("… ", .continuation), text: text)
    }
    guard case .line(let line) = outcome, !line[...].trimmed.isEmpty else {
      shell.remember(text)
      shell.screen.note(StyledText("nothing was sent; the line is in the history", .note))
      return .ok
    }
    shell.remember(line)
    return await shell.run(line)
  }
}

/// A call as it would be typed.
enum CallLine {
  /// The line that calls a method with those params, by name where it can, else by position.
  static func text(_ method: Method, _ params: JSON) -> String {
    let name = Completer.quoted(method.name)
    let members = params.members.map { ($0.name, $0.value) }
    if members.isEmpty { return name }
    let known = method.params ?? []
    let words: [String]
    if method.structure == .byPosition {
      words = positional(members, known)
    } else if members.allSatisfy({ isIdentifier($0.0) }) {
      words = members.map { named($0.0, $0.1, method.param($0.0)) }
    } else {
      words = [params.onOneLine.text]
    }
    return ([name] + words).joined(separator: " ")
  }

  /// Values in the order of the params; null stands for one that was left out before another.
  private static func positional(
    _ members: [(String, JSON)], _ params: [MethodParam]
  ) -> [String] {
    let values = params.map { param in members.first { $0.0 == param.name }?.1 }
    let last = values.lastIndex { $0 != nil } ?? -1
    let given = zip(params, values).prefix(last + 1).map { ($0, $1 ?? .null) }
    // One object or array alone would be the whole params.
    if given.count == 1, given[0].1.kind == .object || given[0].1.kind == .array {
      return ["[\(given[0].1.onOneLine.text)]"]
    }
    return given.map { param, value in
      value.isNull && !param.schema.takesNull && param.schema.takesOnlyStrings
        ? "null" : word(value, param)
    }
  }

  private static func named(_ name: String, _ value: JSON, _ param: MethodParam?) -> String {
    // What would be taken for text is told to be JSON.
    let isStrict = value.string == nil && param?.schema.takesOnlyStrings == true
    let isContainer = value.kind == .object || value.kind == .array
    return name + (isStrict || isContainer ? ":=" : "=") + word(value, param)
  }

  private static func word(_ value: JSON, _ param: MethodParam?) -> String {
    if value.string == nil { return value.onOneLine.text }
    return Completer.word(value, asText: param?.schema.takesOnlyStrings == true)
  }

  private static func isIdentifier(_ name: String) -> Bool {
    let cursor = Cursor(name)
    return cursor.identifier() == 0..<cursor.end
  }
}
