extension JSON {
  /// Makes a Swift value of this one. Integers must fit exactly, members that the type doesn't know
  /// are passed over, and of duplicate keys the last counts. `JSON` itself is taken as it is spelt.
  public func decode<Value: Decodable>(
    as type: Value.Type = Value.self, userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(JSONDecodingError) -> Value {
    do {
      return try ValueDecoder(value: self, codingPath: [], userInfo: userInfo).value(of: type)
    } catch let error as JSONDecodingError {
      throw error
    } catch let error as DecodingError {
      throw JSONDecodingError(error)
    } catch {
      throw JSONDecodingError(path: JSONPath([]), problem: .refused("was refused: \(error)"))
    }
  }

  /// What this is, in words: `a string`, `an object`.
  public var kindInWords: String {
    switch kind {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONDecodingError {
  /// The error that a type's own `init(from:)` threw, as one of ours.
  init(_ error: DecodingError) {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      let path = JSONPath(codingPath: context.codingPath)
      self.init(path: path, problem: .refused("was refused: \(context.debugDescription)"))
    case .keyNotFound(let key, let context):
      let path = JSONPath(codingPath: context.codingPath)
      self.init(path: path, problem: .missingMember(key.stringValue))
    @unknown default:
      self.init(path: JSONPath([]), problem: .refused("was refused: \(error)"))
    }
  }
}
