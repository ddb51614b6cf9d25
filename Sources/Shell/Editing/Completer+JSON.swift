import Catalog
import LosslessJSON
import Terminal

/// Keys and values inside JSON that is being typed.
extension Completer {
  /// What JSON that begins a word is: what its schema hangs on.
  enum Whole {
    /// All params of a method.
    case params(Method)
    /// One value of a method.
    case value(MethodParam, of: Method)
    /// A message.
    case message
  }

  /// What could stand at the end of JSON that begins at a place of the line.
  func json(_ text: String, at start: Int, _ end: Int, _ whole: Whole) -> Completion? {
    guard let open = OpenJSON(text) else { return nil }
    let context = JSONContext(open, whole, knowledge)
    let word = (start + open.start)..<end
    switch open.place {
    case .key: return keys(context, open, word)
    case .value: return values(context, open, word)
    case .nothing: return Completion(replaced: word)
    }
  }

  private func keys(_ context: JSONContext, _ open: OpenJSON, _ word: Range<Int>) -> Completion {
    let given = open.containers.last?.given ?? [:]
    let members = context.members.filter { given[$0.name] == nil && $0.name.hasPrefix(open.typed) }
    let candidates = members.map { member in
      let isSafe = member.name.unicodeScalars.allSatisfy(SafeText.isSafe)
      let key = isSafe ? JSON(member.name).text : Self.escaped(member.name)
      let type = SafeText.escape(member.schema.typeText)
      return Candidate(
        key + ": ", display: SafeText.escape(member.name),
        annotation: member.isRequired ? type : type + ", optional",
        doc: Self.line(member.doc))
    }
    var completion = Completion(replaced: word, candidates: candidates, suffix: "")
    completion.note = context.note
    return completion
  }

  private func values(_ context: JSONContext, _ open: OpenJSON, _ word: Range<Int>) -> Completion {
    if let methods = context.methodNames(open.typed) {
      let names = methods.map { Candidate(JSON($0).text, display: SafeText.escape($0)) }
      return Completion(replaced: word, candidates: names, suffix: "")
    }
    var candidates: [Candidate] = []
    var known: Set<String> = []
    func add(_ value: JSON, _ annotation: String) {
      let isSafe = value.text.unicodeScalars.allSatisfy(SafeText.isSafe)
      let text = isSafe ? value.text : Self.escaped(value.string ?? "")
      let begins =
        open.isQuoted ? value.string?.hasPrefix(open.typed) ?? false : text.hasPrefix(open.typed)
      guard begins, known.insert(text).inserted else { return }
      candidates.append(Candidate(text, annotation: annotation))
    }
    for schema in context.schemas.flatMap({ $0.choices() }) {
      for value in schema.listed { add(value, "") }
      for (value, isDefault) in schema.suggestions { add(value, isDefault ? "default" : "example") }
    }
    for seen in context.seen { add(seen.value, "seen in \(SafeText.escape(seen.method))") }
    if candidates.isEmpty, open.typed.isEmpty, !open.isQuoted { candidates = context.openers }
    var completion = Completion(replaced: word, candidates: candidates, suffix: "")
    completion.note = context.note
    return completion
  }

  /// The first line of a doc.
  static func line(_ doc: String) -> String {
    let line = doc.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
    return SafeText.escape(String(line?[...].trimmed ?? ""))
  }
}

/// What is known of the place in JSON that is being typed.
struct JSONContext {
  /// A member that an object may have.
  struct Member {
    var name: String
    var schema: Schema
    var isRequired: Bool
    var doc: String
  }

  /// The schemas that what stands at the place may have.
  private(set) var schemas: [Schema] = []
  /// The members that the innermost object may have.
  private(set) var members: [Member] = []
  /// The param or key that a value belongs to.
  private var name = ""
  private var method: Method?
  private var isMethodName = false
  private let knowledge: Knowledge

  init(_ open: OpenJSON, _ whole: Completer.Whole, _ knowledge: Knowledge) {
    self.knowledge = knowledge
    var containers = open.containers[...]
    switch whole {
    case .params(let method): self.params(method, &containers)
    case .value(let param, let method):
      self.method = method
      (schemas, name) = ([param.schema], param.name)
    case .message: message(&containers)
    }
    guard !isMethodName else { return }
    for container in containers { enter(container) }
  }

