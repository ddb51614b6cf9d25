public import LosslessJSON

/// `rpc.discover`: a whole OpenRPC document.
public struct OpenRPCSource: DiscoverySource {
  /// `rpc.discover`.
  public var method: String { "rpc.discover" }

  /// The source.
  public init() {}

  /// The document's methods.
  public func read(_ result: JSON) -> MethodCatalog? {
    try? OpenRPCReader.read(result, source: name)
  }
}
