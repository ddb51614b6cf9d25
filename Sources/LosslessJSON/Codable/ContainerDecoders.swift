/// The standard library's view of an object.
struct ObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let decoder: ValueDecoder
  private let values: [String: JSON]

  init(_ decoder: ValueDecoder) {
    self.decoder = decoder
    let pairs = decoder.value.members.map { ($0.name, $0.value) }
    values = Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    var seen: Set<String> = []
    return decoder.value.members.compactMap { member in
      seen.insert(member.name).inserted ? Key(stringValue: member.name) : nil
    }
  }

  func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }

  private func child(_ key: any CodingKey) throws -> ValueDecoder {
    guard let value = values[key.stringValue] else {
      throw decoder.failure(.missingMember(key.stringValue))
    }
    return decoder.child(value, PlainKey(stringValue: key.stringValue))
  }

  func decodeNil(forKey key: Key) throws -> Bool { try child(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try child(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try child(key).decode(type)
  }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try child(key).floating() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try child(key).floating() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try child(key).integer() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try child(key).integer() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try child(key).integer() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try child(key).integer() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try child(key).integer() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try child(key).integer() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try child(key).integer() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try child(key).integer() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try child(key).integer() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try child(key).integer() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try child(key).value(of: type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try child(PlainKey(stringValue: "super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
}

/// The standard library's view of an array.
struct ArrayDecoder: UnkeyedDecodingContainer {
  private let decoder: ValueDecoder
  private var rest: JSON.Elements
  private var next: JSON?
  private(set) var currentIndex = 0

  init(_ decoder: ValueDecoder) {
    self.decoder = decoder
    rest = decoder.value.elements
    next = rest.next()
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { decoder.value.count }
  var isAtEnd: Bool { next == nil }

  /// Hands the next element to `body`; it is passed over only if that does not throw.
  private mutating func take<Value>(_ body: (ValueDecoder) throws -> Value) throws -> Value {
    guard let element = next else { throw decoder.failure(.missingElement) }
    let value = try body(decoder.child(element, PlainKey(intValue: currentIndex)))
    next = rest.next()
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard let element = next else { throw decoder.failure(.missingElement) }
    guard element.isNull else { return false }
    return try take { _ in true }
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try take { try $0.decode(type) } }
  mutating func decode(_ type: String.Type) throws -> String { try take { try $0.decode(type) } }
  mutating func decode(_ type: Double.Type) throws -> Double { try take { try $0.floating() } }
  mutating func decode(_ type: Float.Type) throws -> Float { try take { try $0.floating() } }
  mutating func decode(_ type: Int.Type) throws -> Int { try take { try $0.integer() } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try take { try $0.integer() } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try take { try $0.integer() } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try take { try $0.integer() } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try take { try $0.integer() } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try take { try $0.integer() } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try take { try $0.integer() } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try take { try $0.integer() } }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try take { try $0.integer() } }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try take { try $0.integer() } }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try take { try $0.value(of: type) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try take { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try take { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try take { $0 } }
}
