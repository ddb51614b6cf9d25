public import LosslessJSON

/// A method that can be called: what it is named, what it says about itself, and what it does.
public struct RPCMethod: Sendable {
  /// How params may be given.
  public enum ParamStructure: String, Sendable, Hashable {
    /// As an array.
    case byPosition = "by-position"
    /// As an object.
    case byName = "by-name"
    /// As either.
    case either
  }

  /// What a method says about its result.
  public struct ResultInfo: Sendable, Hashable {
    /// What to call it.
    public var name: String
    /// What it means, for people.
    public var doc: String
    /// Its JSON Schema.
    public var schema: JSON

    /// A description of those parts.
    public init(name: String = "result", doc: String = "", schema: JSON = [:]) {
      self.name = name
      self.doc = doc
      self.schema = schema
    }
  }

  /// An error that a method is known to answer with.
  public struct ErrorInfo: Sendable, Hashable {
    /// The code.
    public var code: Int
    /// The message.
    public var message: String

    /// A description of those parts.
    public init(code: Int, message: String) {
      self.code = code
      self.message = message
    }
  }

  /// A call and what comes of it.
  public struct Example: Sendable, Hashable {
    /// What to call it.
    public var name: String
    /// The params: an array, an object, or nil for none.
    public var params: JSON?
    /// The result.
    public var result: JSON

    /// An example of those parts.
    public init(_ name: String, params: JSON? = nil, result: JSON) {
      self.name = name
      self.params = params
      self.result = result
    }
  }

  /// The name by which it is called.
  public var name: String
  /// One line.
  public var summary: String
  /// As much as there is to say, in Markdown.
  public var doc = ""
  /// The parameters in their order.
  public var params: [ParamInfo]
  /// How params may be given.
  public var structure = ParamStructure.either
  /// The result.
  public var result: ResultInfo
  /// Errors it is known to answer with.
  public var errors: [ErrorInfo] = []
  /// Calls and what comes of them.
  public var examples: [Example] = []
  /// Words to group it by.
  public var tags: [String] = []
  /// Whether it should no longer be used.
  public var isDeprecated = false
  /// Whether it neither waits nor computes for long. A host may run it on the thread that reads the
  /// connection, which saves two changes of thread; one that takes long would hold other clients up,
  /// and can't be taken back.
  public var isQuick = false
  /// Whether it is one of those with which a dispatcher describes itself.
  var isBuiltIn = false
  let run: @Sendable (JSON?, CallContext) async throws -> JSON

  /// A method with typed parameters. Its schemas follow from the types where they aren't given.
  public init<each Value: Sendable, Output: Encodable & Sendable>(
    _ name: String, summary: String = "", doc: String = "", result: ResultInfo? = nil,
    errors: [ErrorInfo] = [], examples: [Example] = [], tags: [String] = [], isQuick: Bool = false,
    _ params: repeat Param<each Value>,
    body: @escaping @Sendable (CallContext, repeat each Value) async throws -> Output
  ) {
    var infos: [ParamInfo] = []
    for param in repeat each params { infos.append(param.info) }
    let binder = ArgumentBinder(declared: infos)
    let declared = (repeat each params)
    run = { json, context in
      var arguments = try binder.bind(json).makeIterator()
      func next<Each>(_ param: Param<Each>) throws -> Each {
        try param.take(arguments.next() ?? .absent)
      }
      let values = (repeat try next(each declared))
      return try Self.encode(await body(context, repeat each values))
    }
    self.name = name
    self.summary = summary
    self.doc = doc
    self.params = infos
    structure = infos.last?.presence == .rest ? .byPosition : .either
    self.result = result ?? ResultInfo(schema: schema(of: Output.self))
    self.errors = errors
    self.examples = examples
    self.tags = tags
    self.isQuick = isQuick
  }

  /// A method that gets its params exactly as they were sent: an array, an object, or nil.
  public init(
    raw name: String, summary: String = "", doc: String = "", params: [ParamInfo] = [],
    structure: ParamStructure = .either, result: ResultInfo = ResultInfo(),
    errors: [ErrorInfo] = [], examples: [Example] = [], tags: [String] = [],
    body: @escaping @Sendable (CallContext, JSON?) async throws -> JSON
  ) {
    run = { json, context in
      if let json, !json.isEmpty {
        let isWrong = structure == (json.kind == .array ? .byName : .byPosition)
        let words = structure == .byName ? "name" : "position"
        if isWrong { throw Fault(.invalidParams, "this method takes params by \(words) only") }
      }
      return try await body(context, json)
    }
    self.name = name
    self.summary = summary
    self.doc = doc
    self.params = params
    self.structure = structure
    self.result = result
    self.errors = errors
    self.examples = examples
    self.tags = tags
  }

  private static func encode(_ output: some Encodable) throws(Fault) -> JSON {
    do {
      return try JSON(encoding: output)
    } catch {
      throw Fault(.internalError, "")
    }
  }
}
