import Catalog
import LosslessJSON
import Testing

@testable import Shell

@Suite("Calls as they would be typed")
struct CallLineTests {
  private static func method(_ structure: Method.ParamStructure) -> Method {
    var method = Method("shop.order")
    method.structure = structure
    method.params = [
      MethodParam(name: "name", schema: .type("string"), isRequired: true),
      MethodParam(name: "count", schema: .type("integer")),
      MethodParam(name: "tags", schema: .type("array")),
      MethodParam(name: "any", schema: .any),
    ]
    return method
  }

  @Test(
    "mean what was filled in when they are read again",
    arguments: [
      (#"{"name": "a", "count": 2}"#, "shop.order name=a count=2", "shop.order a 2"),
      (#"{"name": "42"}"#, "shop.order name=42", "shop.order 42"),
      (#"{"name": "a b"}"#, #"shop.order name="a b""#, #"shop.order "a b""#),
      (#"{"name": ""}"#, #"shop.order name="""#, #"shop.order """#),
      (#"{"name": "$x", "any": "5"}"#, #"shop.order name="$x" any="5""#, nil),
      (#"{"name": "a", "tags": [1, {"b": 2}]}"#, #"shop.order name=a tags:=[1, {"b": 2}]"#, nil),
      (#"{"name": "a", "any": true}"#, "shop.order name=a any=true", nil),
      ("{}", "shop.order", "shop.order"),
    ] as [(String, String, String?)])
  func lines(object: String, named: String, positional: String?) throws {
    let params = try JSON(reading: object)
    for (structure, expected) in [
      (Method.ParamStructure.either, named), (.byName, named), (.byPosition, positional),
    ] {
      guard let expected else { continue }
      let method = Self.method(structure)
      let line = CallLine.text(method, params)
      #expect(line == expected)
      guard case .statement(let statement) = StatementParser.parse(line),
        case .call(let call) = statement.action
      else {
        Issue.record("\(line) is no call")
        continue
      }
      let binder = ArgumentBinder(
        method: method, isPositionalOnly: false,
        environment: .init(
          variable: { (_) throws(ArgumentBinder.BindError) in .null },
          file: { (_) throws(ArgumentBinder.BindError) in [] }))
      let read = try binder.params(call.arguments)
      let wanted: JSON? =
        params.count == 0
        ? nil
        : structure == .byPosition ? .array(params.members.map(\.value)) : params
      #expect(read.map { wanted?.isEquivalent(to: $0) ?? false } ?? (wanted == nil), "\(line)")
    }
  }

  @Test("put null in the place of what was left out, and wrap one container alone")
  func places() throws {
    let method = Self.method(.byPosition)
    #expect(CallLine.text(method, ["name": "a", "tags": [1]]) == "shop.order a null [1]")
    var lone = Method("f")
    lone.structure = .byPosition
    lone.params = [MethodParam(name: "list")]
    #expect(CallLine.text(lone, ["list": [1, 2]]) == "f [[1, 2]]")
    var odd = Method("odd name")
    odd.params = [MethodParam(name: "a b")]
    #expect(CallLine.text(odd, ["a b": 1]) == #"'odd name' {"a b": 1}"#)
  }
}
