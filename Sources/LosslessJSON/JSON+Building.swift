extension JSON {
  /// The value `null`.
  public static let null = JSON(spelling: Array("null".utf8))

  /// A string value.
  public init(_ text: String) {
    var writer = JSONWriter()
    writer.string(text)
    self = writer.finished()
  }

  /// A boolean value.
  public init(_ truth: Bool) { self.init(spelling: Array((truth ? "true" : "false").utf8)) }

  /// A number value.
  public init(_ number: some BinaryInteger) {
    self.init(spelling: Array(String(number).utf8))
  }

  /// A number value with the shortest spelling that gives the same double back.
  ///
  /// Returns nil for infinities and NaN, which JSON does not have.
  public init?(_ number: Double) {
    guard number.isFinite else { return nil }
    // Swift spells 1e16 as "1e+16" and 5 as "5.0": both are JSON.
    self.init(spelling: Array(number.description.utf8))
  }

  /// An array of values, spelt as they are.
  public static func array(_ values: some Sequence<JSON>) -> JSON { array(Array(values)) }

  /// An array of values, spelt as they are.
  ///
  /// For arrays alone: of any sequence, the first use searches the whole program for how to walk it.
  public static func array(_ values: [JSON]) -> JSON {
    var writer = JSONWriter()
    writer.beginArray()
    for value in values { writer.value(value) }
    writer.endArray()
    return writer.finished()
  }

  /// An object of members in that order, the values spelt as they are.
  public static func object(_ members: some Sequence<(String, JSON)>) -> JSON {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in members {
      writer.key(name)
      writer.value(value)
    }
    writer.endObject()
    return writer.finished()
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self.init(value) }
  /// A number.
  public init(integerLiteral value: Int) { self.init(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self.init(value) }
  /// A number; a literal that is not finite becomes `null`.
  public init(floatLiteral value: Double) { self = JSON(value) ?? .null }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object, its members in the order written.
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}

extension JSON {
  /// The same value with its newlines between tokens turned into blanks, everything else as spelt.
  public var onOneLine: JSON {
    // A valid value has raw newlines nowhere else.
    JSON(spelling: bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
  }
}
