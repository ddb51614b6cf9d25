import LosslessJSON
import Testing

@Suite("Values")
struct ValueTests {
  let sample =
    #"{"a": 1.0, "b": [true, null, "x\ty\u00e9\ud83d\ude00"], "a": 12345678901234567890123, "\u0062": {}}"#

  @Test("members keep their order and duplicates, and the last one answers by key")
  func members() throws {
    let value = try JSON(reading: sample)
    #expect(value.members.map(\.name) == ["a", "b", "a", "b"])
    #expect(value.members.map(\.value.kind) == [.number, .array, .number, .object])
    #expect(value["a"]?.text == "12345678901234567890123")
    #expect(value["b"]?.kind == .object)
    #expect(value["c"] == nil)
    #expect(value.count == 4)
  }

  @Test("scalars are decoded on demand")
  func scalars() throws {
    let array = try #require(
      JSON(reading: sample).members.dropFirst().first(where: { _ in true })?.value)
    #expect(array.count == 3)
    #expect(array[0]?.bool == true)
    #expect(array[1]?.isNull == true)
    #expect(array[2]?.string == "x\tyé😀")
    #expect(array[3] == nil)
    #expect(array[-1] == nil)
    #expect(try JSON(reading: "1.0").int == nil)
    #expect(try JSON(reading: "1e400").double == .infinity)
    #expect(try JSON(reading: "-7").int == -7)
    #expect(try JSON(reading: #""\ud800x""#).string == "\u{FFFD}x")
  }

  @Test("text that decodes to other code units is other text")
  func surrogates() throws {
    let texts = [
      #""\ud800""#, #""\ud801""#, #""\udfff""#, #""\ufffd""#, "\"\u{FFFD}\"", "\"\u{e9}\"",
    ]
    for (place, text) in texts.enumerated() {
      for (other, second) in texts.enumerated() {
        let isSame = place == other || Set([place, other]) == [3, 4]
        #expect((try JSON(reading: text) == JSON(reading: second)) == isSame, "\(text) \(second)")
        let objects = try [text, second].map { try JSON(reading: "{\($0): 1, \"x\": {}}") }
        #expect(objects[0].isEquivalent(to: objects[1]) == isSame, "\(text) \(second)")
        let both = "{\(text): 1, \(second): 2}"
        let rules = JSONDiagnosis(of: Array(both.utf8)).findings.map(\.rule)
        #expect(rules.contains("json.duplicate-key") == isSame, "\(both)")
      }
    }
    let accents = "{\"\u{e9}\": 1, \"e\u{301}\": "
    #expect(
      try !JSON(reading: accents + "2}").isEquivalent(to: JSON(reading: accents + "3}")))
    #expect(try JSON(reading: #"{"a": 1, "a": 2}"#).isEquivalent(to: JSON(reading: #"{"a":2}"#)))
  }

  @Test(
    "ids are equal as JSON",
    arguments: [
      ("1", "1", true), ("1", "1.0", false), ("1", "\"1\"", false), ("null", "0", false),
      (#""a\"b\u00e9""#, #""a\"bé""#, true), ("[1, 2]", "[1,2]", true), ("[1]", "[[1]]", false),
      ("9007199254740993", "9007199254740992", false), ("{\"a\":1}", "{\"b\":1}", false),
      ("true", "false", false), ("[]", "{}", false),
    ])
  func equality(left: String, right: String, expected: Bool) throws {
    let one = try JSON(reading: left)
    let two = try JSON(reading: right)
    #expect((one == two) == expected)
    if expected { #expect(one.hashValue == two.hashValue) }
  }

  @Test("equivalence ignores the order of members only")
  func equivalence() throws {
    let one = try JSON(reading: #"{"a": 1, "b": [1, 2]}"#)
    #expect(one.isEquivalent(to: try JSON(reading: #"{"b": [1, 2], "a": 1}"#)))
    #expect(!one.isEquivalent(to: try JSON(reading: #"{"b": [2, 1], "a": 1}"#)))
    #expect(!one.isEquivalent(to: try JSON(reading: #"{"a": 1}"#)))
  }

  @Test("values are built with the spelling they were given")
  func building() throws {
    let big = try JSON(reading: "1.000")
    let built: JSON = ["a": big, "b": ["x\u{1}\"", true, .null, 3, 2.5]]
    #expect(built.text == #"{"a": 1.000, "b": ["x\u0001\"", true, null, 3, 2.5]}"#)
    #expect(JSON(Double.nan) == nil)
    #expect(JSON.array([JSON]()).text == "[]")
  }

  @Test("a detached value stands alone")
  func detached() throws {
    let part = try #require(JSON(reading: sample)["b"])
    #expect(part.detached().text == "{}")
    #expect(part.detached().document.count == 2)
  }

  @Test(
    "paths lead into values",
    arguments: [
      (".", "{\"a\": {\"b c\": [10, 20, 30]}, \"x-y\": 1}"), (".a[\"b c\"][0]", "10"),
      (".a.\"b c\"[-1]", "30"), (".x-y", "1"), ("[\"x-y\"]", "1"), (".a.[\"b c\"].[1]", "20"),
    ])
  func paths(path: String, expected: String) throws {
    let value = try JSON(reading: "{\"a\": {\"b c\": [10, 20, 30]}, \"x-y\": 1}")
    #expect(try JSONPath(path).select(in: value).text == expected)
  }

  @Test(
    "a path that can't be read says where",
    arguments: [(".a[", 3), (".a[x]", 3), (".a b", 2), (".a[\"x", 3), (".a[0", 2), (".a..b", 2)])
  func badPaths(path: String, offset: Int) {
    let error = #expect(throws: JSONPath.SyntaxError.self) { try JSONPath(path) }
    #expect(error?.offset == offset)
  }

  @Test("a path that leads nowhere says how far it came")
  func missing() throws {
    let value = try JSON(reading: #"{"a": {"b": 1, "c": 2}}"#)
    let error = #expect(throws: JSONPath.Missing.self) { try JSONPath(".a.d.e").select(in: value) }
    #expect(error?.reached.description == ".a")
    #expect(error?.step == .member("d"))
    #expect(error?.names == ["b", "c"])
  }
}
