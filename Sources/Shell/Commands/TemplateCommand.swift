import Catalog
import LosslessJSON
import Terminal
import View

/// `.template`: how every call of this target is wrapped.
enum TemplateCommand {
  static let command = Command(
    "template", usage: "[off | PRESET [SECRET] | [--only PATTERN] {…}]",
    summary: "wrap every call of this target: a token, a session, more members",
    help: """
      .template                   the one that holds
      .template aria2 s3cret      "token:s3cret" before the params of aria2.*
      .template aria2             the same, the secret asked for without showing it
      .template ubus SESSION      call [SESSION, object, function, params] for object.function
      .template zabbix TOKEN      the member "auth" in every message
      .template jsonrpc1.1        "version": "1.1" instead of "jsonrpc"
      .template --only 'x.*' {"params": ["KEY", "$each"], "session": "abc"}
      .template off               none from now on
      In the general form "$method", "$object", "$function" (the name before and behind its last dot),
      "$params" (all) and "$each" (every one in its place, in an array or as a member) stand for the
      call; other members go into the message, null takes one out.
      It holds for methods that the server told of, shows in the lines -->, is kept for this target,
      and what is secret in it is masked in recordings and in the history. `! CALL` goes without.
      """,
    options: [
      .init(name: "--only", value: "PATTERN", summary: "the methods whose calls are wrapped")
    ],
    argument: .template, run: run)

  @Sendable
  private static func run(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    guard shell.connection != nil else { throw Complaint("no target is connected") }
    let text = String(line.rest)
    switch text {
    case "": return show(shell)
    case "off":
      let had = shell.connection?.callTemplate != nil
      try shell.setTemplate(nil)
      let words = had ? "calls go out as they are typed" : "there was no template"
      shell.screen.note(StyledText(words, .note))
      return .ok
    default: break
    }
    if HistoryText.isMasked(text) {
      throw Complaint(
        "this line comes from the history, where its secret is masked",
        hint: "type the secret anew; `.template PRESET` asks for it")
    }
    let template: CallTemplate
    do throws(CallTemplate.Fault) {
      template = try await self.template(text, shell)
    } catch {
      let names = CallTemplate.presets.map(\.name).joined(separator: ", ")
      throw Complaint(error.message, hint: "presets are \(names); `.help template` tells more")
    }
    try shell.setTemplate(template)
    return show(shell)
  }

  private static func show(_ shell: Interpreter) -> ExitStatus {
    guard let template = shell.connection?.callTemplate else {
      shell.screen.note(
        StyledText("calls go out as they are typed; `.help template` shows how to wrap them", .dim))
      return .ok
    }
    let which = template.pattern.isEmpty ? "every method" : SafeText.escape(template.pattern)
    var text = StyledText("calls of ", .note) + StyledText(which, .method)
    text.append(" are sent as ", .note)
    text += JSONText.line(Masked.json(template.json).bytes)
    shell.screen.show(text)
    return .ok
  }

  private static func template(
    _ text: String, _ shell: Interpreter
  ) async throws(CallTemplate.Fault) -> CallTemplate {
    if let (form, pattern) = general(text) {
      let json: JSON
      do throws(JSONReadError) { json = try JSON(reading: form) } catch {
        throw CallTemplate.Fault(message: "this is no JSON: \(Finding(error).message)")
      }
      return try CallTemplate(json, pattern: pattern)
    }
    let (name, argument) = preset(text)
    guard let preset = CallTemplate.presets.first(where: { $0.name == name }) else {
      throw CallTemplate.Fault(message: "there is no preset \(name)")
    }
    if !preset.argument.isEmpty, argument.isEmpty {
      return try preset.template(try await ask(preset, shell))
    }
    return try preset.template(argument)
  }

  private static func ask(
    _ preset: CallTemplate.Preset, _ shell: Interpreter
  ) async throws(CallTemplate.Fault) -> String {
    shell.editor?.suspend()
    defer { shell.editor?.resume() }
    let secret = await Blocking.run {
      readPassword(prompt: "\(preset.argument.lowercased()) for \(preset.name): ")
    }
    guard let secret, !secret.isEmpty else {
      throw CallTemplate.Fault(message: "\(preset.name) needs its \(preset.argument.lowercased())")
    }
    return secret
  }

  /// The object of a general form, and the pattern before it.
  private static func general(_ text: String) -> (form: String, pattern: String)? {
    if text.hasPrefix("{") { return (text, "") }
    guard text.hasPrefix("--only"), let brace = text.firstIndex(of: "{") else { return nil }
    let words = text[text.index(text.startIndex, offsetBy: 6)..<brace]
    let pattern = words.filter { !$0.isWhitespace && $0 != "'" && $0 != "=" && $0 != "\"" }
    return (String(text[brace...]), pattern)
  }

  private static func preset(_ text: String) -> (name: String, argument: String) {
    let words = (try? CommandLine.words(text)) ?? [text]
    return (words.first ?? "", words.dropFirst().joined(separator: " "))
  }

  /// What in a line of this command may be a secret.
  static func secrets(in text: String) -> [String] {
    let text = String(text[...].trimmed)
    if let (form, pattern) = general(text) {
      guard let json = try? JSON(reading: form),
        let template = try? CallTemplate(json, pattern: pattern)
      else { return [form] }
      return template.secrets
    }
    let rest = text.drop { !$0.isWhitespace }[...].trimmed
    return rest.isEmpty ? [] : [String(rest)]
  }
}

/// Values without what may be secret in them.
private enum Masked {
  /// The strings of a template but for those that stand for parts of the call, shown as their ends.
  static func json(_ value: JSON) -> JSON {
    switch value.kind {
    case .string:
      guard let text = value.string, !text.hasPrefix("$"), text.count > 3 else { return value }
      let head = text.firstIndex(of: ":").map { text[...$0] } ?? ""
      return JSON(head + "…")
    case .array: return .array(value.elements.map(json))
    case .object:
      return .object(
        value.members.map { member in
          let isPlain = member.name == "method" || member.name == "version"
          return (member.name, isPlain ? member.value : json(member.value))
        })
    default: return value
    }
  }
}
