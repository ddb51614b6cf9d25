import LosslessJSON
import Testing

@Suite("Decoding Swift values")
struct DecodingTests {
  private func decode<Value: Decodable & Sendable>(
    _ text: String, as type: Value.Type = Value.self
  ) throws -> Value { try JSON(reading: text).decode() }

  private func error<Value: Decodable & Sendable>(
    _ text: String, as type: Value.Type
  ) throws -> JSONDecodingError? {
    let json = try JSON(reading: text)
    do throws(JSONDecodingError) {
      _ = try json.decode(as: type)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "integers are exact however they are spelt",
    arguments: [
      ("0", 0), ("-0", 0), ("-0.0", 0), ("0e999999999999999999999", 0), ("42", 42), ("1.0", 1),
      ("1e3", 1000), ("1.5e1", 15), ("-120E-1", -12), ("9007199254740993", 9_007_199_254_740_993),
      ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("92233720368547758.07e2", .max), ("1000000000000000000000e-21", 1),
    ])
  func integers(text: String, value: Int) throws {
    #expect(try decode(text, as: Int.self) == value)
  }

  @Test(
    "integers that overflow or have a fraction are refused",
    arguments: [
      ("1.5", "must be an integer, not 1.5"), ("1e-1", "must be an integer, not 1e-1"),
      (
        "9223372036854775808",
        "must be an integer from -9223372036854775808 to 9223372036854775807, not "
          + "9223372036854775808"
      ),
      (
        "1e400",
        "must be an integer from -9223372036854775808 to 9223372036854775807, not 1e400"
      ),
      ("1e-99999999999999999999", "must be an integer, not 1e-99999999999999999999"),
      ("\"1\"", "must be an integer, not a string"), ("null", "must be an integer, not null"),
      ("true", "must be an integer, not a boolean"), ("[1]", "must be an integer, not an array"),
    ])
  func notIntegers(text: String, message: String) throws {
    #expect(try error(text, as: Int.self)?.message == message)
  }

  @Test("narrow integers have their own bounds")
  func narrow() throws {
    #expect(try decode("255", as: UInt8.self) == 255)
    #expect(
      try error("256", as: UInt8.self)?.message == "must be an integer from 0 to 255, not 256")
    #expect(try error("-1", as: UInt.self) != nil)
    #expect(try decode("18446744073709551615", as: UInt64.self) == .max)
    #expect(try decode("-128", as: Int8.self) == -128)
    #expect(try error("40000", as: Int16.self) != nil)
  }

  @Test(
    "doubles",
    arguments: [
      ("0.1", 0.1), ("1", 1), ("-2.5e-3", -0.0025), ("1e-400", 0),
      ("5e-324", Double.leastNonzeroMagnitude),
    ])
  func doubles(text: String, value: Double) throws {
    #expect(try decode(text, as: Double.self) == value)
  }

