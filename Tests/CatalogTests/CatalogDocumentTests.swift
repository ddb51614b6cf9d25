import LosslessJSON
import Testing

@testable import Catalog

@Suite("Catalogs that are kept")
struct CatalogDocumentTests {
  private static func again(_ catalog: MethodCatalog) throws -> MethodCatalog {
    let text = try #require(CatalogDocument.write(catalog))
    return try #require(CatalogDocument.read(JSON(reading: text)))
  }

  @Test("come back as they were, from every source", arguments: SourceTests.answers)
  func sources(_ answer: SourceTests.Answer) throws {
    let catalog = KnownMethods.enriching(
      try #require(answer.source.read(JSON(reading: answer.result))))
    let kept = try Self.again(catalog)
    #expect(kept.methods.map(SourceTests.line) == catalog.methods.map(SourceTests.line))
    #expect(kept.methods.map(\.summary) == catalog.methods.map(\.summary))
    #expect(kept.methods.map(\.basis) == catalog.methods.map(\.basis))
    #expect(kept.methods.map(\.structure) == catalog.methods.map(\.structure))
    #expect(kept.source == catalog.source && kept.title == catalog.title)
    #expect(CatalogDocument.write(kept) == CatalogDocument.write(catalog))
  }

  @Test("keep references, examples, errors and what carries a call")
  func all() throws {
    let root = try JSON(
      reading: ##"{"defs":{"Pet":{"enum":["cat","dog"]}},"p":{"$ref":"#/defs/Pet"}}"##)
    var method = Method("get")
    method.params = [
      MethodParam(
        name: "pet", doc: "which", schema: Schema(try #require(root["p"]), root: root),
        isRequired: true, isVariadic: true)
    ]
    method.result = MethodParam(name: "id", schema: .type("integer"))
    method.isNotification = true
    method.isDeprecated = true
    method.wrapping = Method.Wrapping(
      method: "tools/call", name: "x", uri: URITemplate("res://{id}"))
    method.nature = "tool"
    method.reference = ["type": "ref/prompt"]
    method.errors = [Method.KnownError(code: "7", message: "seven")]
    method.examples = [
      Method.Example(name: "e", params: [("pet", "cat")], result: 1)
    ]
    method.signatures = [["int", "string"]]
    let kept = try #require(try Self.again(MethodCatalog(methods: [method])).methods.first)
    #expect(SourceTests.line(kept) == "get pet...:Pet")
    #expect(kept.params?[0].schema.enumeration.map(\.text) == [#""cat""#, #""dog""#])
    #expect(kept.params?[0].doc == "which" && kept.params?[0].isRequired == true)
    #expect(kept.result?.name == "id" && kept.isNotification && kept.isDeprecated)
    #expect(kept.wrapping?.method == "tools/call" && kept.wrapping?.name == "x")
    #expect(kept.wrapping?.uri?.expanded(["id": "7"]) == "res://7")
    #expect(kept.nature == "tool" && kept.reference?.count == 1)
    #expect(kept.errors.first?.message == "seven")
    #expect(kept.examples.first?.params.first?.value.string == "cat")
    #expect(kept.examples.first?.result?.int == 1)
    #expect(kept.signatures == [["int", "string"]])
  }

  @Test("another version and other texts are none")
  func others() throws {
    for text in ["{}", "[]", "3", #"{"version":2,"source":"x","methods":[]}"#] {
      #expect(CatalogDocument.read(try JSON(reading: text)) == nil)
    }
    #expect(CatalogDocument.write(MethodCatalog(methods: [Method("a")]), limit: 10) == nil)
  }
}
