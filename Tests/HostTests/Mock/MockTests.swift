import Catalog
import JSONRPC
import LosslessJSON
import Testing

@testable import Host

@Suite("Mock", .timeLimit(.minutes(2)))
struct MockTests {
  static let document = """
    {"openrpc": "1.3.2", "info": {"title": "Shop", "version": "3"},
     "components": {"schemas": {
      "Tree": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"},
       "left": {"$ref": "#/components/schemas/Tree"}}},
      "Order": {"type": "object", "required": ["id", "items"], "additionalProperties": false,
       "properties": {"id": {"type": "integer", "minimum": 1}, "items": {"type": "array",
        "minItems": 1, "items": {"type": "string", "pattern": "^0x[a-f0-9]{4}$"}},
        "state": {"enum": ["open", "sent"]}}}}},
     "methods": [
      {"name": "order", "summary": "S", "params": [
        {"name": "order", "required": true, "schema": {"$ref": "#/components/schemas/Order"}},
        {"name": "note", "schema": {"type": ["string", "null"], "maxLength": 5}}],
       "result": {"name": "r", "schema": {"$ref": "#/components/schemas/Order"}}},
      {"name": "add", "params": [{"name": "a", "required": true, "schema": {"type": "number"}},
        {"name": "b", "schema": {"type": "number"}}],
       "result": {"name": "sum", "schema": {"type": "number"}},
       "examples": [{"name": "one", "params": [{"name": "a", "value": 1}, {"name": "b", "value": 2}],
         "result": {"name": "sum", "value": 3}},
        {"name": "two", "params": [{"name": "a", "value": 5}],
         "result": {"name": "sum", "value": 5}}]},
      {"name": "tree", "params": [], "result": {"name": "t",
        "schema": {"$ref": "#/components/schemas/Tree"}}},
      {"name": "named", "paramStructure": "by-name", "params": [{"name": "x", "required": true,
        "schema": {"oneOf": [{"type": "string"}, {"type": "integer", "maximum": 3}]}}],
       "result": {"name": "t", "schema": {"type": "string", "format": "uuid"}}}]}
    """

