import Catalog
import LosslessJSON

/// Checks a value against a JSON Schema: the keywords of 2020-12 that assert something, and those of
/// older drafts that had other names.
///
/// A `format` is no assertion, as the specification has it by default, nor are the `content…` words.
enum SchemaCheck {
  /// The first thing that does not fit.
  struct Violation: Equatable {
    /// Where inside the value, as in `.items[2]`; empty for the value itself.
    var path: String
    /// Continues a sentence that begins with what is there: `must be a string, not 5`.
    var reason: String
  }

  /// What does not fit, or nil.
  static func violation(of value: JSON, _ schema: Schema, depth: Int = 0) -> Violation? {
    // Schemas may refer to themselves without ever coming to an end.
    if depth > 256 { return nil }
    if schema.json.bool != nil {
      return schema.json.bool == false ? Violation(path: "", reason: "is not allowed") : nil
    }
    let resolved = schema.resolved
    guard schema.json["$ref"] != nil, resolved.json["$ref"] == nil else {
      return ownViolation(of: value, schema, depth)
    }
    // What stands beside a reference holds, too.
    return violation(of: value, resolved, depth: depth + 1)
      ?? ownViolation(of: value, schema, depth)
  }

  private static func ownViolation(of value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    scalar(value, schema) ?? combination(value, schema, depth) ?? condition(value, schema, depth)
      ?? container(value, schema, depth)
  }

  /// Whether a value is as a schema wants it.
  static func fits(_ value: JSON, _ schema: Schema, _ depth: Int) -> Bool {
    violation(of: value, schema, depth: depth + 1) == nil
  }

  /// Whether values are the same to a schema: numbers by what they are worth, objects in any order.
  static func isSame(_ one: JSON, _ other: JSON) -> Bool {
    guard one.kind == other.kind, one.count == other.count else { return false }
    switch one.kind {
    case .number:
      // Integers beyond what a double keeps are told apart by their digits.
      let isSpelt = [one, other].contains { $0.bytes.contains { [0x2E, 0x65, 0x45].contains($0) } }
      return one == other || isSpelt && one.double == other.double
    case .array: return zip(one.elements, other.elements).allSatisfy { isSame($0, $1) }
    case .object:
      return one.members.allSatisfy { member in
        other[member.name].map { isSame(member.value, $0) } ?? false
      }
    default: return one == other
    }
  }

  /// What a schema asks for, in a few words.
  static func words(_ schema: Schema) -> String {
    if let allowed = schema.resolved.json["enum"] {
      return "one of " + allowed.elements.map(\.text).joined(separator: ", ")
    }
    let words = schema.types.map { type in
      switch type {
      case "null": "null"
      case "boolean": "true or false"
      case "integer": "an integer"
      case "number": "a number"
      case "string": "a string"
      case "array": "an array"
      case "object": "an object"
      default: type
      }
    }
    return words.isEmpty ? "a value" : words.joined(separator: " or ")
  }

  // MARK: - The value itself

  private static func scalar(_ value: JSON, _ schema: Schema) -> Violation? {
    let json = schema.json
    if let constant = json["const"], !isSame(value, constant) {
      return must("be \(constant.text)", value)
    }
    if let allowed = json["enum"], !allowed.elements.contains(where: { isSame(value, $0) }) {
      return must("be \(words(schema))", value)
    }
    let types = schema.types
    if !types.isEmpty, !types.contains(where: { has(value, type: $0) }) {
      return must("be \(words(schema))", value)
    }
    if let number = value.double { return range(number, json, value) }
    if let text = value.string { return length(text, json, value) }
    return nil
  }

  static func has(_ value: JSON, type: String) -> Bool {
    switch type {
    case "null": value.isNull
    case "boolean": value.bool != nil
    case "number": value.kind == .number
    case "integer": isWhole(value)
    case "string": value.kind == .string
    case "array": value.kind == .array
    case "object": value.kind == .object
    default: true
    }
  }

  private static func isWhole(_ value: JSON) -> Bool {
    guard let text = value.number else { return false }
    if !text.contains(where: { ".eE".contains($0) }) { return true }
    return value.double.map { $0.isFinite && $0 == $0.rounded() } ?? false
  }

  private static func range(_ number: Double, _ json: JSON, _ value: JSON) -> Violation? {
    if let least = json["minimum"], let bound = least.double {
      if json["exclusiveMinimum"]?.bool == true, number <= bound {
        return must("be more than \(least.text)", value)
      }
      if number < bound { return must("be at least \(least.text)", value) }
    }
    if let most = json["maximum"], let bound = most.double {
      if json["exclusiveMaximum"]?.bool == true, number >= bound {
        return must("be less than \(most.text)", value)
      }
      if number > bound { return must("be at most \(most.text)", value) }
    }
    if let bound = json["exclusiveMinimum"]?.double, number <= bound {
      return must("be more than \(bound)", value)
    }
    if let bound = json["exclusiveMaximum"]?.double, number >= bound {
      return must("be less than \(bound)", value)
    }
    if let step = json["multipleOf"], let size = step.double, size > 0,
      abs((number / size).rounded() - number / size) > 1e-9
    {
      return must("be a multiple of \(step.text)", value)
    }
    return nil
  }

  private static func length(_ text: String, _ json: JSON, _ value: JSON) -> Violation? {
    let count = text.unicodeScalars.count
    if let least = json["minLength"]?.int, count < least {
      return must("have at least \(least) characters", value)
    }
    if let most = json["maxLength"]?.int, count > most {
      return must("have at most \(most) characters", value)
    }
    if let pattern = json["pattern"]?.string, let regex = try? Regex(pattern),
      text.firstMatch(of: regex) == nil
    {
      return must("match \(pattern)", value)
    }
    return nil
  }

  static func must(_ words: String, _ value: JSON) -> Violation {
    let shown: String
    switch value.kind {
    case .array: shown = "an array"
    case .object: shown = "an object"
    default: shown = value.bytes.count <= 40 ? value.text : "a \(value.kind.rawValue)"
    }
    return Violation(path: "", reason: "must \(words), not \(shown)")
  }
}
