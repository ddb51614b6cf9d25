import Host
import JSONRPC
import LosslessJSON
import Testing

@Suite("Demo server", .timeLimit(.minutes(2)))
struct DemoTests {
  private func discovered() async throws -> JSON {
    try await call(Demo.dispatcher(), "rpc.discover")["result"] ?? .null
  }

  private func call(
    _ demo: Dispatcher, _ method: String, _ params: JSON? = nil
  ) async throws -> JSON {
    let request = try Request(method, params: params, id: RequestID(1))
    let answer = await Service(demo).answer(request.bytes)
    return try JSON(reading: try #require(answer))
  }

  @Test("every method is described completely")
  func description() async throws {
    let document = try await discovered()
    #expect(document["openrpc"]?.string == "1.3.2")
    #expect(document["info"]?["title"]?.string == "rpcscope demo")
    let methods = try #require(document["methods"])
    #expect(methods.count == Demo.dispatcher().methods.count)
    #expect(methods.count > 60)
    for method in methods.elements {
      let name = try #require(method["name"]?.string)
      #expect(method["summary"]?.string?.isEmpty == false, "\(name) has no summary")
      #expect(method["result"]?["name"]?.string?.isEmpty == false, "\(name) has no result name")
      #expect(method["result"]?["schema"]?.kind == .object, "\(name) has no result schema")
      for param in try #require(method["params"]).elements {
        #expect(param["schema"]?.kind == .object, "\(name): a param without schema")
        #expect(param["description"]?.string?.isEmpty == false, "\(name): a param without doc")
        #expect(param["required"]?.kind == .bool, "\(name): a param that does not say")
      }
    }
  }

  @Test("methods without an example are only those that can't have one")
  func examplesAreThere() async throws {
    let without = try #require(try await discovered()["methods"]).elements
      .filter { $0["examples"] == nil }.compactMap { $0["name"]?.string }
      .filter { !$0.hasPrefix("broken.") && !$0.hasPrefix("errors.") }
    #expect(Set(without) == ["rpc.discover", "system.listMethods", "ask"])
  }

  @Test("every example gives the result that it states, also by name where that is possible")
  func examples() async throws {
    var count = 0
    for method in try #require(try await discovered()["methods"]).elements {
      let name = try #require(method["name"]?.string)
      for example in method["examples"]?.elements.map({ $0 }) ?? [] {
        let given = try #require(example["params"]).elements.map { $0 }
        let expected = try #require(example["result"]?["value"])
        let demo = Demo.dispatcher()
        let named = given.compactMap { param in
          param["value"].map { (param["name"]?.string ?? "", $0) }
        }
        var forms: [JSON] = []
        if method["paramStructure"]?.string != "by-position" { forms.append(.object(named)) }
        // Values of a named example need not stand in the declared order.
        let order = try #require(method["params"]).elements.compactMap { $0["name"]?.string }
        if zip(named.map(\.0), order).allSatisfy({ $0 == $1 }) || forms.isEmpty {
          forms.append(.array(named.map(\.1)))
        }
        for params in forms {
          let result = try await call(demo, name, params)["result"]
          #expect(result == expected, "\(name) \(params) gives \(result?.text ?? "an error")")
          count += 1
        }
      }
    }
    #expect(count > 30)
  }

  static let errorTable: [(String, JSON, Int, String)] = [
    ("errors.application", [], 1001, "the account is locked"),
    ("errors.internal", [], -32603, "Internal error"),
    ("errors.data", [], 1002, "the order is incomplete"),
    ("errors.failure", [], -32000, "Server error"),
    ("errors.result", [], -32603, "Internal error"),
    ("errors.custom", [7, "seven", ["x": 1]], 7, "seven"),
    ("errors.custom", ["code": -5], -5, "custom error"),
    ("divide", [1, 0], 100, "division by zero"),
    (
      "subtract", [1], -32602,
      "Invalid params: parameter \"subtrahend\" is missing; it must be a number"
    ),
    (
      "subtract", [1, "x"], -32602,
      "Invalid params: parameter \"subtrahend\" must be a number, not a string"
    ),
    ("large", [-1], -32602, "Invalid params: parameter \"items\" must be from 0 to 1000000"),
  ]

  @Test("errors are what they are named for", arguments: errorTable)
  func errors(method: String, params: JSON, code: Int, message: String) async throws {
    let error = try #require(try await call(Demo.dispatcher(), method, params)["error"])
    #expect(error["code"]?.int == code)
    #expect(error["message"]?.string == message)
  }

  @Test("data of errors is there where it is promised")
  func errorData() async throws {
    let demo = Demo.dispatcher()
    let order = try await call(demo, "errors.data")["error"]?["data"]?["order"]
    #expect(order?["id"]?.text == "9007199254740993")
    #expect(try await call(demo, "divide", [5, 0.0])["error"]?["data"]?["dividend"]?.int == 5)
    #expect(try await call(demo, "errors.custom", [1, "m", .null])["error"]?["data"] == nil)
    #expect(try await call(demo, "errors.failure")["error"]?["data"] == nil)
  }

  @Test("numbers keep their spelling")
  func numbers() async throws {
    let demo = Demo.dispatcher()
    let odd = try await call(demo, "numbers.odd")["result"]
    #expect(odd?["beyond every double"]?.text == "1e400")
    #expect(odd?["one with a fraction"]?.text == "1.0")
    #expect(odd?["negative zero"]?.text == "-0")
    #expect(odd?["pi"]?.text == "3.14159265358979323846264338327950288419716939937510")
    let big = try await call(demo, "numbers.big")["result"]
    #expect(big?["2^53 + 1"]?.text == "9007199254740993")
    #expect(
      try await call(demo, "add", [9_007_199_254_740_993, 1])["result"]?.text == "9007199254740994")
    #expect(
      try await call(demo, "add", [9_223_372_036_854_775_807, 1])["result"]?.double == 0x1p63)
  }

  @Test("the sampler holds the characters themselves, but no raw control character")
  func sampler() async throws {
    let samples = try await call(Demo.dispatcher(), "text.unicode")["result"]
    #expect(samples?["escape sequence"]?.string?.contains("\u{1B}[31m") == true)
    #expect(samples?["direction controls"]?.text.contains("\u{202E}") == true)
    #expect(samples?.bytes.contains { $0 < 0x20 || $0 == 0x7F } == false)
  }
}
