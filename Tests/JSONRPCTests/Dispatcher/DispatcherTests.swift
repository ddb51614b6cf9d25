import JSONRPC
import LosslessJSON
import Testing

/// Calls methods of a dispatcher through a service.
struct Caller {
  let service: Service
  var peer = Peer.unreachable

  init(_ dispatcher: Dispatcher, _ options: ServiceOptions = ServiceOptions()) {
    service = Service(dispatcher, options: options)
  }

  func call(_ method: String, _ params: JSON? = nil) async throws -> JSON {
    let request = try Request(method, params: params, id: RequestID(1))
    let answer = await service.answer(request.bytes, from: peer)
    return try JSON(reading: try #require(answer))
  }

  /// The text of the result, or the code and message of the error.
  func outcome(_ method: String, _ params: JSON? = nil) async throws -> String {
    let reply = try await call(method, params)
    if let result = reply["result"] { return result.text }
    return "\(reply["error"]?["code"]?.text ?? "?") \(reply["error"]?["message"]?.string ?? "?")"
  }
}

@Suite("Dispatcher", .timeLimit(.minutes(2)))
struct DispatcherTests {
  struct Point: Codable, Sendable {
    var x: Int
    var y: Int
  }

  private func methods() -> Dispatcher {
    let methods = Dispatcher()
    methods.register("subtract", Param<Double>("minuend"), Param<Double>("subtrahend")) {
      _, minuend, subtrahend in minuend - subtrahend
    }
    methods.register(
      "greet", Param<String>("name"), Param("times", default: 1), Param<String?>("title")
    ) { _, name, times, title in
      Array(repeating: [title, name].compactMap { $0 }.joined(separator: " "), count: times)
    }
    methods.register("join", Param<String>("separator"), Param<[String]>.rest("parts")) {
      _, separator, parts in parts.joined(separator: separator)
    }
    methods.register("points", Param<[Point]>("points")) { _, points in points.map(\.x) }
    methods.register("raw", Param<JSON>("value")) { _, value in value }
    methods.register(raw: "all") { _, params in params ?? .null }
    methods.register(raw: "named", structure: .byName) { _, params in params ?? .null }
    methods.register("none") { _ in "none" }
    return methods
  }

  static let calls: [(String, JSON?, String)] = [
    ("subtract", [42, 23], "19"),
    ("subtract", ["subtrahend": 23, "minuend": 42.5], "19.5"),
    ("greet", ["Ann"], "[\"Ann\"]"),
    ("greet", ["Ann", 2], "[\"Ann\", \"Ann\"]"),
    ("greet", ["Ann", 1, "Dr"], "[\"Dr Ann\"]"),
    ("greet", ["Ann", 1, .null], "[\"Ann\"]"),
    ("greet", ["title": "Dr", "name": "Ann"], "[\"Dr Ann\"]"),
    ("join", ["-", "a", "b", "c"], "\"a-b-c\""),
    ("join", ["-"], "\"\""),
    ("points", [[["x": 1, "y": 2]]], "[1]"),
    ("raw", [["b": 1.0, "a": []]], "{\"b\": 1.0, \"a\": []}"),
    ("all", ["x": 1], "{\"x\": 1}"),
    ("all", nil, "null"),
    ("named", [:], "{}"),
    ("none", nil, "\"none\""),
    ("none", [], "\"none\""),
    ("none", [:], "\"none\""),
  ]

  @Test("params go by position and by name, with defaults, optionals and a rest", arguments: calls)
  func binding(method: String, params: JSON?, result: String) async throws {
    #expect(try await Caller(methods()).outcome(method, params) == result)
  }

