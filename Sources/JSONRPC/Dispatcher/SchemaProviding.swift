public import LosslessJSON

/// A type that knows its JSON Schema, so that methods which take or give it describe themselves.
public protocol SchemaProviding {
  /// The schema of every value of this type.
  static var jsonSchema: JSON { get }
}

/// Types that may be absent.
protocol AbsentAllowed {}

extension Optional: AbsentAllowed {}

/// The schema of any type: its own, or `{}` (anything) if it has none.
func schema<Value>(of type: Value.Type) -> JSON {
  (type as? any SchemaProviding.Type)?.jsonSchema ?? [:]
}

extension JSON: SchemaProviding {
  /// Anything.
  public static var jsonSchema: JSON { [:] }

  /// What a schema asks for, in words: `a number`, `one of "a", "b"`; nil if it says too little.
  var schemaInWords: String? {
    if let options = self["enum"] {
      return "one of " + options.elements.map(\.text).joined(separator: ", ")
    }
    switch self["type"]?.string {
    case "null": return "null"
    case "boolean": return "true or false"
    case "integer": return "an integer"
    case "number": return "a number"
    case "string": return "a string"
    case "array": return "an array"
    case "object": return "an object"
    default: return nil
    }
  }
}

extension Bool: SchemaProviding {
  /// A boolean.
  public static var jsonSchema: JSON { ["type": "boolean"] }
}

extension String: SchemaProviding {
  /// A string.
  public static var jsonSchema: JSON { ["type": "string"] }
}

extension Double: SchemaProviding {
  /// A number.
  public static var jsonSchema: JSON { ["type": "number"] }
}

extension Float: SchemaProviding {
  /// A number.
  public static var jsonSchema: JSON { ["type": "number"] }
}

extension SchemaProviding where Self: FixedWidthInteger {
  /// An integer; of types narrower than 64 bits and unsigned ones with its bounds.
  public static var jsonSchema: JSON {
    var members: [(String, JSON)] = [("type", "integer")]
    if min == 0 || bitWidth < 64 { members.append(("minimum", JSON(min))) }
    if bitWidth < 64 { members.append(("maximum", JSON(max))) }
    return .object(members)
  }
}

extension Int: SchemaProviding {}
extension Int8: SchemaProviding {}
extension Int16: SchemaProviding {}
extension Int32: SchemaProviding {}
extension Int64: SchemaProviding {}
extension UInt: SchemaProviding {}
extension UInt8: SchemaProviding {}
extension UInt16: SchemaProviding {}
extension UInt32: SchemaProviding {}
extension UInt64: SchemaProviding {}

extension Optional: SchemaProviding {
  /// The schema of what it wraps: the absence is the parameter's matter.
  public static var jsonSchema: JSON { schema(of: Wrapped.self) }
}

extension Array: SchemaProviding {
  /// An array of such elements.
  public static var jsonSchema: JSON { ["type": "array", "items": schema(of: Element.self)] }
}

extension Dictionary: SchemaProviding where Key == String {
  /// An object of such members.
  public static var jsonSchema: JSON {
    ["type": "object", "additionalProperties": schema(of: Value.self)]
  }
}
