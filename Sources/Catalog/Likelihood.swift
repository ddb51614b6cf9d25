import Wire

/// Which ways of describing itself a server is likely to know, by the looks of its address.
enum Likelihood {
  /// Something that tells a kind of server by its address.
  private struct Sign {
    /// Texts of which one stands in the address.
    let marks: [String]
    /// What such a server knows.
    let sources: [any DiscoverySource]
  }

  /// What is asked of any server.
  private static let common: [any DiscoverySource] = [OpenRPCSource(), SystemListMethodsSource()]

  /// What is asked of a server over HTTP besides, where a wrong question costs nothing.
  private static let stateless: [any DiscoverySource] = [
    RPCDescribeSource(), MopidySource(), GethModulesSource(), KodiSource(), SystemDescribeSource(),
    NameListSource.substrate, ReflectRPCSource(),
  ]

  private static let signs: [Sign] = [
    Sign(marks: [":6680", "/mopidy"], sources: [MopidySource()]),
    Sign(marks: [":8080/jsonrpc", ":9090", "kodi"], sources: [KodiSource()]),
    Sign(marks: [":8545", ":8551", "geth", "/eth"], sources: [GethModulesSource()]),
    Sign(marks: [":9933", ":9944", "substrate", "polkadot"], sources: [NameListSource.substrate]),
    Sign(
      marks: [":8332", ":18332", ":18443", ":38332", ":9332", "bitcoin", "litecoin"],
      sources: [BitcoinHelpSource()]),
    Sign(marks: [":6640", "ovsdb", "/openvswitch/", "db.sock"], sources: [OVSDBSource()]),
    Sign(marks: ["ctl.sock", ".ctl"], sources: [UnixctlSource()]),
    Sign(marks: ["lightning-rpc"], sources: [LightningHelpSource()]),
    Sign(marks: ["spdk"], sources: [NameListSource.spdk]),
    Sign(marks: ["/ubus", "ubus.sock"], sources: [UbusSource()]),
    Sign(marks: ["xo-server", "/api/xo", "xoa"], sources: [MethodsInfoSource.xenOrchestra]),
    Sign(marks: ["truenas", "/api/current"], sources: [MethodsInfoSource.trueNAS]),
    Sign(marks: ["shelly"], sources: [NameListSource.shelly]),
    Sign(marks: ["hive", "steem"], sources: [NameListSource.hive]),
  ]

  /// What is known by heart of a server that tells nothing, by the looks of its address and of its
  /// replies; nil where it may be anything.
  static func known(_ traits: ChannelTraits, _ head: ReplyHead?) -> MethodCatalog? {
    guard traits.kind == .http else { return nil }
    let address = traits.peer.lowercased()
    func isMarked(_ marks: String...) -> Bool { marks.contains { address.contains($0) } }
    let table: MethodCatalog?
    if isMarked("/json_rpc", ":18081", ":18082", ":18083", ":28081", ":38081") {
      table = KnownMethods.monero
    } else if isMarked("/transmission/rpc") || head?.header("x-transmission-session-id") != nil {
      table = KnownMethods.transmission
    } else if isMarked("api_jsonrpc.php") {
      table = KnownMethods.zabbix
    } else if isMarked(":6800/jsonrpc") {
      table = KnownMethods.aria2
    } else if isMarked(":8545", ":8551", "infura.io", "alchemy.com", "ethereum") {
      table = KnownMethods.ethereum
    } else {
      table = nil
    }
    return table.map {
      MethodCatalog(source: "what is known by heart", title: $0.title, methods: $0.methods)
    }
  }

  /// Every source that is known.
  static var all: [any DiscoverySource] { signs.flatMap(\.sources) + common + stateless }

  /// The sources for a server that speaks the protocol of Open vSwitch, which hangs up on others.
  static func databases(_ traits: ChannelTraits) -> [any DiscoverySource] {
    let isControl = ["ctl.sock", ".ctl"].contains { traits.peer.lowercased().hasSuffix($0) }
    return isControl ? [UnixctlSource()] : [OVSDBSource()]
  }

  /// The sources for a server, the likeliest first; each method is asked at most once.
  static func sources(for traits: ChannelTraits) -> [any DiscoverySource] {
    let address = traits.peer.lowercased()
    let likely = signs.filter { $0.marks.contains { address.contains($0) } }.flatMap(\.sources)
    let all = likely + common + (traits.kind == .http ? stateless : [])
    var names: Set<String> = []
    return all.filter { names.insert($0.name).inserted }
  }
}
