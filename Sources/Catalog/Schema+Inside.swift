public import LosslessJSON

extension Schema {
  /// The schemas that a value may be of, choices and parts of it taken apart, references followed.
  ///
  /// Of choices only those are left that members given already allow: a choice whose `kind` is another
  /// constant is out.
  public func choices(given: [String: JSON?] = [:]) -> [Schema] {
    var found: [Schema] = []
    expand(given, depth: 0, &found)
    return found
  }

  private static let mostChoices = 500

  private func expand(_ given: [String: JSON?], depth: Int, _ found: inout [Schema]) {
    guard depth < 8, found.count < Self.mostChoices else { return }
    let schema = resolved
    if schema.contradicts(given) { return }
    found.append(schema)
    for choice in schema.alternatives { choice.expand(given, depth: depth + 1, &found) }
    for part in (schema.json["allOf"] ?? []).elements.prefix(20) {
      schema.sibling(part).expand(given, depth: depth + 1, &found)
    }
  }

  /// Whether a member that is given has a value that this schema does not allow.
  private func contradicts(_ given: [String: JSON?]) -> Bool {
    if given.isEmpty { return false }
    guard let properties = json["properties"] else { return false }
    for (name, value) in given {
      guard let value, let property = properties[name] else { continue }
      let schema = Schema(property, root: root).resolved
      if let constant = schema.json["const"] {
        if !constant.isEquivalent(to: value) { return true }
      } else if let allowed = schema.json["enum"], allowed.count <= 200 {
        if !allowed.elements.contains(where: { $0.isEquivalent(to: value) }) { return true }
      }
    }
    return false
  }

  /// The schemas of a member of that name, for an object of this schema.
  public func member(_ name: String, given: [String: JSON?] = [:]) -> [Schema] {
    choices(given: given).flatMap { schema -> [Schema] in
      if let property = schema.json["properties"]?[name] { return [schema.sibling(property)] }
      guard let others = schema.json["additionalProperties"], others.kind == .object else {
        return []
      }
      return [schema.sibling(others)]
    }
  }

  /// The schemas of the element at a place, for an array of this schema.
  public func element(_ place: Int) -> [Schema] {
    choices().flatMap { schema -> [Schema] in
      // Until the draft of 2020, `items` listed the elements of a tuple.
      let items = schema.json["items"]
      let tuple = schema.json["prefixItems"] ?? (items?.kind == .array ? items : nil)
      if let element = tuple?[place] { return [schema.sibling(element)] }
      return schema.items.map { [$0] } ?? []
    }
  }

  /// The members that an object of this schema may have, each once.
  public func members(
    given: [String: JSON?] = [:]
  ) -> [(name: String, schema: Schema, isRequired: Bool)] {
    var names: Set<String> = []
    return choices(given: given).flatMap(\.properties).filter { names.insert($0.name).inserted }
  }

  /// Values that it names as usual: its default and its examples.
  public var suggestions: [(value: JSON, isDefault: Bool)] {
    let schema = resolved
    var found: [(value: JSON, isDefault: Bool)] = []
    if let value = json["default"] ?? schema.json["default"] { found.append((value, true)) }
    let examples = json["examples"] ?? schema.json["examples"] ?? []
    for value in examples.elements.prefix(10) { found.append((value, false)) }
    return found.filter { $0.value.kind != .object && $0.value.kind != .array }
  }
}
