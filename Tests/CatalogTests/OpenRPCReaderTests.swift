import Catalog
import Foundation
import LosslessJSON
import Testing

@Suite("OpenRPC documents")
struct OpenRPCReaderTests {
  private let document = ##"""
    {"openrpc": "1.2.6", "info": {"title": "Pets", "version": "3"},
     "methods": [
      {"name": "get_pet", "summary": "One pet", "description": "All about it.",
       "paramStructure": "by-name", "deprecated": true,
       "params": [{"$ref": "#/components/contentDescriptors/Id"},
                  {"name": "fields", "schema": {"type": "array", "items": {"type": "string"}}}],
       "result": {"name": "pet", "schema": {"$ref": "#/components/schemas/Pet"}},
       "errors": [{"code": 404, "message": "no such pet"}],
       "examples": [{"name": "rex", "params": [{"name": "id", "value": 7}],
                     "result": {"name": "pet", "value": {"id": 7}}}]},
      {"name": "bark", "params": []}, {"oops": true}, {"name": "bark", "params": []}],
     "components": {"contentDescriptors": {"Id": {"name": "id", "required": true,
                                                  "schema": {"type": "integer"}}},
                    "schemas": {"Pet": {"type": "object", "properties": {"id": {}}}}}}
    """##

  @Test("methods come with params, references followed")
  func methods() throws {
    let catalog = try OpenRPCReader.read(JSON(reading: document), source: "test")
    #expect(catalog.methods.map(\.name) == ["get_pet", "bark"])
    #expect(catalog.title == "Pets 3")
    let get = try #require(catalog["get_pet"])
    #expect(get.summary == "One pet")
    #expect(get.structure == .byName)
    #expect(get.isDeprecated)
    #expect(get.params?.map(\.name) == ["id", "fields"])
    #expect(get.params?.map(\.isRequired) == [true, false])
    #expect(get.params?.map { $0.schema.typeText } == ["integer", "[string]"])
    #expect(get.result?.schema.typeText == "Pet")
    #expect(get.result?.schema.properties.map(\.name) == ["id"])
    #expect(get.errors.map(\.code) == ["404"])
    #expect(get.examples[0].params[0].value.int == 7)
    #expect(get.examples[0].result?.text == #"{"id": 7}"#)
    #expect(catalog["bark"]?.isNotification == true)
    #expect(get.isNotification == false)
  }

  @Test("a document inside a reply is found, and what is none is refused in words")
  func wrapped() throws {
    let wrapped = try JSON(reading: #"{"jsonrpc":"2.0","id":1,"result":\#(document)}"#)
    #expect(try OpenRPCReader.read(wrapped, source: "test").methods.count == 2)
    for text in ["{}", "[]", #"{"openrpc":"2.0.0","methods":[]}"#] {
      #expect(throws: OpenRPCReader.Fault.self) {
        try OpenRPCReader.read(try JSON(reading: text), source: "test")
      }
    }
  }

  @Test(
    "a real document of 181 methods reads whole",
    .enabled(if: FileManager.default.fileExists(atPath: deltachat), "no ../shared/samples"))
  func real() throws {
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: deltachat)))
    let catalog = try OpenRPCReader.read(JSON(reading: bytes), source: "file")
    #expect(catalog.methods.count == 181)
    #expect(catalog.methods.allSatisfy { $0.structure == .byPosition && $0.params != nil })
    #expect(catalog["get_config"]?.params?.map { $0.schema.typeText } == ["integer", "string"])
  }
}

private let deltachat = "../shared/samples/deltachat/openrpc.json"
