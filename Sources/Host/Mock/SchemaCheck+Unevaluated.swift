import Catalog
import LosslessJSON

/// `unevaluatedProperties` and `unevaluatedItems`: what none of a schema's parts has spoken of.
extension SchemaCheck {
  static func unevaluatedMembers(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    guard let word = schema.json["unevaluatedProperties"] else { return nil }
    let own = schema.sibling(word)
    for member in value.members where !knows(member.name, schema, value, depth, isOutermost: true) {
      if own.json.bool == false { return unknown(member) }
      if let inner = violation(of: member.value, own, depth: depth + 1) {
        return Violation(path: ".\(member.name)\(inner.path)", reason: inner.reason)
      }
    }
    return nil
  }

  static func unevaluatedItems(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    guard let word = schema.json["unevaluatedItems"] else { return nil }
    let own = schema.sibling(word)
    for (place, element) in value.elements.enumerated()
    where !knows(place, schema, value, depth, isOutermost: true) {
      if own.json.bool == false {
        return Violation(path: "[\(place)]", reason: "is one item too many")
      }
      if let inner = violation(of: element, own, depth: depth + 1) {
        return Violation(path: "[\(place)]\(inner.path)", reason: inner.reason)
      }
    }
    return nil
  }

  /// Whether a schema, or one of its parts that hold for the value, speaks of a member.
  private static func knows(
    _ name: String, _ schema: Schema, _ value: JSON, _ depth: Int, isOutermost: Bool = false
  ) -> Bool {
    if depth > 256 { return true }
    let json = schema.json
    if !named(name, schema).isEmpty || json["additionalProperties"] != nil { return true }
    if !isOutermost, json["unevaluatedProperties"] != nil { return true }
    return inPlace(schema, value, depth).contains { knows(name, $0, value, depth + 1) }
  }

  /// Whether a schema, or one of its parts that hold for the value, speaks of an item.
  private static func knows(
    _ place: Int, _ schema: Schema, _ value: JSON, _ depth: Int, isOutermost: Bool = false
  ) -> Bool {
    if depth > 256 { return true }
    if place < tuple(schema).count || rest(schema) != nil { return true }
    if !isOutermost, schema.json["unevaluatedItems"] != nil { return true }
    if let wanted = schema.json["contains"], let element = value[place],
      fits(element, schema.sibling(wanted), depth)
    {
      return true
    }
    return inPlace(schema, value, depth).contains { knows(place, $0, value, depth + 1) }
  }

  /// The schemas inside one that speak of the same value, and hold for it.
  private static func inPlace(_ schema: Schema, _ value: JSON, _ depth: Int) -> [Schema] {
    var found = parts("allOf", schema) + dependents(schema, value)
    found += (parts("anyOf", schema) + parts("oneOf", schema)).filter { fits(value, $0, depth) }
    if let condition = schema.json["if"].map({ schema.sibling($0) }), fits(value, condition, depth)
    {
      found.append(condition)
    }
    if let branch = branch(of: schema, for: value, depth) { found.append(branch) }
    if schema.json["$ref"] != nil, schema.resolved.json["$ref"] == nil {
      found.append(schema.resolved)
    }
    return found.flatMap { part in
      part.json["$ref"] == nil || part.resolved.json["$ref"] != nil
        ? [part] : [part, part.resolved]
    }
  }
}
