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

  func complete(_ line: String, cursor: Int) -> Completion {
    let context = LineContext(line, cursor: cursor)
    if Self.beginsVariable(context.text) {
      let isMethod = context.text == "$" && context.place == .method
      return variables(context.word, context.text, others: isMethod ? methods : [])
    }
    switch context.place {
    case .command:
      let names = Command.all.map { Candidate("." + $0.name, annotation: $0.summary) }
      return completion(context, names)
    case .commandArgument(let name): return argument(of: name, context)
    case .method: return completion(context, methods)
    case .argument(let method, let place, let given):
      return argument(method, place, given, context)
    case .output: return output(context)
    }
  }

  /// `$` begins a variable only before a letter or `_`; alone it may become one.
  private static func beginsVariable(_ text: String) -> Bool {
    let bytes = text.utf8.prefix(2)
    return bytes.first == 0x24 && bytes.dropFirst().allSatisfy(Cursor.isNameStart)
  }

  private func completion(_ context: LineContext, _ candidates: [Candidate]) -> Completion {
    completion(context.word, context.text, candidates)
  }

  private func completion(
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

  private var methods: [Candidate] {
    let known = knowledge.catalog.methods.map { method in
      Candidate(
        Self.quoted(method.name), display: SafeText.escape(method.name),
        annotation: MethodText.signature(method).plain.dropped(SafeText.escape(method.name)))
    }
    let used = knowledge.used.filter { knowledge.catalog[$0] == nil }
    return known + used.map { Candidate(Self.quoted($0), annotation: "called before") }
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
  private static func escaped(_ text: String) -> String {
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
    _ method: String, _ place: Int, _ given: Set<String>, _ context: LineContext
  ) -> Completion {
    if context.text.hasPrefix("@") { return files(context, prefix: "@") }
    guard let known = knowledge.catalog[method] else { return Completion() }
    if let (name, start) = name(context) {
      let param = known.param(name)
      let word = (context.word.lowerBound + start)..<context.word.upperBound
      let text = String(decoding: Array(context.text.utf8).dropFirst(start), as: UTF8.self)
      if Self.beginsVariable(text) { return variables(word, text) }
      if text.hasPrefix("@") {
        return files(at: word.lowerBound + 1, word, String(text.dropFirst()))
      }
      return values(param, word, text)
    }
    let values =
      known.structure == .byName
      ? [] : values(known.param(at: place), context.word, context.text).candidates
    let names = known.structure == .byPosition && !given.isEmpty || known.structure != .byPosition
    let params = (known.params ?? []).filter { !given.contains($0.name) && !$0.isVariadic }
    let named = names ? params.map(Self.candidate) : []
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

  private func values(_ param: MethodParam?, _ word: Range<Int>, _ text: String) -> Completion {
    guard let param else { return Completion() }
    let takesText = param.schema.takesOnlyStrings
    let candidates = param.schema.enumeration.map { value in
      Candidate(Self.word(value, asText: takesText), annotation: SafeText.escape(param.name))
    }
    return Completion(replaced: word, candidates: candidates.filter { $0.text.hasPrefix(text) })
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
    case .setting?: return setting(context)
    case .command?:
      return completion(context, Command.all.map { Candidate($0.name, annotation: $0.summary) })
    case .view?, .exchange?: return completion(context, ExchangeView.names.map { Candidate($0) })
    case .file?: return context.text.hasPrefix("@") ? files(context, prefix: "@") : Completion()
    case .target?:
      return completion(
        context, ["http://", "https://", "unix:", "tcp:", "stdio:"].map { Candidate($0) }
      ).withoutSuffix
    default: return Completion()
    }
  }

  private func setting(_ context: LineContext) -> Completion {
    Completion.settings(context)
  }

  // MARK: - Files, variables, paths

  private func output(_ context: LineContext) -> Completion {
    if context.text.hasPrefix(".") {
      return path(context.word, context.text, in: knowledge.variables["_"], start: 0)
    }
    return files(context, prefix: "")
  }

  private func variables(
    _ word: Range<Int>, _ typed: String, others: [Candidate] = []
  ) -> Completion {
    let text = typed.dropFirst()
    if let end = text.firstIndex(where: { $0 == "." || $0 == "[" }) {
      let name = String(text[..<end])
      return path(word, typed, in: knowledge.variables[name], start: 1 + name.utf8.count)
    }
    let names = knowledge.variables.names.map { name in
      Candidate("$" + name, annotation: knowledge.variables[name]?.kind.rawValue ?? "")
    }
    return completion(word, typed, names + others).withoutSuffix
  }

  /// Completes the last step of `.path[0].field` from the value it leads into.
  private func path(
    _ word: Range<Int>, _ text: String, in value: JSON?, start: Int
  ) -> Completion {
    let bytes = Array(text.utf8)
    guard let value, let dot = bytes.lastIndex(of: 0x2E), dot >= start else { return Completion() }
    let before = String(decoding: bytes[start..<dot], as: UTF8.self)
    guard let path = try? JSONPath(before), let inside = try? path.select(in: value) else {
      return Completion()
    }
    let typed = String(decoding: bytes[(dot + 1)...], as: UTF8.self)
    let word = (word.lowerBound + dot)..<word.upperBound
    let steps = inside.members.filter { $0.name.hasPrefix(typed) }.map { member in
      Candidate(
        JSONPath([.member(member.name)]).description, display: SafeText.escape(member.name),
        annotation: member.value.kind.rawValue)
    }
    return Completion(replaced: word, candidates: steps).withoutSuffix
  }

  private func files(_ context: LineContext, prefix: String) -> Completion {
    let typed = String(context.text.dropFirst(prefix.count))
    return files(at: context.word.lowerBound + prefix.utf8.count, context.word, typed)
  }

  /// A file's name as it has to be typed: in quotes if a blank would end it.
  private static func quotedFile(_ file: Candidate) -> Candidate {
    let isOdd = file.text.contains { $0.isWhitespace } || file.text.first == "'"
    let isSafe = file.text.unicodeScalars.allSatisfy(SafeText.isSafe)
    if !isOdd, isSafe { return file }
    let word = isSafe ? quoted(file.text) : escaped(file.text)
    // A folder's name goes on, so that its quote stays open.
    return Candidate(
      file.text.hasSuffix("/") ? String(word.dropLast()) : word, display: file.display)
  }

  private func files(at start: Int, _ word: Range<Int>, _ text: String) -> Completion {
    let typed = text.hasPrefix("'") ? String(text.dropFirst()) : text
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let path = FileText.expanded(folder.isEmpty ? "." : folder)
    guard let directory = opendir(path) else { return Completion() }
    defer { closedir(directory) }
    var found: [Candidate] = []
    while let entry = readdir(directory), found.count < 1000 {
      let entryName = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let isHidden = entryName.hasPrefix(".") && !name.hasPrefix(".")
      if !entryName.hasPrefix(name) || isHidden || entryName == "." || entryName == ".." {
        continue
      }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      found.append(
        Candidate(folder + entryName + (isFolder ? "/" : ""), display: SafeText.escape(entryName)))
    }
    let sorted = found.sorted { $0.text < $1.text }.map(Self.quotedFile)
    let isFolder = found.count == 1 && found[0].text.hasSuffix("/")
    return Completion(
      replaced: start..<word.upperBound, candidates: sorted, suffix: isFolder ? "" : " ")
  }
}

extension Completion {
  fileprivate var withoutSuffix: Completion {
    var copy = self
    copy.suffix = ""
    return copy
  }

  /// The names of settings, then the values of one.
  fileprivate static func settings(_ context: LineContext) -> Completion {
    let names = Setting.all.map { Candidate($0.name, annotation: $0.summary) }
    let values = Setting.all.flatMap { setting in
      setting.choices.map { Candidate($0, annotation: setting.name) }
    }
    let isName = context.settingName == nil
    let fitting = isName ? names : values.filter { $0.annotation == context.settingName }
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