  static let wrong: [(String, JSON?, String)] = [
    ("subtract", [1], "parameter \"subtrahend\" is missing; it must be a number"),
    ("subtract", nil, "parameter \"minuend\" is missing; it must be a number"),
    ("subtract", [1, "2"], "parameter \"subtrahend\" must be a number, not a string"),
    (
      "subtract", [1, 2, 3],
      "3 params are given where at most 2 fit; the parameters are \"minuend\", \"subtrahend\""
    ),
    (
      "subtract", ["a": 1],
      "parameter \"a\" is unknown; the parameters are \"minuend\", \"subtrahend\""
    ),
    ("subtract", ["minuend": 1, "minuend": 2], "parameter \"minuend\" is given twice"),
    ("greet", ["times": 2], "parameter \"name\" is missing; it must be a string"),
    ("greet", ["Ann", 1.5], "parameter \"times\" must be an integer, not 1.5"),
    ("greet", ["Ann", .null], "parameter \"times\" must be an integer, not null"),
    ("join", ["-", "a", 5], "parameter \"parts[1]\" must be a string, not a number"),
    ("join", [], "parameter \"separator\" is missing; it must be a string"),
    ("join", ["separator": "-"], "this method takes params by position only"),
    (
      "points", [[["x": 1, "y": 2], ["x": 1, "y": "z"]]],
      "parameter \"points[1].y\" must be an integer, not a string"
    ),
    ("points", [[["x": 1]]], "parameter \"points[0]\" lacks the member \"y\""),
    ("raw", nil, "parameter \"value\" is missing"),
    ("named", [1], "this method takes params by name only"),
    ("none", [1], "this method takes no params"),
    ("raw", [1, 2], "2 params are given where only 1 fits; the parameter is \"value\""),
    ("none", ["a": 1], "parameter \"a\" is unknown; this method takes no params"),
  ]

  @Test("wrong params are told with the name of the parameter", arguments: wrong)
  func wrongParams(method: String, params: JSON?, message: String) async throws {
    let outcome = try await Caller(methods()).outcome(method, params)
    #expect(outcome == "-32602 Invalid params: \(message)")
  }

  @Test("the data of an error about params says the same for programs")
  func errorData() async throws {
    let error = try await Caller(methods()).call("subtract", [1, "2"])["error"]
    #expect(
      error?["data"]?.text
        == "{\"parameter\": \"subtrahend\", \"expected\": \"a number\", \"found\": \"a string\"}")
  }

  @Test("an error of decoding inside a method is no error about its params")
  func failureInside() async throws {
    let methods = Dispatcher()
    methods.register("inside", Param<JSON>("x")) { _, x in try x.decode(as: Int.self) }
    #expect(try await Caller(methods).outcome("inside", ["text"]) == "-32000 Server error")
    #expect(try await Caller(methods).outcome("inside", [5]) == "5")
  }

