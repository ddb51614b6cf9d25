import Catalog
import LosslessJSON
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Says what could stand at the cursor.
struct Completer {
  let knowledge: Knowledge
  /// Proposes values, where the server does.
  var server: ServerCompletion?

  func complete(_ line: String, cursor: Int) -> Completion {
    let context = LineContext(line, cursor: cursor)
    let line = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    if let completion = variable(in: context) { return completion }
    switch context.place {
    case .command:
      let names = Command.all.map { Candidate("." + $0.name, annotation: $0.summary) }
      return completion(context, names)
    case .commandArgument(let name): return argument(of: name, context)
    case .option(let name): return options(of: name, context)
    case .optionValue: return Completion()
    case .raw:
      return json(context.text, at: context.word.lowerBound, context.word.upperBound, .message)
        ?? Completion()
    case .method: return methods(context.word, context.text)
    case .argument(let method, let place, let given):
      return argument(method, place, given, context, line)
    case .output: return output(context)
    }
  }

  /// `$` begins a variable only before a letter or `_`; alone it may become one.
  static func beginsVariable(_ text: String) -> Bool {
    let bytes = text.utf8.prefix(2)
    return bytes.first == 0x24 && bytes.dropFirst().allSatisfy(Cursor.isNameStart)
  }

  private func completion(_ context: LineContext, _ candidates: [Candidate]) -> Completion {
    completion(context.word, context.text, candidates)
  }

  func completion(
    _ word: Range<Int>, _ text: String, _ candidates: [Candidate]
  ) -> Completion {
    let fitting = candidates.filter { $0.text.hasPrefix(text) }
    if !fitting.isEmpty || text.isEmpty {
      return Completion(replaced: word, candidates: fitting)
    }
    // Nothing begins so: what contains it, or differs in case only, may be meant.
    let wanted = text.lowercased()
    let near = candidates.filter { $0.text.lowercased().contains(wanted) }
    return Completion(replaced: word, candidates: near)
  }

  /// A name as it has to be typed.
  static func quoted(_ name: String) -> String {
    // What can't be seen is typed as an escape.
    if !name.unicodeScalars.allSatisfy(SafeText.isSafe) { return escaped(name) }
    let isOdd =
      name.isEmpty || [".", "{", "[", "'", "\"", "!", "#"].contains { name.hasPrefix($0) }
      || name.contains { $0.isWhitespace } || ["|", ">", ">>", ";", "&"].contains(name)
      || name != "$" && beginsVariable(name)
    if !isOdd { return name }
    let escaped = name.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "'" + String(escaped) + "'"
  }

  /// A JSON string whose characters can all be seen.
  static func escaped(_ text: String) -> String {
    let units = text.unicodeScalars.map { scalar -> String in
      if SafeText.isSafe(scalar) {
        return scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : "\(scalar)"
      }
      return UTF16.encode(scalar).map { Array($0) }?.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined() ?? ""
    }
    return "\"" + units.joined() + "\""
  }

  // MARK: - Commands

  private func argument(of command: String, _ context: LineContext) -> Completion {
    switch Command.named(command)?.argument {
    case .method?: return methods(context.word, context.text)
    case .setting?: return Completion.settings(context)
    case .command?:
      return completion(context, Command.all.map { Candidate($0.name, annotation: $0.summary) })
    case .view?, .exchange?:
      return completion(
        context, ExchangeView.all.map { Candidate($0.name, annotation: $0.summary) })
    case .path?: return files(context, prefix: "")
    case .document?: return openDocuments(context)
    case .file?: return context.text.hasPrefix("@") ? files(context, prefix: "@") : Completion()
    case .target?: return target(context)
    case .filter?: return filter(context)
    case .export?: return export(context)
    case .template?: return template(context)
    case .save?: return save(context)
    default: return Completion()
    }
  }

  private func options(of command: String, _ context: LineContext) -> Completion {
    completion(
      context,
      (Command.named(command)?.options ?? []).map { option in
        let value = option.value.isEmpty ? "" : option.value + "  "
        return Candidate(option.name, annotation: value + option.summary)
      })
  }

  private func template(_ context: LineContext) -> Completion {
    let presets = CallTemplate.presets.map { preset in
      Candidate(preset.name, annotation: preset.summary)
    }
    let isFirst = context.before == 1
    return completion(
      context, isFirst ? presets + [Candidate("off", annotation: "as it is typed")] : [])
  }

  private func target(_ context: LineContext) -> Completion {
    if context.text.hasPrefix("unix:") { return files(context, prefix: "unix:") }
    let schemes = ["http://", "https://", "unix:", "tcp:", "stdio:"]
    return completion(context, schemes.map { Candidate($0) }).withoutSuffix
  }
}

extension Completion {
  var withoutSuffix: Completion {
    var copy = self
    copy.suffix = ""
    return copy
  }

  /// The names of settings, then the values of one.
  fileprivate static func settings(_ context: LineContext) -> Completion {
    let names = Setting.all.map { Candidate($0.name, annotation: $0.summary) }
    let chosen = Setting.all.first { $0.name == context.settingName }
    let values = (chosen?.choices ?? []).map { Candidate($0) }
    let fitting = context.settingName == nil ? names : values
    return Completion(
      replaced: context.word, candidates: fitting.filter { $0.text.hasPrefix(context.text) })
  }
}
