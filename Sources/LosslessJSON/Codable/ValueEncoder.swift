/// The standard library's view of a place that is to be filled.
struct ValueEncoder: Encoder {
  let slot: EncodingSlot
  let codingPath: [any CodingKey]
  let sendableInfo: [CodingUserInfoKey: any Sendable]

  init(
    slot: EncodingSlot, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]
  ) {
    self.slot = slot
    self.codingPath = codingPath
    sendableInfo = userInfo
  }

  var userInfo: [CodingUserInfoKey: Any] { sendableInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = slot.contents { slot.contents = .object([]) }
    return KeyedEncodingContainer(ObjectEncoder<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .nothing = slot.contents { slot.contents = .array([]) }
    return ArrayEncoder(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func child(_ slot: EncodingSlot, _ key: any CodingKey) -> ValueEncoder {
    ValueEncoder(slot: slot, codingPath: codingPath + [key], userInfo: sendableInfo)
  }

  /// Fills the place; the common kinds without a detour through their `encode(to:)`.
  func write<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let json as JSON: slot.contents = .json(json)
    case let text as String: slot.contents = .string(text)
    case let number as Int: slot.contents = .literal(String(number))
    case let number as Double: try floating(number)
    default:
      try value.encode(to: self)
    }
  }

  func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(_ number: Number) throws {
    guard number.isFinite else {
      throw JSONEncodingError(
        path: JSONPath(codingPath: codingPath), message: "JSON has no \(number)")
    }
    let isPlainWhole =
      number == number.rounded(.towardZero) && abs(number) <= 9_007_199_254_740_992
      && !(number == 0 && number.sign == .minus)
    slot.contents = .literal(isPlainWhole ? String(Int64(number)) : number.description)
  }
}

extension ValueEncoder: SingleValueEncodingContainer {
  func encodeNil() { slot.contents = .literal("null") }
  func encode(_ value: Bool) { slot.contents = .literal(value ? "true" : "false") }
  func encode(_ value: String) { slot.contents = .string(value) }
  func encode(_ value: Double) throws { try floating(value) }
  func encode(_ value: Float) throws { try floating(value) }
  func encode(_ value: Int) { slot.contents = .literal(String(value)) }
  func encode(_ value: Int8) { slot.contents = .literal(String(value)) }
  func encode(_ value: Int16) { slot.contents = .literal(String(value)) }
  func encode(_ value: Int32) { slot.contents = .literal(String(value)) }
  func encode(_ value: Int64) { slot.contents = .literal(String(value)) }
  func encode(_ value: UInt) { slot.contents = .literal(String(value)) }
  func encode(_ value: UInt8) { slot.contents = .literal(String(value)) }
  func encode(_ value: UInt16) { slot.contents = .literal(String(value)) }
  func encode(_ value: UInt32) { slot.contents = .literal(String(value)) }
  func encode(_ value: UInt64) { slot.contents = .literal(String(value)) }
  func encode<Value: Encodable>(_ value: Value) throws { try write(value) }
}

/// The standard library's view of an object that grows.
struct ObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  private func child(_ key: any CodingKey) -> ValueEncoder {
    let name = key.stringValue
    return encoder.child(encoder.slot.member(name), PlainKey(stringValue: name))
  }

  func encodeNil(forKey key: Key) { child(key).encodeNil() }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try child(key).write(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { child(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    child(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { child(PlainKey(stringValue: "super")) }
  func superEncoder(forKey key: Key) -> any Encoder { child(key) }
}

/// The standard library's view of an array that grows.
struct ArrayEncoder: UnkeyedEncodingContainer {
  let encoder: ValueEncoder
  private(set) var count = 0

  init(encoder: ValueEncoder) { self.encoder = encoder }

  var codingPath: [any CodingKey] { encoder.codingPath }

  private mutating func child() -> ValueEncoder {
    defer { count += 1 }
    return encoder.child(encoder.slot.append(), PlainKey(intValue: count))
  }

  mutating func encodeNil() { child().encodeNil() }
  mutating func encode<Value: Encodable>(_ value: Value) throws { try child().write(value) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { child().container(keyedBy: type) }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    child().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { child() }
}
