import JSONRPC
import LosslessJSON
import Synchronization
import Testing

/// The method tables that the server vectors call, and a record of what ran.
final class VectorMethods: Sendable {
  struct Failure: Error {}

  private let ran = Mutex<[String]>([])

  var calls: [String] { ran.withLock { $0 } }

  private func log(_ context: CallContext) { ran.withLock { $0.append(context.method) } }

  func table(_ name: String) -> Dispatcher? {
    switch name {
    case "standard": standard()
    case "readme": readme()
    default: nil
    }
  }

  private func readme() -> Dispatcher {
    let methods = Dispatcher()
    methods.register("echo", Param<JSON>("s")) { [self] context, value in
      log(context)
      return value
    }
    binary("add", "a", "b", in: methods, +)
    methods.register(raw: "foobar", structure: .byName) { [self] context, params in
      log(context)
      guard let foo = params?["foo"], let bar = params?["bar"] else { throw Failure() }
      if let one = foo.string, let other = bar.string { return JSON(one + other) }
      return JSON(try number(foo) + number(bar)) ?? .null
    }
    return methods
  }

  private func standard() -> Dispatcher {
    let methods = Dispatcher()
    arithmetic(methods)
    lists(methods)
    failures(methods)
    let math = Dispatcher()
    binary("sum", "a", "b", in: math, +)
    binary("diff", "a", "b", in: math, -)
    #expect(throws: Never.self) { try methods.add(math, prefix: "math.") }
    methods.register("util.sum", Param<[JSON]>.rest("numbers")) { [self] context, numbers in
      log(context)
      return try numbers.map(number).reduce(0, +)
    }
    return methods
  }

  private func number(_ json: JSON) throws -> Double {
    guard let value = json.double else { throw Failure() }
    return value
  }

  /// Operands are taken as they come, so that a wrong one fails inside the method.
  private func binary(
    _ name: String, _ first: String, _ second: String, in methods: Dispatcher,
    _ operation: @escaping @Sendable (Double, Double) -> Double
  ) {
    methods.register(name, Param<JSON>(first), Param<JSON>(second)) { [self] context, a, b in
      log(context)
      return operation(try number(a), try number(b))
    }
  }

  private func arithmetic(_ methods: Dispatcher) {
    binary("add", "a", "b", in: methods, +)
    binary("subtract", "minuend", "subtrahend", in: methods, -)
    binary("multiply", "a", "b", in: methods, *)
    binary("distance", "a", "b", in: methods) { ($0 * $0 + $1 * $1).squareRoot() }
    methods.register("sum", Param<[JSON]>.rest("numbers")) { [self] context, numbers in
      log(context)
      return try numbers.map(number).reduce(0, +)
    }
    methods.register("101_base", Param<Int>("base")) { [self] context, base in
      log(context)
      return Int("101", radix: base)
    }
  }

  private func lists(_ methods: Dispatcher) {
    for name in ["update", "notify_hello", "notify_sum"] {
      methods.register(raw: name, structure: .byPosition) { [self] context, _ in
        log(context)
        return .null
      }
    }
    for (name, value) in [
      ("get_data", ["hello", 5]), ("ping", "pong"), ("none", .null), ("привет", "мир"),
    ] as [(String, JSON)] {
      methods.register(name) { [self] context in
        log(context)
        return value
      }
    }
    methods.register("echo", Param<JSON>("s")) { [self] context, value in
      log(context)
      return value
    }
    methods.register("pair", Param<JSON>("a"), Param<JSON>("b", default: 2)) {
      [self] context, a, b in
      log(context)
      return [a, b]
    }
    methods.register(raw: "named", structure: .byName) { [self] context, params in
      log(context)
      return params ?? [:]
    }
    methods.register(raw: "positional", structure: .byPosition) { [self] context, params in
      log(context)
      return params ?? []
    }
    methods.register("list_len", Param<[JSON]>("items")) { [self] context, items in
      log(context)
      return items.count
    }
  }

  private func failures(_ methods: Dispatcher) {
    methods.register("fail") { [self] context -> JSON in
      log(context)
      throw Failure()
    }
    methods.register("fail_type") { [self] context -> JSON in
      log(context)
      return try JSON("text").decode(as: [JSON].self)[0]
    }
    methods.register("fail_custom", Param<JSON>("x")) { [self] context, _ -> JSON in
      log(context)
      throw RPCError(code: 4000, message: "error", data: ["param": 1])
    }
    methods.register("fail_zero") { [self] context -> JSON in
      log(context)
      throw RPCError(code: 0, message: "")
    }
    methods.register("fail_text") { [self] context -> JSON in
      log(context)
      throw RPCError(code: 1, message: "boom", data: "why")
    }
    methods.register("no_json") { [self] context in
      log(context)
      return Double.nan
    }
  }
}
