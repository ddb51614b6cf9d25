public import LosslessJSON

/// A JSON Schema that grows with the values it is shown.
public struct SchemaSketch: Sendable {
  private var types: Set<String> = []
  private var count = 0
  /// Members in the order of first appearance.
  private var order: [String] = []
  private var members: [String: SchemaSketch] = [:]
  private var memberCounts: [String: Int] = [:]
  private var objects = 0
  /// What the elements of arrays are; one sketch for all.
  private var elements: [SchemaSketch] = []

  /// Deeper than this, values are not looked into.
  private static let deepest = 12
  /// An object with more names than this is a table rather than a record.
  private static let mostMembers = 60
  private static let mostElements = 200

  /// A schema that covers nothing yet.
  public init() {}

  /// Widens the schema so that it covers a value.
  public mutating func take(_ value: JSON) { take(value, depth: 0) }

  private mutating func take(_ value: JSON, depth: Int) {
    count += 1
    switch value.kind {
    case .null: types.insert("null")
    case .bool: types.insert("boolean")
    case .string: types.insert("string")
    case .number:
      let isWhole = !value.bytes.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 }
      types.insert(isWhole ? "integer" : "number")
    case .array:
      types.insert("array")
      if depth >= Self.deepest { return }
      var sketch = elements.first ?? SchemaSketch()
      for element in value.elements.prefix(Self.mostElements) {
        sketch.take(element, depth: depth + 1)
      }
      elements = [sketch]
    case .object:
      types.insert("object")
      objects += 1
      if depth >= Self.deepest { return }
      for member in value.members where order.count <= Self.mostMembers { note(member, depth) }
    }
  }

  private mutating func note(_ member: JSON.Member, _ depth: Int) {
    let name = member.name
    if members[name] == nil { order.append(name) }
    members[name, default: SchemaSketch()].take(member.value, depth: depth + 1)
    memberCounts[name, default: 0] += 1
  }

  /// The schema.
  public var schema: JSON {
    var types = types
    if types.contains("number") { types.remove("integer") }
    var found: [(String, JSON)] = []
    let names = types.sorted().map { JSON($0) }
    if names.count == 1 { found.append(("type", names[0])) }
    if names.count > 1 { found.append(("type", JSON.array(names))) }
    if !order.isEmpty, order.count <= Self.mostMembers {
      let properties = order.map { ($0, members[$0]?.schema ?? [:]) }
      found.append(("properties", JSON.object(properties)))
      let required = order.filter { memberCounts[$0] == objects }
      if !required.isEmpty {
        found.append(("required", JSON.array(required.map { JSON($0) })))
      }
    }
    if let element = elements.first, element.count > 0 {
      found.append(("items", element.schema))
    }
    return JSON.object(found)
  }
}
