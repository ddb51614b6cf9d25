import Catalog
import LosslessJSON
import Testing

@testable import Shell

@Suite("Checking params before they are sent")
struct ParamCheckTests {
  private static func method(_ change: (inout Method) -> Void = { _ in }) -> Method {
    var method = Method("f")
    method.params = [
      MethodParam(name: "text", schema: .type("string"), isRequired: true),
      MethodParam(name: "count", schema: .type("integer"), isRequired: true),
      MethodParam(name: "ratio", schema: .type("number")),
      MethodParam(
        name: "list", schema: Schema(["type": ["array", "null"]], root: [:])),
    ]
    change(&method)
    return method
  }

  private static func fault(_ params: String, _ method: Method) throws -> String {
    ParamCheck.fault(params.isEmpty ? nil : try JSON(reading: params), method: method) ?? "fine"
  }

  @Test(
    "tells only of what can't be right",
    arguments: [
      Line(#"["a", 1]"#, "fine"),
      Line(#"["a", 1.0]"#, "fine"),
      Line(#"["a", 1e400]"#, "fine"),
      Line(#"["a", 1, 0.5, null]"#, "fine"),
      Line(#"["a", 1, 0.5, []]"#, "fine"),
      Line(#"{"count": 12345678901234567890123, "text": ""}"#, "fine"),
      Line("", "missing params: text (string), count (integer)"),
      Line("[]", "missing params: text (string), count (integer)"),
      Line(#"["a"]"#, "missing param: count (integer)"),
      Line(#"{"text": "a"}"#, "missing param: count (integer)"),
      Line(#"["a", 1, 2, null, 5]"#, "f takes 4 params, not 5"),
      Line("[1, 1]", "param 'text' wants string, not 1"),
      Line(#"["a", 1.5]"#, "param 'count' wants integer, not 1.5"),
      Line(#"["a", "1"]"#, #"param 'count' wants integer, not "1""#),
      Line(#"["a", true]"#, "param 'count' wants integer, not true"),
      Line(#"["a", 1, 1, {}]"#, "param 'list' wants [any] | null, not {}"),
      Line(
        #"["a", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]]"#,
        "param 'count' wants integer, not an array"),
      Line(#"{"text": "a", "cuont": 1}"#, "there is no param 'cuont'; did you mean 'count'?"),
      Line(
        #"{"zzz": 1}"#, "there is no param 'zzz'; the params are text, count, ratio, list"),
    ])
  func table(_ line: Line) throws {
    #expect(try Self.fault(line.text, Self.method()) == line.expected)
  }

  @Test("says nothing where nothing is known, and refuses params where none are taken")
  func bounds() throws {
    #expect(try Self.fault("[1, 2]", Self.method { $0.params = nil }) == "fine")
    let none = Self.method { $0.params = [] }
    #expect(try Self.fault("", none) == "fine")
    #expect(try Self.fault("{}", none) == "fine")
    #expect(try Self.fault("[]", none) == "fine")
    #expect(try Self.fault("[1]", none) == "f takes no params")
    #expect(try Self.fault(#"{"a": 1}"#, none) == "f takes no params")
    let one = Self.method { $0.params = [MethodParam(name: "a")] }
    #expect(try Self.fault("[1, 2]", one) == "f takes 1 param, not 2")
  }

  @Test("lets the last of the params stand for any number")
  func variadic() throws {
    let method = Self.method {
      $0.params = [
        MethodParam(name: "text", schema: .type("string"), isRequired: true),
        MethodParam(
          name: "more", schema: .type("integer"), isRequired: true, isVariadic: true),
      ]
    }
    #expect(try Self.fault(#"["a"]"#, method) == "fine")
    #expect(try Self.fault(#"["a", 1, 2, 3]"#, method) == "fine")
    #expect(
      try Self.fault(#"["a", 1, "x"]"#, method) == #"param 'more' wants integer, not "x""#)
  }
}
