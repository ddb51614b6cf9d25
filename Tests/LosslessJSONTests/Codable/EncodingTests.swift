import Foundation
import LosslessJSON
import Testing

@Suite("Encoding Swift values")
struct EncodingTests {
  private func text(_ value: some Encodable) throws -> String { try JSON(encoding: value).text }

  @Test(
    "doubles get their shortest spelling, whole ones that of an integer",
    arguments: [
      (19.0, "19"), (-3, "-3"), (0, "0"), (-0.0, "-0.0"), (0.1, "0.1"),
      (9_007_199_254_740_992, "9007199254740992"), (1e300, "1e+300"),
      (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)])
  func doubles(value: Double, spelling: String) throws {
    #expect(try text(value) == spelling)
    #expect(try JSON(encoding: value).decode(as: Double.self) == value)
  }

  @Test("whole doubles beyond 2^53 get no digits that they don't have")
  func largeDoubles() throws {
    #expect(try text(1e16) == "1e+16")
    #expect(try text(Float(16_777_216)) == "16777216")
  }

  @Test("integers are exact")
  func integers() throws {
    #expect(try text(Int.min) == "-9223372036854775808")
    #expect(try text(UInt64.max) == "18446744073709551615")
    #expect(try text([UInt8(1), 2]) == "[1, 2]")
  }

  @Test("infinities and NaN are refused, with the place")
  func notFinite() throws {
    let error = #expect(throws: JSONEncodingError.self) {
      try JSON(encoding: ["a": [1, Double.nan]])
    }
    #expect(error?.path == JSONPath([.member("a"), .element(1)]))
    #expect(error?.message == "JSON has no nan")
    #expect(throws: JSONEncodingError.self) { try JSON(encoding: -Float.infinity) }
  }

  @Test("strings, booleans, null")
  func scalars() throws {
    #expect(try text("a\"\\\n\u{1B}é") == "\"a\\\"\\\\\\n\\u001bé\"")
    #expect(try text(true) == "true")
    #expect(try text(Int?.none) == "null")
    #expect(try text([1, nil]) == "[1, null]")
    #expect(try text([Int]()) == "[]")
    #expect(try text([String: Int]()) == "{}")
  }

  @Test("a structure keeps the order of its members and comes back the same")
  func structure() throws {
    let order = DecodingTests.Order(
      id: .max, items: [.init(name: "x", count: 1)], note: nil, state: .closed,
      extra: try JSON(reading: "{\"z\":1.00,\"z\" : 2e0}"), prices: ["a": 0.5])
    let json = try JSON(encoding: order)
    #expect(
      json.text == """
        {"id": 18446744073709551615, "items": [{"name": "x", "count": 1}], "state": "closed", \
        "extra": {"z":1.00,"z" : 2e0}, "prices": {"a": 0.5}}
        """)
    #expect(try json.decode() == order)
  }

  struct Manual: Encodable {
    enum Keys: String, CodingKey { case list, nested, nothing }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      try list.encode(1)
      try list.encodeNil()
      var inner = list.nestedContainer(keyedBy: Keys.self)
      try inner.encode(list.count, forKey: .nested)
      try container.encodeNil(forKey: .nothing)
    }
  }

  @Test("containers filled by hand")
  func manual() throws {
    #expect(try text(Manual()) == "{\"list\": [1, null, {\"nested\": 3}], \"nothing\": null}")
  }

  @Test("raw values pass through other coders as far as those can hold them")
  func otherCoders() throws {
    let json = try JSON(
      reading: "{\"a\": [1, 1.5, \"x\", true, null, 18446744073709551615], \"b\": {}}")
    let data = try JSONEncoder().encode(json)
    let back = try JSONDecoder().decode(JSON.self, from: data)
    #expect(back.isEquivalent(to: json), "\(back)")
  }
}
