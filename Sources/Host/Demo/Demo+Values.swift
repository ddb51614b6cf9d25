import JSONRPC
import LosslessJSON

extension Demo {
  static func addValues(to demo: Dispatcher) {
    demo.register(
      "nothing", summary: "Give null.", result: .init(name: "nothing", schema: ["type": "null"]),
      examples: [.init("null", params: [], result: .null)], tags: ["values"]
    ) { _ in JSON.null }
    addNumbers(to: demo)
    demo.register(
      "large", summary: "Give a list as long as you like.",
      doc: "Each item is an object of about 120 bytes: the default makes 120 kB.",
      result: .init(
        name: "items", doc: "The items.", schema: ["type": "array", "items": itemSchema]),
      examples: [
        .init("one item", params: [1], result: firstItems),
        .init("none", params: ["items": 0], result: []),
      ], tags: ["values"],
      Param(
        "items", default: 1_000, doc: "How many items.",
        schema: ["type": "integer", "minimum": 0, "maximum": 1_000_000])
    ) { _, items in
      try check("items", items, in: 0...1_000_000)
      var writer = JSONWriter()
      writer.beginArray()
      for number in 0..<items { write(item: number + 1, to: &writer) }
      writer.endArray()
      return writer.finished()
    }
  }

  /// Throws the error that names a parameter whose value is out of range.
  static func check<Value: Comparable>(
    _ name: String, _ value: Value, in range: ClosedRange<Value>
  ) throws(RPCError) {
    if range.contains(value) { return }
    throw .invalidParams(name, "must be from \(range.lowerBound) to \(range.upperBound)")
  }

  private static let itemSchema: JSON = [
    "type": "object",
    "properties": [
      "id": ["type": "integer"], "name": ["type": "string"],
      "tags": ["type": "array", "items": ["type": "string"]], "price": ["type": "number"],
      "active": ["type": "boolean"], "parent": ["type": ["integer", "null"]],
    ],
    "required": ["id", "name", "tags", "price", "active", "parent"],
  ]

  private static let firstItems: JSON = [
    [
      "id": 1, "name": "item 1", "tags": ["red"], "price": 1.11, "active": true, "parent": .null,
    ]
  ]

  private static func write(item number: Int, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.literal("\(number)")
    writer.key("name")
    writer.string("item \(number)")
    writer.key("tags")
    writer.beginArray()
    for tag in ["red", "green", "blue"].prefix(number % 4) { writer.string(tag) }
    writer.endArray()
    writer.key("price")
    writer.literal("\(number % 100).\(10 + number % 90)")
    writer.key("active")
    writer.literal(number.isMultiple(of: 3) ? "false" : "true")
    writer.key("parent")
    writer.literal(number == 1 ? "null" : "\(number / 2)")
    writer.endObject()
  }

  // MARK: - Numbers

  private static func addNumbers(to demo: Dispatcher) {
    let schema: JSON = ["type": "object", "additionalProperties": ["type": "number"]]
    for (name, summary, text) in [
      ("numbers.big", "Give integers that don't fit a double.", bigNumbers),
      ("numbers.odd", "Give numbers whose spelling matters.", oddNumbers),
    ] {
      guard let numbers = try? JSON(reading: text) else { continue }
      demo.register(
        name, summary: summary, doc: "A client that keeps every digit shows them as sent.",
        result: .init(name: "numbers", doc: "Numbers by what is odd about them.", schema: schema),
        examples: [.init("all", params: [], result: numbers)], tags: ["values"]
      ) { _ in numbers }
    }
  }

  private static let bigNumbers = """
    {"2^53": 9007199254740992, "2^53 + 1": 9007199254740993, \
    "largest Int64": 9223372036854775807, "smallest Int64": -9223372036854775808, \
    "largest UInt64": 18446744073709551615, "one wei in ether": 1000000000000000000, \
    "2^128": 340282366920938463463374607431768211456, \
    "40 digits": 1234567890123456789012345678901234567890}
    """

  private static let oddNumbers = """
    {"one": 1, "one with a fraction": 1.0, "one with an exponent": 1e0, "hundred": 1E+2, \
    "negative zero": -0, "negative zero with a fraction": -0.0, "beyond every double": 1e400, \
    "below every double": 1e-400, "a third": 0.3333333333333333333333333333333333333333, \
    "pi": 3.14159265358979323846264338327950288419716939937510, "a price": 19.90, \
    "sum of tenths": 0.30000000000000004, "smallest double": 5e-324}
    """
}