  private func caller() throws -> @Sendable (String, String) async throws -> String {
    let service = Service(try Mock.dispatcher(openRPC: Array(Self.document.utf8)))
    return { method, params in
      let request = #"{"jsonrpc": "2.0", "method": "\#(method)", "params": \#(params), "id": 1}"#
      let reply = try JSON(reading: try #require(await service.answer(Array(request.utf8))))
      return reply["result"]?.text ?? reply["error"]?["message"]?.string ?? "?"
    }
  }

  static let order = #"{"id": 1, "items": ["0xaaaa"], "state": "open"}"#

  static let calls: [(String, String, String)] = [
    ("order", #"[{"id": 1, "items": ["0x00ff"]}]"#, order),
    ("order", #"{"order": {"id": 9, "items": ["0x00ff"], "state": "sent"}, "note": null}"#, order),
    ("add", "[1, 2]", "3"), ("add", "[5]", "5"), ("add", #"{"b": 2.0, "a": 1}"#, "3"),
    ("add", "[7, 7]", "3"),
    ("named", #"{"x": 3}"#, #""00000000-0000-4000-8000-000000000000""#),
    ("order", "[]", #"parameter "order" is missing; it must be an object"#),
    ("order", "[5]", #"parameter "order" must be an object, not 5"#),
    ("order", #"[{"items": ["0x00ff"]}]"#, #"parameter "order" lacks the member "id""#),
    (
      "order", #"[{"id": 0, "items": ["0x00ff"]}]"#,
      #"parameter "order.id" must be at least 1, not 0"#
    ),
    (
      "order", #"[{"id": 1.5, "items": ["0x00ff"]}]"#,
      #"parameter "order.id" must be an integer, not 1.5"#
    ),
    (
      "order", #"[{"id": 1, "items": []}]"#,
      #"parameter "order.items" must have at least 1 items, not 0"#
    ),
    (
      "order", #"[{"id": 1, "items": ["0x00ff", "x"]}]"#,
      #"parameter "order.items[1]" must match ^0x[a-f0-9]{4}$, not "x""#
    ),
    (
      "order", #"[{"id": 1, "items": ["0x00ff"], "state": "lost"}]"#,
      #"parameter "order.state" must be one of "open", "sent", not "lost""#
    ),
    (
      "order", #"[{"id": 1, "items": ["0x00ff"], "x": 1}]"#,
      #"parameter "order" has the member "x", which is unknown"#
    ),
    (
      "order", #"[{"id": 1, "items": ["0x00ff"]}, "too long"]"#,
      #"parameter "note" must have at most 5 characters, not "too long""#
    ),
    ("add", "[1, 2, 3]", #"3 params are given where at most 2 fit; the parameters are "a", "b""#),
    ("add", #"{"c": 1}"#, #"parameter "c" is unknown; the parameters are "a", "b""#),
    ("named", "[1]", "this method takes params by name only"),
    ("named", #"{"x": 4}"#, #"parameter "x" must be at most 3, not 4"#),
    (
      "named", #"{"x": true}"#,
      #"parameter "x" must be one of the 2 kinds that its schema has, not true"#
    ),
  ]

  @Test("params are checked, and examples or made values are the results", arguments: calls)
  func answers(method: String, params: String, expected: String) async throws {
    let outcome = try await caller()(method, params)
    #expect(outcome == expected || outcome == "Invalid params: \(expected)")
  }

  @Test("a type of itself comes to an end, and rpc.discover gives the document")
  func document() async throws {
    let call = try caller()
    #expect(try await call("tree", "[]").hasPrefix(#"{"name": "string", "left": {"name""#))
    let document = try JSON(reading: Array(Self.document.utf8))
    #expect(try JSON(reading: Array(try await call("rpc.discover", "[]").utf8)) == document)
    #expect(try await call("system.listMethods", "[]").hasPrefix(#"["add", "named", "order""#))
    #expect(try await call("nope", "[]") == #"Method not found: "nope""#)
  }

  @Test(
    "what is no document is said",
    arguments: ["{", "{}", #"{"openrpc": "2.0", "methods": []}"#])
  func failures(text: String) {
    #expect(throws: Mock.Failure.self) { try Mock.dispatcher(openRPC: Array(text.utf8)) }
  }

  static let patterns: [(String, String?)] = [
    ("^0x[a-fA-F\\d]{40}$", "0x" + String(repeating: "a", count: 40)),
    ("^0x([1-9a-f]+[0-9a-f]*|0)$", "0x1"), ("^\\d{4}-\\d{2}$", "0000-00"), ("a|b", "a"),
    ("[^a]x?y+", "0y"), ("(?:ab){2}\\.", "abab."), ("^(?=x)", nil), ("(", nil), ("[", nil),
    ("\\p{L}", nil), ("a{99999}", nil), ("\\", nil), ("x{", nil),
  ]

  @Test("texts are made that match a pattern", arguments: patterns)
  func pattern(pattern: String, text: String?) {
    #expect(PatternSample.text(pattern) == text)
  }

  static let samples: [(String, String)] = [
    (#"{"type": "integer", "minimum": 5, "multipleOf": 4}"#, "8"),
    (#"{"type": "number", "maximum": 0.5}"#, "0.5"),
    (#"{"anyOf": [{"type": "null"}, {"type": "string", "minLength": 8}]}"#, #""stringst""#),
    (
      #"{"allOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {"type": "boolean"}}}]}"#,
      #"{"a": 1, "b": true}"#
    ),
    (#"{"type": "array", "items": {"default": 2}, "minItems": 3}"#, "[2, 2, 2]"),
    (#"{"type": "array", "prefixItems": [{"type": "null"}, {"enum": ["x"]}]}"#, #"[null, "x"]"#),
    ("{}", "null"),
  ]

  @Test("values are made that a schema allows", arguments: samples)
  func sample(schema: String, expected: String) throws {
    let schema = Schema(try JSON(reading: Array(schema.utf8)), root: [:])
    let made = SchemaSample.value(schema)
    #expect(made.text == expected)
    #expect(SchemaCheck.violation(of: made, schema) == nil)
  }

  @Test("every result made for the demo's own document fits its schema, as do its examples")
  func demo() async throws {
    let document = Demo.dispatcher().openRPC
    let catalog = try OpenRPCReader.read(document, source: "demo")
    for method in catalog.methods {
      let schema = method.result?.schema ?? .any
      #expect(
        SchemaCheck.violation(of: SchemaSample.value(schema), schema) == nil, "\(method.name)")
      for example in method.examples {
        guard let result = example.result else { continue }
        #expect(SchemaCheck.violation(of: result, schema) == nil, "\(method.name)")
      }
    }
  }
}
