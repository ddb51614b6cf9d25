import LosslessJSON

/// The type names of service descriptions, of XML-RPC and of Python, in terms of JSON Schema.
enum ServiceType {
  /// What a type's name, or a schema in its place, stands for.
  static func schema(_ type: JSON?) -> Schema {
    guard let type else { return .any }
    if type.kind == .object { return Schema(type, root: type) }
    return type.string.map(schema) ?? .any
  }

  /// What a type's name stands for; a question mark behind it allows null.
  static func schema(_ name: String) -> Schema {
    switch name.lowercased() {
    case "bit", "bool", "boolean": .type("boolean")
    case "num", "number", "double", "float", "decimal": .type("number")
    case "int", "i4", "i8", "integer", "long": .type("integer")
    case "str", "string", "text", "base64", "datetime.iso8601": .type("string")
    case "arr", "array", "list", "tuple": .type("array")
    case "obj", "object", "struct", "dict", "hash", "map": .type("object")
    case "nil", "null", "none": .type("null")
    default: .any
    }
  }

  /// A param as `{name, type, …}`, or only its type, or only its name.
  static func param(_ json: JSON) -> MethodParam {
    if let text = json.string {
      let schema = schema(text)
      return MethodParam(name: schema.types.isEmpty ? text : "", schema: schema, isRequired: true)
    }
    let isOptional =
      json["optional"]?.bool ?? json["required"]?.bool.map { !$0 } ?? (json["default"] != nil)
    return MethodParam(
      name: json["name"]?.string ?? "",
      doc: json["description"]?.string ?? json["summary"]?.string ?? "",
      schema: json["$ref"] == nil ? schema(json["schema"] ?? json["type"]) : .any,
      isRequired: !isOptional)
  }
}

extension Method {
  /// Takes a description: its first line is the summary.
  mutating func setDoc(_ text: String?) {
    guard let text else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    summary = String(first.drop { $0.isWhitespace })
    doc = text
  }
}
