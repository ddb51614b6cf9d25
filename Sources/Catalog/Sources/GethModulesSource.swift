public import LosslessJSON

/// `rpc_modules` of geth and its kin: the name spaces that are on.
public struct GethModulesSource: DiscoverySource {
  /// `rpc_modules`.
  public var method: String { "rpc_modules" }

  /// The source.
  public init() {}

  /// What is known of Ethereum's methods in those name spaces.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .object, !result.isEmpty,
      result.members.allSatisfy({ $0.value.kind == .string })
    else { return nil }
    let spaces = Set(result.members.map(\.name))
    let methods = KnownMethods.ethereum.methods.filter { method in
      spaces.contains(String(method.name.prefix { $0 != "_" }))
    }
    return MethodCatalog(source: "\(name), known names", methods: methods)
  }
}
