public import LosslessJSON

/// A method that answers with the names of all methods and nothing more, alone or as a member.
public struct NameListSource: DiscoverySource {
  /// The method that is asked.
  public let method: String
  /// The member of the result that holds the names; nil if the result is the array itself.
  private let member: String?

  /// Substrate's nodes.
  public static let substrate = NameListSource("rpc_methods", in: "methods")
  /// Shelly's devices.
  public static let shelly = NameListSource("Shelly.ListMethods", in: "methods")
  /// SPDK's targets.
  public static let spdk = NameListSource("rpc_get_methods")
  /// Hive's and Steem's nodes.
  public static let hive = NameListSource("jsonrpc.get_methods")

  /// The names that `method` gives.
  public init(_ method: String, in member: String? = nil) {
    self.method = method
    self.member = member
  }

  /// The names; nil unless all are strings.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let list = member.map({ result[$0] }) ?? result, list.kind == .array else { return nil }
    let names = list.elements.compactMap(\.string)
    guard !names.isEmpty, names.count == list.count else { return nil }
    return MethodCatalog(source: name, methods: names.map { Method($0) })
  }
}
