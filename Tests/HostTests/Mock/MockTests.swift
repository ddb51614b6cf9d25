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
    (
      #"{"required": ["x-a", "b"], "type": "object", "patternProperties": {"^x-": {"const": 7}}}"#,
      #"{"x-a": 7, "b": null}"#
    ),
    (#"{"type": "array", "contains": {"const": 4}}"#, "[4]"),
    ("{}", "null"),
  ]

  @Test("values are made that a schema allows", arguments: samples)
  func sample(schema: String, expected: String) throws {
    let schema = Schema(try JSON(reading: Array(schema.utf8)), root: [:])
    let made = SchemaSample.value(schema)
    #expect(made.text == expected)
    #expect(SchemaCheck.violation(of: made, schema) == nil)
  }

  /// Schemas, values that fit them, and values that do not with what is said of each.
  static let checks: [(schema: String, good: [String], bad: [(String, String)])] = [
    (
      #"{"patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": false}"#,
      ["{}", #"{"x-a": 1}"#],
      [
        (#"{"x-a": "b"}"#, #".x-a must be an integer, not "b""#),
        (#"{"y": 1}"#, #" has the member "y", which is unknown"#),
      ]
    ),
    (
      #"{"dependentRequired": {"a": ["b", "c"]}}"#,
      ["{}", #"{"b": 1}"#, #"{"a": 1, "b": 1, "c": 1}"#],
      [(#"{"a": 1, "b": 1}"#, #" lacks the member "c", which "a" needs"#)]
    ),
    (
      #"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, [#"{"b": 1}"#],
      [(#"{"a": 1}"#, #" lacks the member "b""#)]
    ),
    (
      #"{"dependencies": {"a": ["b"], "c": {"maxProperties": 1}}}"#, [#"{"c": 1}"#, "{}"],
      [
        (#"{"a": 1}"#, #" lacks the member "b", which "a" needs"#),
        (#"{"c": 1, "d": 1}"#, " must have at most 1 members, not 2"),
      ]
    ),
    (
      #"{"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"required": ["x"]}, "else": {"required": ["y"]}}"#,
      [#"{"k": 1, "x": 0}"#, #"{"k": 2, "y": 0}"#, #"{"y": 0}"#],
      [(#"{"k": 1}"#, #" lacks the member "x""#), (#"{"k": 2}"#, #" lacks the member "y""#)]
    ),
    (
      #"{"contains": {"type": "string"}, "maxContains": 2}"#, [#"[1, "a"]"#, "5"],
      [
        ("[1]", " must have at least 1 items of the kind that a string is asked for, not 0"),
        (
          #"["a", "b", "c"]"#,
          " must have at most 2 items of the kind that a string is asked for, not 3"
        ),
      ]
    ),
    (#"{"contains": {"type": "string"}, "minContains": 0}"#, ["[]", "[1]"], []),
    (
      #"{"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}"#,
      [#"["a", 1]"#, "[]"],
      [(#"[1]"#, "[0] must be a string, not 1"), (#"["a", 1, 2]"#, "[2] is one item too many")]
    ),
    (
      #"{"items": [{"type": "string"}], "additionalItems": {"type": "null"}}"#, [#"["a", null]"#],
      [(#"["a", 1]"#, "[1] must be null, not 1")]
    ),
    (
      #"{"propertyNames": {"pattern": "^[a-z]+$"}, "minProperties": 1}"#, [#"{"a": 1}"#],
      [
        ("{}", " must have at least 1 members, not 0"),
        (#"{"A": 1}"#, #" has the member "A", whose name must match ^[a-z]+$, not "A""#),
      ]
    ),
    (
      #"{"allOf": [{"properties": {"a": true}}], "anyOf": [{"properties": {"b": {"type": "string"}}, "required": ["b"]}, true], "unevaluatedProperties": false}"#,
      [#"{"a": 1}"#, #"{"a": 1, "b": "x"}"#],
      [
        (#"{"c": 1}"#, #" has the member "c", which is unknown"#),
        (#"{"b": 1}"#, #" has the member "b", which is unknown"#),
      ]
    ),
    (
      ##"{"$ref": "#/$defs/base", "unevaluatedProperties": {"type": "integer"}}"##,
      [#"{"name": "x", "age": 1}"#],
      [
        (#"{"name": 1}"#, ".name must be a string, not 1"),
        (#"{"age": "1"}"#, #".age must be an integer, not "1""#),
      ]
    ),
    (
      #"{"prefixItems": [true], "contains": {"type": "null"}, "unevaluatedItems": false}"#,
      ["[1, null]", "[null]"], [("[1, null, 2]", "[2] is one item too many")]
    ),
    (
      ##"{"$ref": "#/$defs/base", "required": ["name"]}"##, [#"{"name": "x"}"#],
      [("{}", #" lacks the member "name""#)]
    ),
    (#"{"uniqueItems": true}"#, ["[1, 2]"], [("[1, 1.0]", " must have no item twice")]),
    (#"{"type": "string", "format": "email"}"#, [#""no address""#], []),
  ]

  @Test("the words of JSON Schema are held to", arguments: checks.indices)
  func schemas(index: Int) throws {
    let (text, good, bad) = Self.checks[index]
    let root = try JSON(
      reading: Array(#"{"$defs": {"base": {"properties": {"name": {"type": "string"}}}}}"#.utf8))
    let schema = Schema(try JSON(reading: Array(text.utf8)), root: root)
    for value in good {
      let violation = SchemaCheck.violation(of: try JSON(reading: Array(value.utf8)), schema)
      #expect(violation == nil, "\(value)")
    }
    for (value, expected) in bad {
      let violation = SchemaCheck.violation(of: try JSON(reading: Array(value.utf8)), schema)
      #expect(
        violation.map { "\($0.path) \($0.reason)" }?.hasSuffix(expected) == true,
        "\(value): \(String(describing: violation))")
    }
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
