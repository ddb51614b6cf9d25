public import LosslessJSON

/// A method that a server offers, whatever the source that told of it.
public struct Method: Sendable {
  /// How params may be given.
  public enum ParamStructure: Sendable, Hashable {
    /// As an array only.
    case byPosition
    /// As an object only.
    case byName
    /// Either way.
    case either
  }

  /// How something is known of a method.
  public enum Basis: Sendable, Hashable {
    /// The server told it, or a document that the user named.
    case server
    /// Its service is known; what the server told is the name at most.
    case knownByHeart
    /// It was called before.
    case learned
  }

  /// Whether this is known by heart or from traffic, not from the server: good for completion and
  /// hints, no reason to refuse a call.
  public var isGuess: Bool { basis != .server }

  /// The name that is called.
  public var name: String
  /// One line, or empty.
  public var summary: String
  /// More than one line, or empty.
  public var doc: String
  /// The params in their order; nil if the source does not tell.
  public var params: [MethodParam]?
  /// How params may be given.
  public var structure: ParamStructure
  /// What the result is; nil if the source does not tell.
  public var result: MethodParam?
  /// Whether it is a notification: nobody answers it.
  public var isNotification: Bool
  /// Whether the source says not to use it any more.
  public var isDeprecated: Bool
  /// How it is known.
  public var basis: Basis
  /// The method that carries its calls, where it is not called itself; nil for most.
  public var wrapping: Wrapping?
  /// What it is if it is no method of the server's own: `tool`, `prompt`, `resource`; else empty.
  public var nature: String
  /// What MCP's `completion/complete` is asked with about the params; nil for most.
  public var reference: JSON?
  /// Errors that it may give.
  public var errors: [KnownError]
  /// Calls with their results.
  public var examples: [Example]
  /// Signatures as `system.methodSignature` gives them: the result's type, then the params'.
  public var signatures: [[String]]

  /// A method of that name, about which nothing more is known.
  public init(_ name: String) {
    self.name = name
    summary = ""
    doc = ""
    params = nil
    structure = .either
    result = nil
    isNotification = false
    isDeprecated = false
    basis = .server
    wrapping = nil
    nature = ""
    reference = nil
    errors = []
    examples = []
    signatures = []
  }

  /// The param of that name.
  public func param(_ name: String) -> MethodParam? { params?.first { $0.name == name } }

  /// The param at that place, the last one standing for all further ones if it is variadic.
  public func param(at place: Int) -> MethodParam? {
    guard let params else { return nil }
    if place < params.count { return params[place] }
    return params.last.flatMap { $0.isVariadic ? $0 : nil }
  }

  /// How a call is carried by another method, as MCP's tools are by `tools/call`.
  public struct Wrapping: Sendable {
    /// The method that is really called.
    public var method: String
    /// The name that goes with it; nil for the method's own.
    public var name: String?
    /// The URI that the params fill in and that goes in their place; nil for a name and arguments.
    public var uri: URITemplate?

    /// Carried by that method.
    public init(method: String, name: String? = nil, uri: URITemplate? = nil) {
      self.method = method
      self.name = name
      self.uri = uri
    }
  }

  /// What is really sent for a call with those params.
  public func carried(_ params: JSON?) -> (method: String, params: JSON?) {
    guard let wrapping else { return (name, params) }
    if let uri = wrapping.uri {
      let values = params.map { $0.members.map { ($0.name, $0.value.string ?? $0.value.text) } }
      let expanded = uri.expanded(Dictionary(values ?? []) { $1 })
      return (wrapping.method, ["uri": JSON(expanded)])
    }
    return (
      wrapping.method, ["name": JSON(wrapping.name ?? name), "arguments": params ?? [:]]
    )
  }

  /// An error that a method may give.
  public struct KnownError: Sendable {
    /// The code as spelt.
    public var code: String
    /// What it says.
    public var message: String
  }

  /// A call with its result.
  public struct Example: Sendable {
    /// What it shows, or empty.
    public var name: String
    /// The values given, by name.
    public var params: [(name: String, value: JSON)]
    /// What comes back, if told.
    public var result: JSON?
  }
}

/// A param of a method, or its result.
public struct MethodParam: Sendable {
  /// Its name.
  public var name: String
  /// What it is for, or empty.
  public var doc: String
  /// Which values it takes.
  public var schema: Schema
  /// Whether a call must give it.
  public var isRequired: Bool
  /// Whether it stands for any number of further positional ones.
  public var isVariadic: Bool

  /// A param of those parts.
  public init(
    name: String, doc: String = "", schema: Schema = .any, isRequired: Bool = false,
    isVariadic: Bool = false
  ) {
    self.name = name
    self.doc = doc
    self.schema = schema
    self.isRequired = isRequired
    self.isVariadic = isVariadic
  }
}
