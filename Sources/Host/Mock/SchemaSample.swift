import Catalog
import LosslessJSON

/// Makes a value that a JSON Schema allows, the same each time.
enum SchemaSample {
  static func value(_ schema: Schema) -> JSON { value(schema, depth: 0) }

  private static func value(_ schema: Schema, depth: Int) -> JSON {
    let schema = schema.resolved
    let json = schema.json
    if let given = given(json) { return given }
    if let all = json["allOf"] { return merged(all, schema, depth) }
    let choices = schema.alternatives
    if !choices.isEmpty, depth < 12 {
      // The first that is no null says most.
      let choice = choices.first { $0.types != ["null"] } ?? choices[0]
      return value(choice, depth: depth + 1)
    }
    let type = schema.types.first { $0 != "null" } ?? schema.types.first ?? implied(json)
    switch type {
    case "boolean": return true
    case "integer", "number": return number(json, isWhole: type == "integer")
    case "string": return JSON(StringSample.text(json))
    case "array": return array(schema, depth)
    case "object": return object(schema, depth)
    default: return .null
    }
  }

  /// What the schema itself says a value is.
  private static func given(_ json: JSON) -> JSON? {
    if let constant = json["const"] { return constant }
    if let example = json["examples"]?[0] ?? json["example"] ?? json["default"] { return example }
    return json["enum"]?[0]
  }

  private static func implied(_ json: JSON) -> String {
    if json["properties"] != nil || json["additionalProperties"] != nil { return "object" }
    if json["items"] != nil || json["prefixItems"] != nil { return "array" }
    if json["pattern"] != nil || json["format"] != nil { return "string" }
    return json["minimum"] != nil || json["maximum"] != nil ? "number" : ""
  }

  private static func number(_ json: JSON, isWhole: Bool) -> JSON {
    var number = json["minimum"]?.double ?? json["exclusiveMinimum"]?.double.map { $0 + 1 } ?? 1
    if let most = json["maximum"]?.double ?? json["exclusiveMaximum"]?.double.map({ $0 - 1 }) {
      number = min(number, most)
    }
    if let step = json["multipleOf"]?.double, step > 0 {
      number = (number / step).rounded(.up) * step
    }
    if isWhole || number == number.rounded(), let whole = Int(exactly: number.rounded(.up)) {
      return JSON(whole)
    }
    return JSON(number) ?? 1
  }

  private static func array(_ schema: Schema, _ depth: Int) -> JSON {
    if let tuple = schema.json["prefixItems"] {
      return .array(tuple.elements.map { value(schema.sibling($0), depth: depth + 1) })
    }
    guard let items = schema.items ?? contained(schema), depth < 12 else { return [] }
    let least = min(schema.json["minItems"]?.int ?? 0, 100)
    let most = schema.json["maxItems"]?.int ?? .max
    let item = value(items, depth: depth + 1)
    return .array(Array(repeating: item, count: min(max(least, 1), most)))
  }

  private static func contained(_ schema: Schema) -> Schema? {
    schema.json["contains"].map { schema.sibling($0) }
  }

  private static func object(_ schema: Schema, _ depth: Int) -> JSON {
    // Further down only what must be there, so that types of themselves come to an end.
    let properties = schema.properties.filter { $0.isRequired || depth < 4 }
    if depth > 24 { return [:] }
    var members = properties.map { ($0.name, value($0.schema, depth: depth + 1)) }
    // What must be there may be described by its name's pattern, or not at all.
    let required = schema.json["required"].map { $0.elements.compactMap(\.string) } ?? []
    for name in required where !members.contains(where: { $0.0 == name }) {
      let further = schema.json["additionalProperties"].map { schema.sibling($0) }
      let own = SchemaCheck.named(name, schema).first ?? further ?? .any
      members.append((name, value(own, depth: depth + 1)))
    }
    return .object(members)
  }

  private static func merged(_ all: JSON, _ schema: Schema, _ depth: Int) -> JSON {
    guard depth < 24 else { return .null }
    let own = schema.json.members.filter { $0.name != "allOf" }.map { ($0.name, $0.value) }
    var values = all.elements.map { value(schema.sibling($0), depth: depth + 1) }
    values.append(value(schema.sibling(.object(own)), depth: depth + 1))
    let objects = values.filter { $0.kind == .object }
    guard !objects.isEmpty else { return values.first { !$0.isNull } ?? .null }
    var members: [(String, JSON)] = []
    for object in objects {
      for member in object.members {
        members.removeAll { $0.0 == member.name }
        members.append((member.name, member.value))
      }
    }
    return .object(members)
  }
}
