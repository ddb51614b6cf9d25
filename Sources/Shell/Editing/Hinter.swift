import Catalog
import Terminal

/// The ghost text behind a line: what could follow.
struct Hinter {
  let knowledge: Knowledge

  func hint(_ line: String, cursor: Int) -> String {
    // Only at the end, where it can follow.
    guard cursor == line.utf8.count, !line.isEmpty else { return "" }
    let context = LineContext(line, cursor: cursor)
    switch context.place {
    case .argument(let name, let place, let given):
      guard let method = knowledge.method(name), context.text.isEmpty else {
        return wholeParams(context, place, given)
      }
      return params(method, place, given)
    case .method: return rest(context)
    case .command: return usage(context)
    case .commandArgument(let name): return argument(of: name, context)
    case .optionValue(let name, let option):
      let known = Command.named(name)?.options.first { $0.name == option }
      return context.text.isEmpty ? known?.value ?? "" : ""
    case .output, .option, .raw: return ""
    }
  }

  private func params(_ method: Method, _ place: Int, _ given: Set<String>) -> String {
    guard let params = method.params else { return "" }
    if params.isEmpty { return place == 0 ? "no params" : "" }
    if knowledge.documents != nil, let placed = method.placedParams, !given.contains("textDocument")
    {
      return placed.filter { !given.contains($0.name) }.dropFirst(place).map { name, param in
        param.map(word) ?? name
      }.joined(separator: " ")
    }
    let open = params.filter { !given.contains($0.name) }.dropFirst(place)
    let shown = open.isEmpty && params.last?.isVariadic == true ? params.suffix(1) : open
    return shown.map(word).joined(separator: " ")
  }

  private func word(_ param: MethodParam) -> String {
    let name = SafeText.escape(param.name)
    let type = SafeText.escape(param.schema.typeText)
    let text = type == "any" ? name : "\(name):\(type)"
    return (param.isRequired ? text : "[\(text)]") + (param.isVariadic ? "…" : "")
  }

  /// One object or array alone is the whole params: said while it is the only argument.
  private func wholeParams(_ context: LineContext, _ place: Int, _ given: Set<String>) -> String {
    let isContainer = context.text.hasPrefix("{") || context.text.hasPrefix("[")
    return isContainer && place == 0 && given.isEmpty ? "  (the whole params)" : ""
  }

  /// The rest of the only method that begins so; of a complete one its params.
  private func rest(_ context: LineContext) -> String {
    guard !context.text.isEmpty else { return "" }
    if let method = knowledge.method(context.text) {
      let params = params(method, 0, [])
      return params.isEmpty ? "" : " " + params
    }
    guard let place = knowledge.catalog.index.only(context.text) else { return "" }
    let method = knowledge.catalog.methods[place]
    // The rest of a name that has to be quoted would be no name.
    guard Completer.quoted(method.name) == method.name else { return "" }
    return SafeText.escape(String(method.name.dropFirst(context.text.count)))
  }

  /// What a command takes, while nothing of it is typed; the values of a setting.
  private func argument(of name: String, _ context: LineContext) -> String {
    guard context.text.isEmpty, let command = Command.named(name) else { return "" }
    if let setting = context.settingName {
      guard command.argument == .setting, context.before == 2 else { return "" }
      return Setting.all.first { $0.name == setting }?.values ?? ""
    }
    return context.before == 1 ? command.usage : ""
  }

  private func usage(_ context: LineContext) -> String {
    guard let command = Command.named(String(context.text.dropFirst())) else { return "" }
    return command.usage.isEmpty ? "" : " " + command.usage
  }
}
