import Testing
import Wire

@testable import Catalog

@Suite("What a server is likely to know")
struct LikelihoodTests {
  private static func traits(_ peer: String) -> ChannelTraits {
    let kind: ChannelTraits.Kind =
      peer.hasPrefix("http") ? .http : peer.hasPrefix("tcp") ? .tcp : .unix
    return ChannelTraits(
      kind: kind, correlates: kind == .http, takesHeaders: kind == .http,
      framing: kind == .http ? "HTTP" : "values", peer: peer)
  }

  @Test(
    "is asked first by the looks of its address",
    arguments: [
      ("http://127.0.0.1:6680/mopidy/rpc", "core.describe"),
      ("http://htpc:8080/jsonrpc", "JSONRPC.Introspect"),
      ("http://127.0.0.1:8545", "rpc_modules"),
      ("https://eth.example.org/v1", "rpc_modules"),
      ("http://127.0.0.1:8551", "rpc_modules"),
      ("http://127.0.0.1:9944", "rpc_methods"),
      ("http://127.0.0.1:18443/", "help"),
      ("http://bitcoin.lan/", "help"),
      ("tcp:127.0.0.1:6640", "list_dbs"),
      ("unix:/run/openvswitch/db.sock", "list_dbs"),
      ("unix:/run/openvswitch/ovs-vswitchd.7.ctl", "list-commands"),
      ("unix:/home/me/.lightning/bitcoin/lightning-rpc", "help (Lightning)"),
      ("unix:/var/tmp/spdk.sock", "rpc_get_methods"),
      ("http://192.168.1.1/ubus", "list"),
      ("http://xo-server/api/", "system.getMethodsInfo"),
      ("http://truenas.lan/api/current", "core.get_methods"),
      ("http://shelly-plus-1/rpc", "Shelly.ListMethods"),
      ("https://api.hive.blog", "jsonrpc.get_methods"),
      ("http://127.0.0.1:6800/jsonrpc", "rpc.discover"),
      ("tcp:127.0.0.1:7777", "rpc.discover"),
    ])
  func first(peer: String, expected: String) throws {
    let sources =
      peer.contains("openvswitch/ovs")
      ? Likelihood.databases(Self.traits(peer)) : Likelihood.sources(for: Self.traits(peer))
    let first = try #require(sources.first { $0.name == expected || !peer.contains("lightning") })
    #expect(first.name == expected)
    #expect(Set(sources.map(\.name)).count == sources.count)
  }

  @Test("is asked less where a question may cost the connection")
  func polite() {
    #expect(Likelihood.sources(for: Self.traits("tcp:h:1")).count == 2)
    #expect(Likelihood.sources(for: Self.traits("http://h/")).count > 6)
    #expect(Likelihood.databases(Self.traits("tcp:h:1")).map(\.name) == ["list_dbs"])
  }

  @Test("may have a document to get")
  func documents() {
    func paths(_ url: String, _ software: String, isUnderstood: Bool = true) -> [String] {
      let head = ReplyHead(
        version: "HTTP/1.1", status: 200, reason: "OK",
        headers: software.isEmpty ? [] : [HeaderField("Server", software)])
      return FetchedDocument.places(Self.traits(url), head, isUnderstood: isUnderstood)
        .map { $0.path ?? "-" }
    }
    #expect(
      paths("http://h/api/", "Werkzeug/3 Python/3.11").prefix(2) == [
        "/api/map", "/api/openrpc.json",
      ])
    #expect(paths("http://h/", "waitress").prefix(1) == ["/map"])
    #expect(paths("http://h/rpc.php", "Apache") == ["-"])
    #expect(paths("http://kodi:8080/jsonrpc", "") == ["-"])
    #expect(paths("http://h/x", "nginx") == [])
    #expect(paths("http://h/x", "nginx", isUnderstood: false) == ["-"])
    #expect(FetchedDocument.places(Self.traits("tcp:h:1"), nil, isUnderstood: false) == [])
  }
}
