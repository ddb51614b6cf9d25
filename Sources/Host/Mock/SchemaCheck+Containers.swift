import Catalog
import LosslessJSON

/// What arrays and objects hold.
extension SchemaCheck {
  static func container(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    switch value.kind {
    case .array:
      count(value.count, "items", ("minItems", "maxItems"), schema) ?? items(value, schema, depth)
        ?? contained(value, schema, depth) ?? unevaluatedItems(value, schema, depth)
    case .object:
      count(value.count, "members", ("minProperties", "maxProperties"), schema)
        ?? members(value, schema, depth) ?? unevaluatedMembers(value, schema, depth)
    default: nil
    }
  }

  private static func count(
    _ count: Int, _ noun: String, _ limits: (least: String, most: String), _ schema: Schema
  ) -> Violation? {
    if let least = schema.json[limits.least]?.int, count < least {
      return Violation(path: "", reason: "must have at least \(least) \(noun), not \(count)")
    }
    if let most = schema.json[limits.most]?.int, count > most {
      return Violation(path: "", reason: "must have at most \(most) \(noun), not \(count)")
    }
    return nil
  }

  // MARK: - Arrays

  private static func items(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    let first = tuple(schema)
    for (place, element) in value.elements.enumerated() {
      guard let own = place < first.count ? first[place] : rest(schema) else { continue }
      if own.json.bool == false {
        return Violation(path: "[\(place)]", reason: "is one item too many")
      }
      if let inner = violation(of: element, own, depth: depth + 1) {
        return Violation(path: "[\(place)]\(inner.path)", reason: inner.reason)
      }
    }
    if schema.json["uniqueItems"]?.bool == true, hasTwins(value) {
      return Violation(path: "", reason: "must have no item twice")
    }
    return nil
  }

  /// The schemas of the first items.
  static func tuple(_ schema: Schema) -> [Schema] {
    let list =
      schema.json["prefixItems"] ?? schema.json["items"].flatMap { $0.kind == .array ? $0 : nil }
    return list.map { $0.elements.map { schema.sibling($0) } } ?? []
  }

  /// The schema of the items after those, by its name in 2020-12 or before.
  static func rest(_ schema: Schema) -> Schema? {
    guard let items = schema.json["items"] else { return nil }
    let rest = items.kind == .array ? schema.json["additionalItems"] : items
    return rest.map { schema.sibling($0) }
  }

  private static func hasTwins(_ value: JSON) -> Bool {
    let items = Array(value.elements)
    if items.count > 10_000 { return false }
    if Set(items).count < items.count { return true }
    // The same value may be spelt in two ways.
    guard items.count <= 500 else { return false }
    return items.indices.contains { one in
      items[..<one].contains { isSame($0, items[one]) }
    }
  }

  private static func contained(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    guard let wanted = schema.json["contains"] else { return nil }
    let count = value.elements.count { fits($0, schema.sibling(wanted), depth) }
    let least = schema.json["minContains"]?.int ?? 1
    let noun = "that \(words(schema.sibling(wanted))) is asked for"
    if count < least {
      return Violation(
        path: "", reason: "must have at least \(least) items of the kind \(noun), not \(count)")
    }
    if let most = schema.json["maxContains"]?.int, count > most {
      return Violation(
        path: "", reason: "must have at most \(most) items of the kind \(noun), not \(count)")
    }
    return nil
  }

  // MARK: - Objects

  private static func members(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    let required = schema.json["required"].map { $0.elements.compactMap(\.string) } ?? []
    for name in required where value[name] == nil {
      return Violation(path: "", reason: "lacks the member \(JSON(name).text)")
    }
    for member in value.members {
      if let names = schema.json["propertyNames"],
        let inner = violation(of: JSON(member.name), schema.sibling(names), depth: depth + 1)
      {
        return Violation(
          path: "", reason: "has the member \(member.key.text), whose name \(inner.reason)")
      }
      for own in schemas(of: member.name, schema) {
        if let violation = check(member, own, depth) { return violation }
      }
    }
    return nil
  }

  private static func check(_ member: JSON.Member, _ own: Schema, _ depth: Int) -> Violation? {
    if own.json.bool == false { return unknown(member) }
    guard let inner = violation(of: member.value, own, depth: depth + 1) else { return nil }
    return Violation(path: ".\(member.name)\(inner.path)", reason: inner.reason)
  }

  static func unknown(_ member: JSON.Member) -> Violation {
    Violation(path: "", reason: "has the member \(member.key.text), which is unknown")
  }

  /// The schemas that a member of that name is held to.
  private static func schemas(of name: String, _ schema: Schema) -> [Schema] {
    let own = named(name, schema)
    if !own.isEmpty { return own }
    return schema.json["additionalProperties"].map { [schema.sibling($0)] } ?? []
  }

  /// Those that its name brings, exactly or by a pattern.
  static func named(_ name: String, _ schema: Schema) -> [Schema] {
    var found = schema.json["properties"]?[name].map { [schema.sibling($0)] } ?? []
    for entry in schema.json["patternProperties"].map({ Array($0.members) }) ?? [] {
      guard let regex = try? Regex(entry.name), name.firstMatch(of: regex) != nil else { continue }
      found.append(schema.sibling(entry.value))
    }
    return found
  }
}
