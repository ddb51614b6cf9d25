import Testing

@testable import LosslessJSON

@Suite("Values in a text")
struct ValuesInTextTests {
  private static func all(_ text: String) throws -> [String] {
    var values = JSONValues(Array(text.utf8))
    var found: [String] = []
    while let value = try values.next() { found.append(value.text) }
    return found
  }

  @Test(
    "values are told apart by blanks, or by themselves",
    arguments: [
      ("", []), (" \n\t\r", []), ("1", ["1"]), ("1 2\n3", ["1", "2", "3"]),
      ("{}[]\"\"", ["{}", "[]", "\"\""]), ("[1,\n2]\n\n{\"a\" :1}", ["[1,\n2]", "{\"a\" :1}"]),
      ("true null", ["true", "null"]), ("\"ä\" \"😀\"", ["\"ä\"", "\"😀\""]),
    ] as [(String, [String])])
  func apart(text: String, values: [String]) throws {
    #expect(try Self.all(text) == values)
  }

  @Test(
    "what is none ends reading, told from where the value begins",
    arguments: [
      ("1true", 1), ("12-3", 2), ("{\"a\":1}x", 7), ("[1,", 3), ("[1}", 2), ("\"\u{1}\"", 1),
    ])
  func fault(text: String, place: Int) throws {
    var values = JSONValues(Array("null\n\(text)".utf8))
    #expect(try values.next()?.isNull == true)
    let error = #expect(throws: JSONReadError.self) { try values.next() }
    #expect(error?.position.offset == place)
    #expect(values.start == 5)
  }

  @Test("after a fault reading goes on in the next line")
  func goesOn() throws {
    var values = JSONValues(Array("1\n[tru]\n\"\u{80}\"\n2".utf8.map { $0 == 0xC2 ? 0xFF : $0 }))
    #expect(try values.next()?.int == 1)
    #expect(throws: JSONReadError.self) { try values.next() }
    #expect(throws: JSONReadError.self) { try values.next() }
    #expect(try values.next()?.int == 2)
    #expect(try values.next() == nil)
  }

  @Test("values that are kept stay what they are")
  func kept() throws {
    let lines = (0..<50).map { "{\"id\":\($0),\"k\\u0065y\":[\"\($0)\",{\"a\":null}]}" }
    var values = JSONValues(Array(lines.joined(separator: "\n").utf8))
    var kept: [JSON] = []
    while let value = try values.next() {
      if kept.count % 3 == 0, let inner = value["key"] {
        kept.append(inner)
      } else {
        kept.append(value)
      }
    }
    #expect(kept.count == lines.count)
    for (place, value) in kept.enumerated() {
      let whole = try JSON(reading: lines[place])
      #expect(value == (place % 3 == 0 ? whole["key"] : whole))
      #expect(value.document.bytes.elementsEqual(lines[place].utf8))
    }
  }

  @Test("each is what it is by itself", arguments: [1, 40, 5_000])
  func sameAsAlone(length: Int) throws {
    let texts = (0..<40).map { place in
      "{\"ключ\":\"\(String(repeating: place % 2 == 0 ? "é😀" : "x", count: length + place))\",\"n\": [\(place), {}]}"
    }
    var values = JSONValues(Array(texts.joined(separator: " ").utf8))
    for text in texts {
      let value = try #require(try values.next())
      let alone = try JSON(reading: text)
      #expect(value == alone)
      #expect(value.hashValue == alone.hashValue)
      #expect(JSONFormatter().bytes(value) == JSONFormatter().bytes(alone))
      #expect(value.members.map(\.key.text) == ["\"ключ\"", "\"n\""])
      #expect(value.members.map { $0.value.range } == alone.members.map { $0.value.range })
    }
    #expect(try values.next() == nil)
  }

  @Test(
    "a byte that is no UTF-8 is found wherever it stands",
    arguments: [0, 15, 16_380, 16_390, 40_000])
  func badByte(place: Int) throws {
    var text = Array("[\"".utf8)
    text += [UInt8]("äöü€".utf8) + [UInt8](repeating: 0x61, count: 50_000)
    text += Array("\",\"ä\"]".utf8)
    let start = 2 + "äöü€".utf8.count
    #expect(throws: Never.self) { try JSON(reading: text) }
    text[start + place] = 0xE4
    let error = #expect(throws: JSONReadError.self) { try JSON(reading: text) }
    #expect(error?.problem == .invalidUTF8)
    #expect(error?.position.offset == start + place)
  }
}

