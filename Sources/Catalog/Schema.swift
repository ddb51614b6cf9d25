public import LosslessJSON

/// A JSON Schema as servers publish it, read leniently and no further than the shell needs.
///
/// References into the same document (`#/components/schemas/Pet`) are followed; others are not.
public struct Schema: Sendable {
  /// The schema itself.
  public let json: JSON
  /// The document that references point into.
  let root: JSON

  /// A schema inside a document.
  public init(_ json: JSON, root: JSON) {
    self.json = json
    self.root = root
  }

  /// A schema that says nothing.
  public static let any = Schema([:], root: [:])

  /// A schema of one type: `string`, `integer` …
  public static func type(_ name: String) -> Schema { Schema(["type": JSON(name)], root: [:]) }

  /// A schema of some strings.
  public static func oneOf(_ values: [String]) -> Schema {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("enum")
    writer.beginArray()
    for value in values { writer.string(value) }
    writer.endArray()
    writer.endObject()
    return Schema(writer.finished(), root: [:])
  }

  /// The schema behind a reference, at most 32 steps away, or this one.
  public var resolved: Schema {
    var current = json
    for _ in 0..<32 {
      guard let reference = current["$ref"]?.string, let target = target(reference) else { break }
      current = target
    }
    return Schema(current, root: root)
  }

  /// The name at the end of a reference, if this is one.
  public var referenceName: String? {
    json["$ref"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
  }

  private func target(_ reference: String) -> JSON? {
    // JSON Schema's third draft, as Kodi writes it: the id of a type.
    guard reference.hasPrefix("#/") else { return root["types"]?[reference] }
    var current = root
    for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
      let name = Self.unescape(String(part))
      guard let next = current[name] ?? Int(name).flatMap({ current[$0] }) else { return nil }
      current = next
    }
    return current
  }

  /// Undoes the escapes of a JSON pointer in a URI fragment (RFC 6901 section 6).
  private static func unescape(_ part: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(part.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == 0x25, digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16) {
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      } else if byte == 0x7E, let code = rest.first, code == 0x30 || code == 0x31 {
        bytes.append(code == 0x30 ? 0x7E : 0x2F)
        rest = rest.dropFirst()
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The types it names, after following references; empty if it names none.
  public var types: [String] {
    guard let type = resolved.json["type"] else { return [] }
    guard type.kind == .array else { return type.string.map { [$0] } ?? [] }
    return type.elements.flatMap { element in
      // The third draft lists schemas among the names.
      element.string.map { [$0] } ?? Schema(element, root: root).types
    }
  }

  /// Whether every value it takes is a string (or null).
  public var takesOnlyStrings: Bool {
    let schema = resolved
    if let allowed = schema.json["enum"] ?? schema.json["const"].map({ [$0] }) {
      return allowed.count > 0 && allowed.elements.allSatisfy { $0.kind == .string }
    }
    let types = types.filter { $0 != "null" }
    return !types.isEmpty && types.allSatisfy { $0 == "string" }
  }

  /// Whether null is among the values it names.
  public var takesNull: Bool { types.contains("null") }

  /// The values it lists, if it lists all of them.
  public var enumeration: [JSON] {
    let schema = resolved
    if let allowed = schema.json["enum"] ?? schema.json["enums"] { return Array(allowed.elements) }
    if let constant = schema.json["const"] { return [constant] }
    if schema.types == ["boolean"] { return [JSON(true), JSON(false)] }
    let choices = schema.alternatives
    let values = choices.map(\.enumeration)
    return !choices.isEmpty && values.allSatisfy { !$0.isEmpty } ? values.flatMap { $0 } : []
  }

  /// The schemas of `oneOf` and `anyOf`.
  public var alternatives: [Schema] {
    let list = json["oneOf"] ?? json["anyOf"]
    return list.map { $0.elements.map { Schema($0, root: root) } } ?? []
  }

  /// The schemas of an object's properties, in order.
  public var properties: [(name: String, schema: Schema, isRequired: Bool)] {
    let schema = resolved
    let required = Set(schema.json["required"].map { $0.elements.compactMap(\.string) } ?? [])
    return schema.json["properties"].map { properties in
      properties.members.map {
        // In the third draft a property says itself that it is required.
        let isRequired = required.contains($0.name) || $0.value["required"]?.bool == true
        return ($0.name, Schema($0.value, root: root), isRequired)
      }
    } ?? []
  }

  /// The schema of an array's elements.
  public var items: Schema? {
    guard let items = resolved.json["items"], items.kind == .object else { return nil }
    return Schema(items, root: root)
  }

  /// What it says of itself, or empty.
  public var doc: String {
    json["description"]?.string ?? json["title"]?.string ?? resolved.json["description"]?.string
      ?? ""
  }
}

extension Schema {
  /// Another schema of the same document.
  public func sibling(_ json: JSON) -> Schema { Schema(json, root: root) }
}