  @Test("numbers too large for the type and other kinds are no doubles")
  func notDoubles() throws {
    #expect(
      try error("1e400", as: Double.self)?.message
        == "must be a number within the range of Double, not 1e400")
    #expect(try error("1e39", as: Float.self) != nil)
    #expect(try error("\"NaN\"", as: Double.self)?.message == "must be a number, not a string")
  }

  @Test("strings, booleans and optionals")
  func scalars() throws {
    #expect(try decode("\"a\\u00e9\\ud83d\\ude00\"", as: String.self) == "aé😀")
    #expect(try decode("true", as: Bool.self))
    #expect(try decode("null", as: Int?.self) == nil)
    #expect(try decode("5", as: Int?.self) == 5)
    #expect(try decode("[1, null, 3]", as: [Int?].self) == [1, nil, 3])
    #expect(try error("1", as: Bool.self)?.message == "must be true or false, not a number")
    #expect(try error("1", as: String.self)?.message == "must be a string, not a number")
  }

  struct Order: Codable, Equatable, Sendable {
    struct Item: Codable, Equatable, Sendable {
      var name: String
      var count: Int
    }
    enum State: String, Codable, Sendable { case open, closed }
    var id: UInt64
    var items: [Item]
    var note: String?
    var state: State
    var extra: JSON?
    var prices: [String: Double]
  }

  @Test("structures nest; members may stand in any order, more of them do no harm")
  func nested() throws {
    let text = """
      {"unknown": 1, "state": "closed", "id": 1e3, "items": [{"count": 2, "name": "x"}],
       "extra": {"b": 1.0, "b": 2}, "prices": {"a": 1}, "state": "open"}
      """
    let order: Order = try decode(text)
    #expect(order.id == 1000)
    #expect(order.items == [.init(name: "x", count: 2)])
    #expect(order.note == nil)
    // Of duplicate keys the last counts.
    #expect(order.state == .open)
    #expect(order.prices == ["a": 1])
    // Raw values stay as they are spelt, duplicate keys and all.
    #expect(order.extra?.text == "{\"b\": 1.0, \"b\": 2}")
  }

  @Test(
    "errors say where and what was expected",
    arguments: [
      ("[]", ".", "must be an object, not an array"),
      ("{}", ".", "lacks the member \"id\""),
      ("{\"id\": -1}", ".id", "must be an integer from 0 to 18446744073709551615, not -1"),
      ("{\"id\": 1, \"items\": {}}", ".items", "must be an array, not an object"),
      (
        "{\"id\": 1, \"items\": [{\"name\": \"a\", \"count\": 1}, {\"name\": 5}]}",
        ".items[1].name", "must be a string, not a number"
      ),
      (
        "{\"id\": 1, \"items\": [{\"name\": \"a\"}]}", ".items[0]", "lacks the member \"count\""
      ),
      ("{\"id\": 1, \"items\": [], \"note\": 5}", ".note", "must be a string, not a number"),
    ])
  func paths(text: String, path: String, message: String) throws {
    let error = try #require(try error(text, as: Order.self))
    #expect(error.path.description == path)
    #expect(error.message == message)
    #expect(error.description == "\(path) \(message)")
  }

  @Test("a type's own refusal keeps its path")
  func refusal() throws {
    let error = try #require(
      try error("{\"id\": 1, \"items\": [], \"state\": \"lost\"}", as: Order.self))
    #expect(error.path == JSONPath([.member("state")]))
    #expect(error.message.hasPrefix("was refused: "))
  }

  struct Manual: Decodable, Sendable {
    var total = 0
    var keys: [String] = []
    var isAtEnd = false
    enum Keys: String, CodingKey { case list, nested }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      keys = container.allKeys.map(\.stringValue)
      var list = try container.nestedUnkeyedContainer(forKey: .list)
      while !list.isAtEnd {
        if try list.decodeNil() { continue }
        if let number = try? list.decode(Int.self) {
          total += number
        } else {
          var inner = try list.nestedUnkeyedContainer()
          total += try inner.decode(Int.self) * 100
        }
      }
      isAtEnd = (try? list.decode(Int.self)) == nil
      let nested = try container.nestedContainer(keyedBy: Keys.self, forKey: .nested)
      total += try nested.decode(Int.self, forKey: .list) * 10_000
    }
  }

  @Test("containers taken by hand; a failed try does not pass an element over")
  func manual() throws {
    let manual: Manual = try decode("{\"nested\": {\"list\": 3}, \"list\": [1, null, [2], 4]}")
    #expect(manual.total == 30_205)
    #expect(manual.keys == ["nested", "list"])
    #expect(manual.isAtEnd)
  }

  class Base: Codable {
    var name: String
    init(name: String) { self.name = name }
  }

  final class Derived: Base {
    var size: Int
    enum Keys: String, CodingKey { case size }
    init(name: String, size: Int) {
      self.size = size
      super.init(name: name)
    }
    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      size = try container.decode(Int.self, forKey: .size)
      try super.init(from: container.superDecoder())
    }
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(size, forKey: .size)
      try super.encode(to: container.superEncoder())
    }
  }

  @Test("classes with a base class go there and back")
  func inheritance() throws {
    let json = try JSON(encoding: Derived(name: "n", size: 4))
    #expect(json.text == "{\"size\": 4, \"super\": {\"name\": \"n\"}}")
    let back = try json.decode(as: Derived.self)
    #expect(back.name == "n" && back.size == 4)
  }
}
