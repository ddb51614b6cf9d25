public import LosslessJSON

/// Reads a description of a server from a file: an OpenRPC document, or what a server of any known
/// kind answered when it was asked to describe itself, bare or wrapped in the reply.
public enum DescriptionReader {
  /// The methods that a document describes.
  public static func read(
    _ document: JSON, source: String
  ) throws(OpenRPCReader.Fault) -> MethodCatalog {
    if document["openrpc"] != nil || document["result"]?["openrpc"] != nil {
      return try OpenRPCReader.read(document, source: source)
    }
    for candidate in [document["result"], document].compactMap({ $0 }) {
      if let services = SMDReader.read(candidate, source: source) { return services }
      for kind in kinds {
        guard let catalog = kind.read(candidate) else { continue }
        return KnownMethods.enriching(
          MethodCatalog(source: source, title: catalog.title, methods: catalog.methods))
      }
    }
    return try OpenRPCReader.read(document, source: source)
  }

  /// The kinds whose answers can be told from others, the strictest first.
  private static let kinds: [any DiscoverySource] = [
    MopidySource(), SystemDescribeSource(), KodiSource(), RPCDescribeSource(),
    LightningHelpSource(), BitcoinHelpSource(), NameListSource.substrate,
    SystemListMethodsSource(), ReflectRPCSource(), MethodsInfoSource.trueNAS, UbusSource(),
  ]
}
