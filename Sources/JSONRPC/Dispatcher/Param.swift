public import LosslessJSON

/// What a method says about one of its parameters.
public struct ParamInfo: Sendable, Hashable {
  /// Whether it must be given.
  public enum Presence: Sendable, Hashable {
    /// It must.
    case required
    /// It may be left out, and then has that value, if it has any.
    case optional(default: JSON?)
    /// It stands for all further positional values, none included.
    case rest
  }

  /// The name, by which it can be given and by which errors call it.
  public var name: String
  /// What it means, for people.
  public var doc: String
  /// The JSON Schema of its value; of a rest, of each of its values.
  public var schema: JSON
  /// Whether it must be given.
  public var presence: Presence

  /// A description of those parts.
  public init(
    _ name: String, doc: String = "", schema: JSON = [:], presence: Presence = .required
  ) {
    self.name = name
    self.doc = doc
    self.schema = schema
    self.presence = presence
  }
}

/// A parameter of a method: its description and the Swift type it becomes.
///
/// `Param<Double>("x")` must be given, `Param<Int?>("x")` may be left out and then is nil,
/// `Param("x", default: 5)` may be left out and then is 5, `Param<[Double]>.rest("xs")` takes all
/// further positional values. `Param<JSON>("x")` takes any value exactly as it is spelt.
public struct Param<Value: Sendable>: Sendable {
  /// The description.
  public let info: ParamInfo
  let take: @Sendable (Argument) throws -> Value

  /// A parameter that must be given, unless its type is an optional. The schema follows from the
  /// type unless it is given here.
  public init(
    _ name: String, doc: String = "", schema own: JSON? = nil
  ) where Value: Decodable {
    let isOptional = Value.self is any AbsentAllowed.Type
    info = ParamInfo(
      name, doc: doc, schema: own ?? schema(of: Value.self),
      presence: isOptional ? .optional(default: nil) : .required)
    take = { argument in
      guard case .value(let json) = argument else {
        return try Argument.decode(.null, of: name)
      }
      return try Argument.decode(json, of: name)
    }
  }

  /// A parameter that may be left out.
  public init(
    _ name: String, default value: Value, doc: String = "", schema own: JSON? = nil
  ) where Value: Codable {
    info = ParamInfo(
      name, doc: doc, schema: own ?? schema(of: Value.self),
      presence: .optional(default: try? JSON(encoding: value)))
    take = { argument in
      guard case .value(let json) = argument else { return value }
      return try Argument.decode(json, of: name)
    }
  }

  private init(info: ParamInfo, take: @escaping @Sendable (Argument) throws -> Value) {
    self.info = info
    self.take = take
  }

  /// A last parameter for all further positional values. A method with one takes no named params.
  public static func rest<Element: Decodable & Sendable>(
    _ name: String, doc: String = "", schema own: JSON? = nil
  ) -> Param<[Element]> where Value == [Element] {
    let info = ParamInfo(
      name, doc: doc, schema: own ?? schema(of: Element.self), presence: .rest)
    return Param<[Element]>(info: info) { argument in
      guard case .rest(let values) = argument else { return [] }
      return try values.enumerated().map { try Argument.decode($1, of: "\(name)[\($0)]") }
    }
  }
}

/// What a call gave for one parameter.
enum Argument {
  case absent
  case value(JSON)
  case rest([JSON])

  /// The Swift value, or a fault that names the parameter, the place inside and what fits there.
  static func decode<Value: Decodable>(_ json: JSON, of name: String) throws -> Value {
    do throws(JSONDecodingError) {
      return try json.decode()
    } catch {
      let inside = error.path.steps.isEmpty ? "" : error.path.description
      guard case .mismatch(let expected, let found) = error.problem else {
        throw Fault.params(name + inside, error.message)
      }
      throw Fault.params(name + inside, error.message, expected: expected, found: found)
    }
  }
}
