/// Why a value does not fit the Swift type it is decoded into, and where.
public struct JSONDecodingError: Error, Sendable, Equatable {
  /// What is wrong.
  public enum Problem: Sendable, Equatable {
    /// Something else stands there than the type takes; both in words (`a string`, `an integer`).
    case mismatch(expected: String, found: String)
    /// An object lacks a member.
    case missingMember(String)
    /// An array is too short.
    case missingElement
    /// The type itself refuses the value, in its own words.
    case refused(String)
  }

  /// Where in the value: the root is the empty path.
  public var path: JSONPath
  /// What is wrong there.
  public var problem: Problem

  /// An error at that place.
  public init(path: JSONPath, problem: Problem) {
    self.path = path
    self.problem = problem
  }
}

extension JSONDecodingError: CustomStringConvertible {
  /// What is wrong, in words, without the place: `must be an integer, not a string`.
  public var message: String {
    switch problem {
    case .mismatch(let expected, let found): "must be \(expected), not \(found)"
    case .missingMember(let name): "lacks the member \(JSON(name).text)"
    case .missingElement: "has too few elements"
    case .refused(let words): words
    }
  }

  /// The place and what is wrong there: `.items[2] must be an integer, not a string`.
  public var description: String { "\(path) \(message)" }
}

/// Why a Swift value can't be written as JSON, and where.
public struct JSONEncodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where in the value.
  public var path: JSONPath
  /// What is wrong there, in words.
  public var message: String

  /// An error at that place.
  public init(path: JSONPath, message: String) {
    self.path = path
    self.message = message
  }

  /// The place and what is wrong there.
  public var description: String { "\(path): \(message)" }
}

extension JSONPath {
  /// The path that a coding path of the standard library means.
  init(codingPath: [any CodingKey]) {
    self.init(
      codingPath.map { key in key.intValue.map { .element($0) } ?? .member(key.stringValue) })
  }
}

/// A key of an object or a place in an array, where no type of keys is at hand.
struct PlainKey: CodingKey {
  var stringValue: String
  var intValue: Int?

  init(stringValue: String) { self.stringValue = stringValue }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}
