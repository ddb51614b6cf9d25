extension JSON: Codable {
  /// Takes the value as it is spelt from this module's decoder; from any other, what it can tell.
  public init(from decoder: any Decoder) throws {
    if let own = decoder as? ValueDecoder {
      self = own.value
    } else if let keyed = try? decoder.container(keyedBy: PlainKey.self) {
      let members = try keyed.allKeys.map { key in
        (key.stringValue, try keyed.decode(JSON.self, forKey: key))
      }
      self = .object(members)
    } else if var unkeyed = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !unkeyed.isAtEnd { elements.append(try unkeyed.decode(JSON.self)) }
      self = .array(elements)
    } else {
      self = try JSON(scalarOf: decoder.singleValueContainer())
    }
  }

  private init(scalarOf container: any SingleValueDecodingContainer) throws {
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = JSON(truth)
    } else if let number = try? container.decode(Int64.self) {
      self = JSON(number)
    } else if let number = try? container.decode(UInt64.self) {
      self = JSON(number)
    } else if let number = try? container.decode(Double.self) {
      self = JSON(number) ?? .null
    } else {
      self = JSON(try container.decode(String.self))
    }
  }

  /// Stays as it is spelt in this module's encoder; in any other, what that can hold.
  public func encode(to encoder: any Encoder) throws {
    if let own = encoder as? ValueEncoder {
      own.slot.contents = .json(self)
      return
    }
    switch kind {
    case .object:
      var container = encoder.container(keyedBy: PlainKey.self)
      for member in members {
        try container.encode(member.value, forKey: PlainKey(stringValue: member.name))
      }
    case .array:
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    default:
      var container = encoder.singleValueContainer()
      try encodeScalar(to: &container)
    }
  }

  private func encodeScalar(to container: inout any SingleValueEncodingContainer) throws {
    if let text = string {
      try container.encode(text)
    } else if let truth = bool {
      try container.encode(truth)
    } else if let text = number {
      if let number = Int64(text) {
        try container.encode(number)
      } else if let number = UInt64(text) {
        try container.encode(number)
      } else {
        try container.encode(Double(text) ?? .nan)
      }
    } else {
      try container.encodeNil()
    }
  }
}