@Suite("Members")
struct MemberTests {
  @Test(
    "keys are found before their values, however they are spelt",
    arguments: [
      #"{"a":1,"b":2}"#, "{ \"a\" : 1 , \"b\"\n:\t2 }", #"{"\u0061":1,"b":2}"#,
      #"{"a":1,"\u0062":2}"#,
      #"{"a":[{"b":3}],"a":1,"b":2}"#, #"{"x":"a\":1,","a":1,"b":2}"#,
    ])
  func keys(text: String) throws {
    let json = try JSON(reading: text)
    #expect(json["a"]?.int == 1)
    #expect(json["b"]?.int == 2)
    #expect(json["a\":1,"] == nil)
    #expect(json.members.map(\.name).contains("a"))
    #expect(json.members.allSatisfy { text.contains($0.key.text) })
    #expect(json.count == json.members.reduce(0) { count, _ in count + 1 })
  }

  @Test("text before a key is not taken for a part of it")
  func noFalseKey() throws {
    let json = try JSON(reading: #"{"k":"a","b":1}"#)
    #expect(json[#"a","b"#] == nil)
    #expect(json[""] == nil)
    #expect(json["b"]?.int == 1)
  }

  @Test("long keys are found and told apart", arguments: [7, 8, 15, 16, 17, 31, 32, 33, 300])
  func long(length: Int) throws {
    let one = String(repeating: "k", count: length)
    let two = String(repeating: "k", count: length - 1) + "l"
    let json = try JSON(reading: "{\"\(one)\":1,\"\(two)\":{\"\(one)\":2}}")
    #expect(json[one]?.int == 1)
    #expect(json[two]?[one]?.int == 2)
    #expect(json.members.map(\.name) == [one, two])
    let text = JSONFormatter.compact.bytes(json)
    #expect(try JSON(reading: text) == json)
  }

  @Test("a key is a value like any other")
  func key() throws {
    let json = try JSON(reading: #"{"a b":1,"\u0041":2}"#)
    let keys = json.members.map(\.key)
    #expect(keys.map(\.string) == ["a b", "A"])
    #expect(keys.map(\.kind) == [.string, .string])
    #expect(keys[0] == JSON("a b"))
    #expect(keys[1] == JSON("A"))
    #expect(JSON("a b") == keys[0])
    #expect(keys[0].hashValue == JSON("a b").hashValue)
    #expect(String(decoding: JSONFormatter().bytes(keys[0]), as: UTF8.self) == "\"a b\"")
    #expect(keys[0].detached().text == "\"a b\"")
    #expect(JSONDiagnosis(ofValid: keys[0]).findings.isEmpty)
    #expect(
      keys[0].elements.map(\.kind).isEmpty && keys[0].members.map(\.name).isEmpty
        && keys[0].count == 0)
  }

  @Test(
    "containers end where they end",
    arguments: ["[]", "[[ ] ,{}]", "{\"a\":{\"b\":[1,[2,[\"]\"]] ] } }"])
  func ranges(text: String) throws {
    let json = try JSON(reading: "[\(text) , \(text)]")
    #expect(json.elements.map(\.text) == [text, text])
    #expect(json.text == "[\(text) , \(text)]")
  }

  @Test("values that nest differently differ")
  func nesting() throws {
    let texts = [
      "[[],[]]", "[[[]]]", "[{},{}]", "{\"a\":{}}", "{\"b\":{}}", "[[1],2]", "[[1,2]]", "[[],1]",
    ]
    let values = try texts.map { try JSON(reading: $0) }
    for (place, one) in values.enumerated() {
      for (other, two) in values.enumerated() { #expect((one == two) == (place == other)) }
    }
    #expect(try JSON(reading: #"{"\u0061":[1]}"#) == JSON(reading: #"{ "a" : [ 1 ] }"#))
  }
}
