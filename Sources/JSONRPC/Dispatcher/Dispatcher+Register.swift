public import LosslessJSON

extension Dispatcher {
  /// Adds a method with typed parameters, given by position or by name.
  ///
  /// Names and parameters written in source are right or a mistake, so one that can't be added
  /// stops the program; `add(_:)` throws instead.
  public func register<each Value: Sendable, Output: Encodable & Sendable>(
    _ name: String, summary: String = "", doc: String = "", result: RPCMethod.ResultInfo? = nil,
    errors: [RPCMethod.ErrorInfo] = [], examples: [RPCMethod.Example] = [], tags: [String] = [],
    isQuick: Bool = false, _ params: repeat Param<each Value>,
    body: @escaping @Sendable (CallContext, repeat each Value) async throws -> Output
  ) {
    register(
      RPCMethod(
        name, summary: summary, doc: doc, result: result, errors: errors, examples: examples,
        tags: tags, isQuick: isQuick, repeat each params, body: body))
  }

  /// Adds a method that gets its params exactly as they were sent; see `register`.
  public func register(
    raw name: String, summary: String = "", doc: String = "", params: [ParamInfo] = [],
    structure: RPCMethod.ParamStructure = .either,
    result: RPCMethod.ResultInfo = RPCMethod.ResultInfo(), errors: [RPCMethod.ErrorInfo] = [],
    examples: [RPCMethod.Example] = [], tags: [String] = [],
    body: @escaping @Sendable (CallContext, JSON?) async throws -> JSON
  ) {
    register(
      RPCMethod(
        raw: name, summary: summary, doc: doc, params: params, structure: structure,
        result: result, errors: errors, examples: examples, tags: tags, body: body))
  }

  /// Adds a method; see `register`.
  public func register(_ method: RPCMethod) {
    do {
      try add(method)
    } catch {
      preconditionFailure("method \(method.name) can't be registered: \(error)")
    }
  }

  /// Adds a method with which callers take running calls back: by default `$/cancelRequest` with
  /// the param `id`, as the Language Server Protocol has it.
  public func registerCancellation(_ name: String = "$/cancelRequest", parameter: String = "id") {
    register(
      name, summary: "Take a running call back.",
      doc: "The call then ends with error -32800, unless it is done before. Meant as a "
        + "notification; as a request it says whether there was such a call.",
      result: .init(
        name: "wasRunning", doc: "Whether a call of that id was running.",
        schema: ["type": "boolean"]),
      examples: [.init("a call that is not running", params: ["no such id"], result: false)],
      Param<JSON>(
        parameter, doc: "The id of the call.", schema: ["type": ["string", "number", "null"]])
    ) { context, id in
      context.peer.cancel(RequestID(id))
    }
  }
}
