import Catalog
import LosslessJSON

/// Checks a value against a JSON Schema, as far as the schema speaks of single values and what they
/// hold.
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
    return scalar(value, resolved) ?? combination(value, resolved, depth)
      ?? container(value, resolved, depth)
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
    if let constant = json["const"], !value.isEquivalent(to: constant) {
      return must("be \(constant.text)", value)
    }
    if let allowed = json["enum"], !allowed.elements.contains(where: { value.isEquivalent(to: $0) })
    {
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

  private static func has(_ value: JSON, type: String) -> Bool {
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

  private static func must(_ words: String, _ value: JSON) -> Violation {
    let shown: String
    switch value.kind {
    case .array: shown = "an array"
    case .object: shown = "an object"
    default: shown = value.bytes.count <= 40 ? value.text : "a \(value.kind.rawValue)"
    }
    return Violation(path: "", reason: "must \(words), not \(shown)")
  }

  // MARK: - Schemas of schemas

  private static func combination(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    func parts(_ name: String) -> [Schema] {
      schema.json[name].map { $0.elements.map { schema.sibling($0) } } ?? []
    }
    func fits(_ part: Schema) -> Bool { violation(of: value, part, depth: depth + 1) == nil }
    for part in parts("allOf") {
      if let violation = violation(of: value, part, depth: depth + 1) { return violation }
    }
    for name in ["anyOf", "oneOf"] {
      let choices = parts(name)
      if choices.isEmpty { continue }
      let count = choices.filter(fits).count
      if count == 0 {
        // Where only one choice is of the right type, what it says is of use.
        let near = choices.filter { choice in
          choice.types.isEmpty || choice.types.contains { has(value, type: $0) }
        }
        if near.count == 1, let violation = violation(of: value, near[0], depth: depth + 1) {
          return violation
        }
        return must("be one of the \(choices.count) kinds that its schema has", value)
      }
      if name == "oneOf", count > 1 {
        return must("be only one of the \(choices.count) kinds that its schema has", value)
      }
    }
    if let denied = schema.json["not"], fits(schema.sibling(denied)) {
      return must("not be what its schema excludes", value)
    }
    return nil
  }

  // MARK: - What it holds

  private static func container(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    switch value.kind {
    case .array: array(value, schema, depth)
    case .object: object(value, schema, depth)
    default: nil
    }
  }

  private static func array(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    if let least = schema.json["minItems"]?.int, value.count < least {
      return Violation(path: "", reason: "must have at least \(least) items, not \(value.count)")
    }
    if let most = schema.json["maxItems"]?.int, value.count > most {
      return Violation(path: "", reason: "must have at most \(most) items, not \(value.count)")
    }
    let tuple =
      schema.json["prefixItems"] ?? schema.json["items"].flatMap { $0.kind == .array ? $0 : nil }
    let first = tuple.map { $0.elements.map { schema.sibling($0) } } ?? []
    for (place, element) in value.elements.enumerated() {
      guard let own = place < first.count ? first[place] : schema.items else { continue }
      if let inner = violation(of: element, own, depth: depth + 1) {
        return Violation(path: "[\(place)]\(inner.path)", reason: inner.reason)
      }
    }
    if schema.json["uniqueItems"]?.bool == true, value.count <= 10_000,
      Set(value.elements).count < value.count
    {
      return Violation(path: "", reason: "must have no item twice")
    }
    return nil
  }

  private static func object(_ value: JSON, _ schema: Schema, _ depth: Int) -> Violation? {
    let properties = schema.properties
    let required = schema.json["required"].map { $0.elements.compactMap(\.string) } ?? []
    for name in required where value[name] == nil {
      return Violation(path: "", reason: "lacks the member \(JSON(name).text)")
    }
    let further = schema.json["additionalProperties"]
    let known = Dictionary(properties.map { ($0.name, $0.schema) }) { first, _ in first }
    for member in value.members {
      guard let own = known[member.name] ?? further.map({ schema.sibling($0) }) else { continue }
      if own.json.bool == false {
        return Violation(path: "", reason: "has the member \(member.key.text), which is unknown")
      }
      if let inner = violation(of: member.value, own, depth: depth + 1) {
        return Violation(path: ".\(member.name)\(inner.path)", reason: inner.reason)
      }
    }
    return nil
  }
}
