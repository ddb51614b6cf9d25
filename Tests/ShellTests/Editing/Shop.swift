import Catalog
import LosslessJSON
import Testing

@testable import Shell

/// What is known in the tests of editing: a few methods, some of them oddly named, and results.
enum Shop {
  static func knowledge() throws -> Knowledge {
    var subtract = Method("subtract")
    subtract.params = [
      MethodParam(name: "minuend", schema: .type("integer"), isRequired: true),
      MethodParam(name: "subtrahend", schema: .type("integer"), isRequired: true),
      MethodParam(
        name: "rounding",
        schema: Schema(["type": "string", "enum": ["up", "down", "half up", "5"]], root: [:])),
    ]
    subtract.structure = .byPosition
    var order = Method("order")
    order.structure = .byName
    order.params = [
      MethodParam(
        name: "size", schema: Schema(["enum": ["small", "5", 5, .null]], root: [:]),
        isRequired: true),
      MethodParam(name: "gift", schema: .type("boolean")),
      MethodParam(name: "note\u{1b}", schema: .type("string")),
    ]
    var join = Method("join")
    join.params = [
      MethodParam(name: "words", schema: .type("string"), isVariadic: true)
    ]
    var ping = Method("ping")
    ping.params = []
    let odd = ["odd name", ".hidden", "$/cancelRequest", "$x", "it's\\", "e\u{1b}[31m\u{202e}\""]
    var knowledge = Knowledge()
    knowledge.catalog = MethodCatalog(
      source: "test",
      methods: [subtract, order, join, ping, Method("shop.open"), Method("shop.close")]
        + odd.map { Method($0) })
    for name in ["used.before", "ping"] { knowledge.learned.take(name) }
    for (name, text) in [
      ("_", #"{"items": [{"id": 1, "name": "x"}], "total": 2}"#), ("x", #"{"a b": {"c": 1}}"#),
      ("list", "[1, 2]"),
    ] { knowledge.variables.set(name, try JSON(reading: text)) }
    return knowledge
  }
}
