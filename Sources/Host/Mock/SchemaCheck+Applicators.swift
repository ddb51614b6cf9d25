import Catalog
import LosslessJSON

/// Schemas that are made of schemas.
extension SchemaCheck {
  /// `allOf`, `anyOf`, `oneOf` and `not`.
  static func combination(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    for part in parts("allOf", schema) {
      if let violation = violation(of: value, part, depth: depth + 1) { return violation }
    }
    for name in ["anyOf", "oneOf"] {
      let choices = parts(name, schema)
      if choices.isEmpty { continue }
      let count = choices.count { fits(value, $0, depth) }
      if count == 0 { return none(of: choices, value, depth) }
      if name == "oneOf", count > 1 {
        return must("be only one of the \(choices.count) kinds that its schema has", value)
      }
    }
    if let denied = schema.json["not"], fits(value, schema.sibling(denied), depth) {
      return must("not be what its schema excludes", value)
    }
    return nil
  }

  /// The schemas in an array.
  static func parts(_ name: String, _ schema: Schema) -> [Schema] {
    schema.json[name].map { $0.elements.map { schema.sibling($0) } } ?? []
  }

  private static func none(of choices: [Schema], _ value: JSON, _ depth: Int) -> Violation {
    // Where only one choice is of the right type, what it says is of use.
    let near = choices.filter { choice in
      choice.types.isEmpty || choice.types.contains { has(value, type: $0) }
    }
    if near.count == 1, let violation = violation(of: value, near[0], depth: depth + 1) {
      return violation
    }
    return must("be one of the \(choices.count) kinds that its schema has", value)
  }

  /// `if`, `then` and `else`; and what the presence of a member asks for.
  static func condition(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    if let branch = branch(of: schema, for: value, depth) {
      if let violation = violation(of: value, branch, depth: depth + 1) { return violation }
    }
    guard value.kind == .object else { return nil }
    for name in ["dependentRequired", "dependencies"] {
      for (member, needed) in present(name, schema, value) where needed.kind == .array {
        for other in needed.elements.compactMap(\.string) where value[other] == nil {
          return Violation(
            path: "",
            reason: "lacks the member \(JSON(other).text), which \(JSON(member).text) needs"
          )
        }
      }
    }
    for dependent in dependents(schema, value) {
      if let violation = violation(of: value, dependent, depth: depth + 1) { return violation }
    }
    return nil
  }

  /// The schema that the outcome of `if` chooses.
  static func branch(of schema: Schema, for value: JSON, _ depth: Int) -> Schema? {
    guard let condition = schema.json["if"] else { return nil }
    let name = fits(value, schema.sibling(condition), depth) ? "then" : "else"
    return schema.json[name].map { schema.sibling($0) }
  }

  /// The schemas that members of a value bring with them.
  static func dependents(_ schema: Schema, _ value: JSON) -> [Schema] {
    ["dependentSchemas", "dependencies"].flatMap { name in
      present(name, schema, value).filter { $0.1.kind != .array }.map { schema.sibling($0.1) }
    }
  }

  /// The entries of a keyword whose names are members of a value.
  private static func present(
    _ keyword: String, _ schema: Schema, _ value: JSON
  ) -> [(String, JSON)] {
    (schema.json[keyword].map { Array($0.members) } ?? []).compactMap { entry in
      value[entry.name] == nil ? nil : (entry.name, entry.value)
    }
  }
}
