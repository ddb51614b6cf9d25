public import LosslessJSON
public import Session

/// One way in which servers describe themselves.
public protocol DiscoverySource: Sendable {
  /// The name for the log and for `.discover`.
  var name: String { get }
  /// The method that is asked.
  var method: String { get }
  /// The params it is asked with, or nil for none.
  var params: JSON? { get }
  /// What the result tells, or nil if it is not what this source gives.
  func read(_ result: JSON) -> MethodCatalog?
  /// Asks for what the first answer leaves out, such as the schemas of a database.
  func completing(_ catalog: MethodCatalog, _ result: JSON, client: Client) async -> MethodCatalog
  /// Asks for more about one method, when somebody wants to know.
  func describe(_ method: Method, client: Client) async -> Method
}

extension DiscoverySource {
  /// The method's name says what is asked.
  public var name: String { method }
  /// No params.
  public var params: JSON? { nil }
  /// Nothing more to ask.
  public func completing(
    _ catalog: MethodCatalog, _ result: JSON, client: Client
  ) async -> MethodCatalog { catalog }
  /// Nothing more to ask.
  public func describe(_ method: Method, client: Client) async -> Method { method }
}