  /// A message's own members; its params lead on into the method's.
  private mutating func message(_ containers: inout ArraySlice<OpenJSON.Container>) {
    // Of a batch, every element is a message.
    while let first = containers.first, !first.isObject { containers = containers.dropFirst() }
    guard let envelope = containers.popFirst() else { return }
    let method = envelope.given["method"].flatMap { $0 }?.string.flatMap { knowledge.method($0) }
    if containers.isEmpty {
      let version: Schema = .oneOf(["2.0"])
      let parts: [(String, Schema)] = [
        ("jsonrpc", version), ("method", .type("string")), ("params", .type("object")),
        ("id", .any),
      ]
      members = parts.map { name, schema in
        Member(name: name, schema: schema, isRequired: name == "method", doc: "")
      }
      isMethodName = envelope.key == "method"
      schemas = envelope.key == "jsonrpc" ? [version] : []
      if envelope.key == "params" { schemas = [.type("object")] }
    } else if envelope.key == "params", let method {
      params(method, &containers)
    }
  }

  /// The params of a method, by name or by position.
  private mutating func params(
    _ method: Method, _ containers: inout ArraySlice<OpenJSON.Container>
  ) {
    self.method = method
    guard let outer = containers.popFirst() else { return }
    let params = method.params ?? []
    if outer.isObject {
      members = params.map {
        Member(name: $0.name, schema: $0.schema, isRequired: $0.isRequired, doc: $0.doc)
      }
      guard let param = method.param(outer.key) else {
        schemas = []
        return
      }
      (schemas, name) = ([param.schema], param.name)
    } else {
      members = []
      let param = method.param(at: outer.place)
      (schemas, name) = (param.map { [$0.schema] } ?? [], param?.name ?? "")
    }
    if !containers.isEmpty { members = [] }
  }

  private mutating func enter(_ container: OpenJSON.Container) {
    if container.isObject {
      let given = container.given
      var names: Set<String> = []
      members = schemas.flatMap { $0.members(given: given) }
        .filter { names.insert($0.name).inserted }
        .map {
          Member(name: $0.name, schema: $0.schema, isRequired: $0.isRequired, doc: $0.schema.doc)
        }
      // The member itself says nothing yet of which choice it is.
      var others = given
      others[container.key] = nil
      schemas = schemas.flatMap { $0.member(container.key, given: others) }
      name = container.key
    } else {
      members = []
      schemas = schemas.flatMap { $0.element(container.place) }
    }
  }

  /// The names of methods, if one is to stand here.
  func methodNames(_ typed: String) -> [String]? {
    guard isMethodName else { return nil }
    let found = knowledge.catalog.index.matches(typed)
    return found.places.prefix(200).map { knowledge.catalog.methods[Int($0)].name }
  }

  /// Values of earlier results that fit here.
  var seen: [SeenValues.Value] {
    if name.isEmpty { return [] }
    let types = Set(schemas.flatMap { $0.choices().flatMap(\.types) })
    return knowledge.seen.values(for: name, of: method?.name ?? "").filter { seen in
      types.isEmpty || types.contains(seen.value.kind.rawValue)
        || types.contains("integer") && seen.value.int != nil
    }
  }

  /// The bracket or quote that a value of the only type begins with.
  var openers: [Candidate] {
    let choices = schemas.flatMap { $0.choices() }
    var types = Set(choices.flatMap(\.types).filter { $0 != "null" })
    if choices.contains(where: { $0.json["properties"] != nil }) { types.insert("object") }
    switch types {
    case ["object"]: return [Candidate("{")]
    case ["array"]: return [Candidate("[")]
    case ["string"]: return [Candidate("\"")]
    default: return []
    }
  }

  /// What there is to say of the value at the place.
  var note: String {
    guard let schema = schemas.first, !name.isEmpty else { return "" }
    let doc = schemas.lazy.map(\.doc).first { !$0.isEmpty } ?? ""
    let type = SafeText.escape(schema.typeText)
    return "\(SafeText.escape(name)): \(type)" + (doc.isEmpty ? "" : "  " + Completer.line(doc))
  }
}

extension Schema {
  /// The values that it lists itself.
  var listed: [JSON] {
    if let allowed = json["enum"] ?? json["enums"] { return Array(allowed.elements.prefix(500)) }
    if let constant = json["const"] { return [constant] }
    return types.contains("boolean") ? [JSON(true), JSON(false)] : []
  }
}
