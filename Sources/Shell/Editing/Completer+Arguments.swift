import Catalog
import LosslessJSON
import Terminal

/// Arguments of calls: names of params, their values, files, and JSON.
extension Completer {
  func argument(
    _ name: String, _ place: Int, _ given: Set<String>, _ context: LineContext, _ line: String
  ) -> Completion {
    if context.text.hasPrefix("@") { return files(context, prefix: "@") }
    guard let method = knowledge.method(name) else { return Completion() }
    if let completion = self.place(method, place, given, context) { return completion }
    if let named = named(context, method, given, line) { return named }
    let isContainer = context.text.hasPrefix("{") || context.text.hasPrefix("[")
    if isContainer {
      let isWhole = place == 0 && given.isEmpty
      let param = method.param(at: place)
      guard isWhole || param != nil else { return Completion() }
      let whole: Whole =
        isWhole ? .params(method) : param.map { .value($0, of: method) } ?? .params(method)
      return json(context.text, at: context.word.lowerBound, context.word.upperBound, whole)
        ?? Completion()
    }
    return byPosition(method, place, given, context)
  }

  /// The value behind `name=` or `name:=`.
  private func named(
    _ context: LineContext, _ method: Method, _ given: Set<String>, _ line: String
  ) -> Completion? {
    guard let equals = context.text.firstIndex(of: "="), equals != context.text.startIndex else {
      return nil
    }
    let name = context.text[..<equals]
    let bare = String(name.hasSuffix(":") ? name.dropLast() : name)
    let offset = context.text[...equals].utf8.count
    let word = (context.word.lowerBound + offset)..<context.word.upperBound
    let text = String(decoding: Array(context.text.utf8).dropFirst(offset), as: UTF8.self)
    if text.hasPrefix("@") {
      return files(at: word.lowerBound + 1, word, String(text.dropFirst()))
    }
    guard let param = method.param(bare) else { return Completion() }
    if let reference = method.reference, param.schema.enumeration.isEmpty {
      return proposed(reference, bare, word, text, line, given)
    }
    if text.hasPrefix("{") || text.hasPrefix("[") {
      return json(text, at: word.lowerBound, word.upperBound, .value(param, of: method))
        ?? Completion()
    }
    let isStrict = name.hasSuffix(":")
    var completion = Completion(
      replaced: word,
      candidates: values(param, method, text, isStrict: isStrict, isNamed: true))
    completion.note = Self.note(param, method)
    return completion
  }

  private func byPosition(
    _ method: Method, _ place: Int, _ given: Set<String>, _ context: LineContext
  ) -> Completion {
    // What stands by position fills the first of the others.
    let open = (method.params ?? []).filter { !given.contains($0.name) }.dropFirst(place)
    let param = given.isEmpty ? method.param(at: place) : open.first
    let listed =
      method.structure == .byName ? [] : param.map { values($0, method, context.text) } ?? []
    let takesNames =
      method.structure == .byPosition && !given.isEmpty || method.structure != .byPosition
    let names = takesNames ? open.filter { !$0.isVariadic }.map(Self.candidate) : []
    let fitting = listed + names.filter { $0.text.hasPrefix(context.text) }
    let isName = fitting.count == 1 && fitting[0].text.hasSuffix("=")
    var completion = Completion(
      replaced: context.word, candidates: fitting, suffix: isName ? "" : " ")
    completion.note = param.map { Self.note($0, method) } ?? Self.note(method)
    return completion
  }

  private static func candidate(_ param: MethodParam) -> Candidate {
    let type = SafeText.escape(param.schema.typeText)
    return Candidate(
      param.name + "=", display: SafeText.escape(param.name) + "=",
      annotation: param.isRequired ? type : type + ", optional", doc: line(param.doc))
  }

  /// What there is to say of a param.
  private static func note(_ param: MethodParam, _ method: Method) -> String {
    let type = SafeText.escape(param.schema.typeText)
    let doc = line(param.doc)
    let rest = doc.isEmpty ? note(method) : doc
    return "\(SafeText.escape(param.name)): \(type)" + (rest.isEmpty ? "" : "  " + rest)
  }

  private static func note(_ method: Method) -> String {
    line(method.summary.isEmpty ? method.doc : method.summary)
  }

  // MARK: - Values

  /// The values that a param lists, those that are usual, and those that earlier results had.
  private func values(
    _ param: MethodParam, _ method: Method, _ text: String, isStrict: Bool = false,
    isNamed: Bool = false
  ) -> [Candidate] {
    let takesText = param.schema.takesOnlyStrings && !isStrict
    let name = isNamed ? "" : SafeText.escape(param.name)
    var known: Set<String> = []
    var found: [Candidate] = []
    func add(_ value: JSON, _ annotation: String) {
      let word = isStrict ? value.text : Self.word(value, asText: takesText)
      guard word.hasPrefix(text), known.insert(word).inserted else { return }
      found.append(
        Candidate(word, annotation: annotation, doc: Self.line(param.doc)))
    }
    for value in param.schema.enumeration.prefix(500) { add(value, name) }
    let types = Set(param.schema.choices().flatMap(\.types))
    for (value, isDefault) in param.schema.suggestions {
      add(
        value,
        [name, isDefault ? "default" : "example"].filter { !$0.isEmpty }.joined(separator: ", "))
    }
    for seen in knowledge.seen.values(for: param.name, of: method.name) {
      let kind = seen.value.kind.rawValue
      let fits =
        types.isEmpty || types.contains(kind) || types.contains("integer") && seen.value.int != nil
      if fits { add(seen.value, "seen in \(SafeText.escape(seen.method))") }
    }
    return found
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
  static func word(_ value: JSON, asText: Bool) -> String {
    guard let string = value.string else { return value.text }
    if !string.unicodeScalars.allSatisfy(SafeText.isSafe) { return escaped(string) }
    let isPlain =
      !string.isEmpty && !string.contains { $0.isWhitespace || "'\"$@{[|>&;=".contains($0) }
      && (asText || (try? JSON(reading: string)) == nil)
    return isPlain ? string : value.text
  }
}
