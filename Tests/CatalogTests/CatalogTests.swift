import Catalog
import LosslessJSON
import Testing

@Suite("Catalog")
struct CatalogTests {
  @Test(
    "did you mean",
    arguments: [
      ("substract", ["subtract"]), ("add", []), ("getVersion", ["aria2.getVersion"]),
      ("SUBTRACT", ["subtract"]), ("aria2.getVresion", ["aria2.getVersion"]), ("zzz", []),
      ("", []), ("subt", ["subtract"]),
    ])
  func suggestions(word: String, expected: [String]) {
    let names = ["subtract", "aria2.getVersion", "echo", "add"]
    #expect(Suggestion.nearest(to: word, among: names) == expected)
  }

  @Test(
    "patterns find names",
    arguments: [
      ("", 4), ("get*", 2), ("*version*", 2), ("version", 2), ("get?alue", 1), ("x*", 0),
      ("*", 4), ("GET*", 2), ("*a*u*", 1),
    ])
  func patterns(pattern: String, count: Int) {
    let names = ["getVersion", "getValue", "core.version", "set"]
    let catalog = MethodCatalog(methods: names.map { Method($0) })
    #expect(catalog.matching(pattern).count == count)
  }

  @Test(
    "a schema is told in a few words",
    arguments: [
      (#"{"type":"integer"}"#, "integer"), (#"{"enum":["asc","desc"]}"#, #""asc" | "desc""#),
      (##"{"type":"array","items":{"$ref":"#/defs/Pet"}}"##, "[Pet]"), ("{}", "any"),
      (#"{"type":["string","null"]}"#, "string | null"),
      (#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, "string | null"),
      (#"{"type":"object","properties":{"id":{},"name":{}},"required":["id"]}"#, "{id, name?}"),
      (##"{"$ref":"#/defs/Pet"}"##, "Pet"), (#"{"const":1}"#, "1"), (#"{"type":"array"}"#, "[any]"),
    ])
  func typeText(schema: String, expected: String) throws {
    #expect(Schema(try JSON(reading: schema), root: [:]).typeText == expected)
  }

  @Test("references are followed, in circles only so far")
  func references() throws {
    let root = try JSON(
      reading: ##"{"a/b":{"type":"string"},"x":{"$ref":"#/a~1b"},"loop":{"$ref":"#/loop"}}"##)
    #expect(Schema(try JSON(reading: ##"{"$ref":"#/x"}"##), root: root).types == ["string"])
    #expect(Schema(try JSON(reading: ##"{"$ref":"#/loop"}"##), root: root).types == [])
    #expect(Schema(try JSON(reading: ##"{"$ref":"#/none"}"##), root: root).types == [])
    #expect(Schema(try JSON(reading: ##"{"$ref":"#/x"}"##), root: root).takesOnlyStrings)
  }

  @Test(
    "what takes only strings",
    arguments: [
      (#"{"type":"string"}"#, true), (#"{"type":["string","null"]}"#, true),
      (#"{"type":["string","integer"]}"#, false), ("{}", false), (#"{"enum":["a"]}"#, true),
      (#"{"enum":["a",1]}"#, false), (#"{"type":"null"}"#, false),
    ])
  func onlyStrings(schema: String, expected: Bool) throws {
    #expect(Schema(try JSON(reading: schema), root: [:]).takesOnlyStrings == expected)
  }
}
