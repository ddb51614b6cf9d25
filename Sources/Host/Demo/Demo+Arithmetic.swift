import JSONRPC
import LosslessJSON

extension Demo {
  static func addArithmetic(to demo: Dispatcher) {
    let number = Param<DemoNumber>.self
    demo.register(
      "add", summary: "Add two numbers.", result: .init(name: "total", schema: numberSchema),
      examples: [
        .init("by position", params: [1, 2], result: 3),
        .init("by name", params: ["a": 0.5, "b": 1], result: 1.5),
      ], tags: ["arithmetic"], isQuick: true, number.init("a", doc: "The first."),
      number.init("b", doc: "The second.")
    ) { _, a, b in a + b }
    demo.register(
      "subtract", summary: "Subtract one number from another.",
      doc: "The method of the specification's examples.",
      result: .init(name: "difference", schema: numberSchema),
      examples: [
        .init("by position", params: [42, 23], result: 19),
        .init("by name", params: ["subtrahend": 23, "minuend": 42], result: 19),
      ], tags: ["arithmetic"], isQuick: true, number.init("minuend", doc: "What to subtract from."),
      number.init("subtrahend", doc: "How much to subtract.")
    ) { _, minuend, subtrahend in minuend - subtrahend }
    demo.register(
      "multiply", summary: "Multiply two numbers.",
      result: .init(name: "product", schema: numberSchema),
      examples: [.init("six times seven", params: [6, 7], result: 42)], tags: ["arithmetic"],
      isQuick: true,
      number.init("a", doc: "The first."), number.init("b", doc: "The second.")
    ) { _, a, b in a * b }
    addDivision(to: demo)
    demo.register(
      "sum", summary: "Add up any number of numbers.",
      doc: "Takes its params by position only.",
      result: .init(name: "total", doc: "0 without any numbers.", schema: numberSchema),
      examples: [
        .init("three numbers", params: [1, 2, 4], result: 7), .init("none", params: [], result: 0),
      ], tags: ["arithmetic"], isQuick: true,
      Param<[DemoNumber]>.rest("numbers", doc: "What to add up.")
    ) { _, numbers in numbers.reduce(DemoNumber.integer(0), +) }
  }

  static let numberSchema: JSON = ["type": "number"]

  private static func addDivision(to demo: Dispatcher) {
    demo.register(
      "divide", summary: "Divide one number by another.",
      doc: "Division by zero is an error with data.",
      result: .init(name: "quotient", schema: numberSchema),
      errors: [.init(code: 100, message: "division by zero")],
      examples: [
        .init("even", params: [42, 6], result: 7),
        .init("uneven", params: ["dividend": 1, "divisor": 8], result: 0.125),
      ], tags: ["arithmetic"], isQuick: true,
      Param<DemoNumber>("dividend", doc: "What to divide."),
      Param<DemoNumber>("divisor", doc: "What to divide by.")
    ) { _, dividend, divisor -> DemoNumber in
      if divisor.double == 0 {
        let data: JSON = ["dividend": try JSON(encoding: dividend), "divisor": 0]
        throw RPCError(code: 100, message: "division by zero", data: data)
      }
      return dividend / divisor
    }
  }
}
