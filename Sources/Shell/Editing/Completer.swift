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
    case .optionValue, .raw: return Completion()
    case .method: return completion(context, methods)
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

  var methods: [Candidate] {
    let known = knowledge.catalog.methods.map { method in
      Candidate(
        Self.quoted(method.name), display: SafeText.escape(method.name),
        annotation: Self.mark(method)
          + MethodText.signature(method).plain.dropped(SafeText.escape(method.name)))
    }
    let used = knowledge.used.filter { knowledge.catalog[$0] == nil }
    return known + used.map { Candidate(Self.quoted($0), annotation: "called before") }
  }

  /// What is no method of the server's own, and no tool, is marked.
  private static func mark(_ method: Method) -> String {
    ["prompt", "resource"].contains(method.nature) ? "(\(method.nature)) " : ""
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

  // MARK: - Arguments of calls

  private func argument(
    _ method: String, _ place: Int, _ given: Set<String>, _ context: LineContext, _ line: String
  ) -> Completion {
    if context.text.hasPrefix("@") { return files(context, prefix: "@") }
    guard let known = knowledge.catalog[method] else { return Completion() }
    if let completion = self.place(known, place, given, context) { return completion }
    if let (name, start) = name(context) {
      let param = known.param(name)
      let word = (context.word.lowerBound + start)..<context.word.upperBound
      let text = String(decoding: Array(context.text.utf8).dropFirst(start), as: UTF8.self)
      if text.hasPrefix("@") {
        return files(at: word.lowerBound + 1, word, String(text.dropFirst()))
      }
      if let reference = known.reference, param?.schema.enumeration.isEmpty == true {
        return proposed(reference, name, word, text, line, given)
      }
      return values(param, word, text, isNamed: true)
    }
    let values =
      known.structure == .byName
      ? [] : values(known.param(at: place), context.word, context.text).candidates
    let names = known.structure == .byPosition && !given.isEmpty || known.structure != .byPosition
    // What stands by position fills the first of the others.
    let open = (known.params ?? []).filter { !given.contains($0.name) }.dropFirst(place)
    let named = names ? open.filter { !$0.isVariadic }.map(Self.candidate) : []
    let fitting = (values + named).filter { $0.text.hasPrefix(context.text) }
    let isName = fitting.count == 1 && fitting[0].text.hasSuffix("=")
    return Completion(replaced: context.word, candidates: fitting, suffix: isName ? "" : " ")
  }

  private static func candidate(_ param: MethodParam) -> Candidate {
    let type = SafeText.escape(param.schema.typeText)
    return Candidate(
      param.name + "=", display: SafeText.escape(param.name) + "=",
      annotation: param.isRequired ? type : type + ", optional")
  }

  private func name(_ context: LineContext) -> (String, Int)? {
    guard let equals = context.text.firstIndex(of: "="), equals != context.text.startIndex else {
      return nil
    }
    let name = context.text[..<equals]
    let bare = name.hasSuffix(":") ? name.dropLast() : name
    return (String(bare), context.text[...equals].utf8.count)
  }

  private func values(
    _ param: MethodParam?, _ word: Range<Int>, _ text: String, isNamed: Bool = false
  ) -> Completion {
    guard let param else { return Completion() }
    let takesText = param.schema.takesOnlyStrings
    let candidates = param.schema.enumeration.map { value in
      Candidate(
        Self.word(value, asText: takesText), annotation: isNamed ? "" : SafeText.escape(param.name))
    }
    return Completion(replaced: word, candidates: candidates.filter { $0.text.hasPrefix(text) })
  }

  /// The values that the server proposes for an argument.
  private func proposed(
    _ reference: JSON, _ name: String, _ word: Range<Int>, _ typed: String,
    _ line: String, _ given: Set<String>
  ) -> Completion {
    var others: [String: String] = [:]
    for argument in line.split(separator: " ") {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0] != name, given.contains(parts[0]) else { continue }
      others[parts[0]] = parts[1]
    }
    let question = ServerCompletion.Question(
      reference: reference, argument: name, typed: typed, given: others)
    let values = server?.values(question) ?? []
    let candidates = values.map { Candidate(Self.word(JSON($0), asText: true)) }
    return Completion(replaced: word, candidates: candidates.filter { $0.text.hasPrefix(typed) })
  }

  /// A value as it has to be typed: a string without quotes where it is one even so.
  private static func word(_ value: JSON, asText: Bool) -> String {
    guard let string = value.string else { return value.text }
    if !string.unicodeScalars.allSatisfy(SafeText.isSafe) { return escaped(string) }
    let isPlain =
      !string.isEmpty && !string.contains { $0.isWhitespace || "'\"$@{[|>&;=".contains($0) }
      && (asText || (try? JSON(reading: string)) == nil)
    return isPlain ? string : value.text
  }

  // MARK: - Commands

  private func argument(of command: String, _ context: LineContext) -> Completion {
    switch Command.named(command)?.argument {
    case .method?: return completion(context, methods)
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

extension String {
  /// What is left behind a prefix, without blanks.
  fileprivate func dropped(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)[...].trimmed) : self
  }
}
