/// The standard library's view of one value.
struct ValueDecoder: Decoder {
  let value: JSON
  let codingPath: [any CodingKey]
  let sendableInfo: [CodingUserInfoKey: any Sendable]

  init(value: JSON, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]) {
    self.value = value
    self.codingPath = codingPath
    sendableInfo = userInfo
  }

  var userInfo: [CodingUserInfoKey: Any] { sendableInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard value.kind == .object else { throw mismatch("an object") }
    return KeyedDecodingContainer(ObjectDecoder<Key>(self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard value.kind == .array else { throw mismatch("an array") }
    return ArrayDecoder(self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func child(_ value: JSON, _ key: any CodingKey) -> ValueDecoder {
    ValueDecoder(value: value, codingPath: codingPath + [key], userInfo: sendableInfo)
  }

  func failure(_ problem: JSONDecodingError.Problem) -> JSONDecodingError {
    JSONDecodingError(path: JSONPath(codingPath: codingPath), problem: problem)
  }

  func mismatch(_ expected: String, found: String? = nil) -> JSONDecodingError {
    failure(.mismatch(expected: expected, found: found ?? value.kindInWords))
  }

  /// Takes the value as it is for `JSON`; everything else decodes itself.
  func value<Value: Decodable>(of type: Value.Type) throws -> Value {
    if let raw = value as? Value, type == JSON.self { return raw }
    return try Value(from: self)
  }

  func integer<Number: FixedWidthInteger>() throws -> Number {
    guard let text = value.number else { throw mismatch("an integer") }
    if let number = Number(text) { return number }
    guard let digits = WholeNumber.digits(text) else { throw mismatch("an integer", found: text) }
    guard let number = Number(digits) else {
      throw mismatch("an integer from \(Number.min) to \(Number.max)", found: text)
    }
    return number
  }

  func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>() throws -> Number {
    guard let text = value.number else { throw mismatch("a number") }
    guard let number = Number(text), number.isFinite else {
      throw mismatch("a number within the range of \(Number.self)", found: text)
    }
    return number
  }
}

extension ValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let truth = value.bool else { throw mismatch("true or false") }
    return truth
  }

  func decode(_ type: String.Type) throws -> String {
    guard let text = value.string else { throw mismatch("a string") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double { try floating() }
  func decode(_ type: Float.Type) throws -> Float { try floating() }
  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(of: type) }
}
