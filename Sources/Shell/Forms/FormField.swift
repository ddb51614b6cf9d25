import Catalog
import LosslessJSON

/// One value that a form asks for: what it is called, what it may be, and what it is if nobody says.
struct FormField: Sendable {
  /// One of the values to choose from.
  struct Option: Sendable, Equatable {
    var value: JSON
    /// What the value is called; the value's own text if the schema gives no title.
    var title: String
  }

  /// What the answer has to be.
  enum Kind: Sendable {
    /// Text, in a format such as `email` or `date` if one is named.
    case text(format: String?)
    case integer
    case number
    case boolean
    /// One of those.
    case choice([Option])
    /// Any number of those.
    case choices([Option])
    /// Whatever else, as JSON.
    case json
  }

  /// The member's name.
  let name: String
  /// What it is called, or empty.
  let title: String
  /// What it is for, or empty.
  let doc: String
  let kind: Kind
  let isRequired: Bool
  /// The value that an empty answer stands for.
  let `default`: JSON?
  /// The schema, for bounds and for the type's words.
  let schema: Schema

  init(name: String, schema: Schema, doc: String = "", isRequired: Bool) {
    let resolved = schema.resolved
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
    let title = resolved.json["title"]?.string ?? ""
    self.title = title == name ? "" : title
    let words = resolved.json["description"]?.string ?? doc
    self.doc = words == title || words == name ? "" : words
    `default` = resolved.json["default"]
    kind = Self.kind(of: resolved)
  }

  /// The fields of an object's schema, in its order.
  static func fields(of schema: Schema) -> [FormField] {
    schema.properties.map { FormField(name: $0.name, schema: $0.schema, isRequired: $0.isRequired) }
  }

  /// The fields for a method's params; none if they are not known.
  static func fields(of method: Method) -> [FormField] {
    (method.params ?? []).map {
      FormField(name: $0.name, schema: $0.schema, doc: $0.doc, isRequired: $0.isRequired)
    }
  }

  private static func kind(of schema: Schema) -> Kind {
    let types = schema.types.filter { $0 != "null" }
    if types == ["boolean"] { return .boolean }
    let options = options(of: schema)
    if !options.isEmpty { return .choice(options) }
    if types == ["array"], let items = schema.items {
      let options = Self.options(of: items.resolved)
      if !options.isEmpty { return .choices(options) }
    }
    // `anyOf: [{type: string}, {type: null}]`, as optional params are often written.
    let others = schema.alternatives.map(\.resolved).filter { $0.types != ["null"] }
    if types.isEmpty, others.count == 1 { return kind(of: others[0]) }
    switch types {
    case ["string"]: return .text(format: schema.json["format"]?.string)
    case ["integer"]: return .integer
    case ["number"], ["integer", "number"]: return .number
    default: return .json
    }
  }

  /// The values to choose from, with the titles that `oneOf` or the older `enumNames` give them.
  private static func options(of schema: Schema) -> [Option] {
    let names = schema.json["enumNames"].map { Array($0.elements) } ?? []
    if let values = schema.json["enum"] {
      return values.elements.enumerated().map { place, value in
        let name = names.indices.contains(place) ? names[place].string : nil
        return Option(value: value, title: name ?? word(value))
      }
    }
    let titled = (schema.json["oneOf"] ?? schema.json["anyOf"]).map { Array($0.elements) } ?? []
    let options = titled.compactMap { choice -> Option? in
      guard let value = choice["const"] else { return nil }
      return Option(value: value, title: choice["title"]?.string ?? word(value))
    }
    if options.count == titled.count, !options.isEmpty { return options }
    return schema.enumeration.map { Option(value: $0, title: word($0)) }
  }

  /// A value as a person writes it: a string without quotes.
  static func word(_ value: JSON) -> String { value.string ?? value.text }

  /// The values to choose from, if it is a choice.
  var options: [Option] {
    switch kind {
    case .choice(let options), .choices(let options): options
    case .boolean: [Option(value: true, title: "true"), Option(value: false, title: "false")]
    default: []
    }
  }
}