  @Test("methods are added, replaced and removed, in order")
  func changes() async throws {
    let methods = Dispatcher(describesItself: false)
    methods.register("b") { _ in 1 }
    methods.register("a") { _ in 2 }
    #expect(throws: Dispatcher.RegistrationError.nameTaken("b")) {
      try methods.add(RPCMethod("b") { _ in 3 })
    }
    #expect(try methods.replace(RPCMethod("b") { _ in 4 }))
    #expect(try !methods.replace(RPCMethod("c") { _ in 5 }))
    #expect(methods.methods.map(\.name) == ["b", "a", "c"])
    #expect(try await Caller(methods).outcome("b") == "4")
    #expect(methods.remove("b"))
    #expect(!methods.remove("b"))
    #expect(try await Caller(methods).outcome("b") == "-32601 Method not found: \"b\"")
  }

  @Test("names and parameters that make no sense are refused")
  func refusals() {
    let methods = Dispatcher()
    #expect(throws: Dispatcher.RegistrationError.reservedName("rpc.mine")) {
      try methods.add(RPCMethod("rpc.mine") { _ in 1 })
    }
    #expect(throws: Dispatcher.RegistrationError.repeatedParameter("a")) {
      try methods.add(RPCMethod("m", Param<Int>("a"), Param<Int>("a")) { _, _, _ in 1 })
    }
    #expect(throws: Dispatcher.RegistrationError.misplacedParameter("b")) {
      try methods.add(RPCMethod("m", Param("a", default: 1), Param<Int>("b")) { _, _, _ in 1 })
    }
    #expect(throws: Dispatcher.RegistrationError.misplacedParameter("b")) {
      try methods.add(
        RPCMethod("m", Param<[Int]>.rest("a"), Param<Int?>("b")) { _, _, _ in 1 })
    }
  }

  @Test("another dispatcher's methods come under a prefix, all or none")
  func prefix() async throws {
    let outer = Dispatcher()
    try outer.add(methods(), prefix: "m.")
    #expect(try await Caller(outer).outcome("m.subtract", [5, 3]) == "2")
    #expect(outer["m.rpc.discover"] == nil)
    let other = Dispatcher()
    other.register("new") { _ in 1 }
    other.register("none") { _ in 1 }
    #expect(throws: Dispatcher.RegistrationError.nameTaken("m.none")) {
      try outer.add(other, prefix: "m.")
    }
    #expect(outer["m.new"] == nil)
  }

  @Test("a dispatcher describes itself")
  func description() async throws {
    let methods = Dispatcher(title: "T", version: "2", doc: "D")
    methods.register(
      "f", summary: "S", doc: "More.", result: .init(name: "r", doc: "R"),
      errors: [.init(code: 5, message: "five")],
      examples: [.init("one", params: [1, 2.5, 3], result: true)], tags: ["t"],
      Param<Int>("a", doc: "A"), Param("b", default: "x"), Param<[Double]>.rest("c")
    ) { _, _, _, _ in true }
    let caller = Caller(methods)
    #expect(
      try await caller.outcome("system.listMethods")
        == "[\"f\", \"rpc.discover\", \"system.listMethods\", \"system.methodHelp\", "
        + "\"system.methodSignature\"]")
    #expect(try await caller.outcome("system.methodHelp", ["f"]) == "\"S\\n\\nMore.\"")
    #expect(
      try await caller.outcome("system.methodHelp", ["g"])
        == "-32602 Invalid params: parameter \"method\" is no method of this server")
    #expect(
      try await caller.call("system.methodSignature", ["f"])["result"] == [
        ["any", "int"], ["any", "int", "string"], ["any", "int", "string", "double"],
      ])
    let document = try #require(try await caller.call("rpc.discover")["result"])
    #expect(
      document["info"]?.text == "{\"title\": \"T\", \"version\": \"2\", \"description\": \"D\"}")
    let described = try #require(document["methods"]?.elements.first { $0["name"]?.string == "f" })
    let expected = try JSON(
      reading: """
        {"name": "f", "summary": "S", "description": "More.", "tags": [{"name": "t"}],
         "paramStructure": "by-position",
         "params": [
          {"name": "a", "description": "A", "required": true, "schema": {"type": "integer"}},
          {"name": "b", "required": false, "schema": {"type": "string", "default": "x"}},
          {"name": "c", "required": false, "x-variadic": true, "schema": {"type": "number"}}],
         "result": {"name": "r", "description": "R", "schema": {}},
         "errors": [{"code": 5, "message": "five"}],
         "examples": [{"name": "one", "params": [{"name": "a", "value": 1},
          {"name": "b", "value": 2.5}, {"name": "c", "value": 3}],
          "result": {"name": "r", "value": true}}]}
        """)
    #expect(described == expected, "\(described)")
  }

  @Test("schemas follow from the types")
  func schemas() {
    #expect(
      [String: [Int?]].jsonSchema.text == """
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer"}}}
        """)
    #expect(UInt8.jsonSchema == ["type": "integer", "minimum": 0, "maximum": 255])
    #expect(UInt.jsonSchema == ["type": "integer", "minimum": 0])
    #expect([Point].jsonSchema == ["type": "array", "items": [:]])
  }
}
