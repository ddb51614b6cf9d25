public import LosslessJSON
public import Session

/// One way in which servers describe themselves.
public protocol DiscoverySource: Sendable {
  /// The name for the log and for `.discover`.
  var name: String { get }
  /// The method that is asked.
  var method: String { get }
  /// What the result tells, or nil if it is not what this source gives.
  func read(_ result: JSON) -> MethodCatalog?
  /// Asks for more about one method, when somebody wants to know.
  func describe(_ method: Method, client: Client) async -> Method
}

extension DiscoverySource {
  /// Nothing more to ask.
  public func describe(_ method: Method, client: Client) async -> Method { method }
}

/// `rpc.discover`: a whole OpenRPC document.
public struct OpenRPCSource: DiscoverySource {
  /// `rpc.discover`.
  public var name: String { "rpc.discover" }
  /// `rpc.discover`.
  public var method: String { "rpc.discover" }

  /// The source.
  public init() {}

  /// The document's methods.
  public func read(_ result: JSON) -> MethodCatalog? {
    try? OpenRPCReader.read(result, source: name)
  }
}
