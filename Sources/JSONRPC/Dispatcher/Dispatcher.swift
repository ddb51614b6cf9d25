public import LosslessJSON
import Synchronization

/// Methods under their names. It may be changed at any time, also while a service uses it.
///
/// ```swift
/// let dispatcher = Dispatcher(title: "Calculator", version: "1.0")
/// dispatcher.register(
///   "subtract", summary: "Subtract one number from another.",
///   Param<Double>("minuend"), Param<Double>("subtrahend")
/// ) { _, minuend, subtrahend in minuend - subtrahend }
/// ```
public final class Dispatcher: Sendable {
  /// Why a method can't be added.
  public enum RegistrationError: Error, Sendable, Hashable {
    /// There is a method of that name.
    case nameTaken(String)
    /// Names that begin with `rpc.` are the specification's (2.0 section 4).
    case reservedName(String)
    /// Two parameters have the same name.
    case repeatedParameter(String)
    /// A parameter that must be given follows one that may be left out, or anything follows a rest.
    case misplacedParameter(String)
  }

  /// What the server is called in its own description.
  public let title: String
  /// The version of what the server offers.
  public let version: String
  /// What the server is for, in Markdown.
  public let doc: String
  /// What `rpc.discover` gives instead of a description of the methods, if anything.
  let document: JSON?

  private struct Table {
    var methods: [String: RPCMethod] = [:]
    var order: [String] = []
  }
  private let table = Mutex(Table())

  /// A dispatcher with no methods but those with which it describes itself: `rpc.discover`,
  /// `system.listMethods`, `system.methodHelp` and `system.methodSignature`. A `document` is what
  /// `rpc.discover` then gives, word for word.
  public init(
    title: String = "JSON-RPC server", version: String = "1.0.0", doc: String = "",
    describesItself: Bool = true, document: JSON? = nil
  ) {
    self.title = title
    self.version = version
    self.doc = doc
    self.document = document
    if describesItself { for method in descriptions() { put(method) } }
  }

  /// The methods in the order in which they were added.
  public var methods: [RPCMethod] {
    table.withLock { table in table.order.compactMap { table.methods[$0] } }
  }

  /// The method of that name.
  public subscript(_ name: String) -> RPCMethod? { table.withLock { $0.methods[name] } }

  /// Adds a method.
  public func add(_ method: RPCMethod) throws(RegistrationError) {
    try Self.check(method)
    let isAdded = table.withLock { table in
      guard table.methods[method.name] == nil else { return false }
      table.methods[method.name] = method
      table.order.append(method.name)
      return true
    }
    if !isAdded { throw .nameTaken(method.name) }
  }

  /// Puts a method in the place of the one of its name, or adds it. True if there was one.
  @discardableResult
  public func replace(_ method: RPCMethod) throws(RegistrationError) -> Bool {
    try Self.check(method)
    return put(method)
  }

  /// Removes the method of that name. False if there is none.
  @discardableResult
  public func remove(_ name: String) -> Bool {
    table.withLock { table in
      table.order.removeAll { $0 == name }
      return table.methods.removeValue(forKey: name) != nil
    }
  }

  /// Adds the methods that another dispatcher has now, each with `prefix` before its name.
  /// Adds all or none; those with which the other describes itself are left out.
  public func add(_ other: Dispatcher, prefix: String) throws(RegistrationError) {
    let added = other.methods.filter { !$0.isBuiltIn }.map { method in
      var method = method
      method.name = prefix + method.name
      return method
    }
    for method in added { try Self.check(method) }
    let taken = table.withLock { table -> String? in
      if let taken = added.first(where: { table.methods[$0.name] != nil }) { return taken.name }
      for method in added {
        table.methods[method.name] = method
        table.order.append(method.name)
      }
      return nil
    }
    if let taken { throw .nameTaken(taken) }
  }

  /// Adds the methods of an object, each with `prefix` before its name, all or none.
  public func add(
    _ object: some MethodProviding, prefix: String = ""
  ) throws(RegistrationError) {
    let own = Dispatcher(describesItself: false)
    object.addMethods(to: own)
    try add(own, prefix: prefix)
  }

  @discardableResult
  private func put(_ method: RPCMethod) -> Bool {
    table.withLock { table in
      let previous = table.methods.updateValue(method, forKey: method.name)
      if previous == nil { table.order.append(method.name) }
      return previous != nil
    }
  }

  private static func check(_ method: RPCMethod) throws(RegistrationError) {
    if method.name.hasPrefix("rpc.") { throw .reservedName(method.name) }
    var seen: Set<String> = []
    var mayBeLeftOut = false
    var isRestSeen = false
    for param in method.params {
      if !seen.insert(param.name).inserted { throw .repeatedParameter(param.name) }
      let isRequired = param.presence == .required
      if isRestSeen || isRequired && mayBeLeftOut { throw .misplacedParameter(param.name) }
      isRestSeen = param.presence == .rest
      mayBeLeftOut = !isRequired
    }
  }
}
