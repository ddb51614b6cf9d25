import JSONRPC
public import Session
import Wire

extension Connection {
  /// The names that `--dialect` takes.
  public static let dialectNames = ["plain", "ovsdb", "mcp", "lsp", "bsp"]

  /// How the server is spoken to: as was asked for, or as its address makes likely.
  public var dialect: any Dialect {
    switch dialectName {
    case "ovsdb": return OVSDBDialect()
    case "mcp": return MCPDialect()
    case "lsp": return languageDialect
    case "bsp": return buildDialect
    case "plain": return PlainDialect(version ?? .v2)
    default: return likelyDialect
    }
  }

  private var likelyDialect: any Dialect {
    switch target {
    case .tcp(_, let port):
      // RFC 7047: the port is registered for OVSDB, which hangs up on members it does not know.
      if port == 6640, version != .v2 { return OVSDBDialect() }
    case .child(let words):
      // Only language servers are known to want headers by default.
      if stream.framing == nil, target.defaultFraming == .headers {
        return languageDialect
      }
      return Self.isMCP(words) ? MCPDialect() : PlainDialect(version ?? .v2)
    case .http(let url):
      let path = url.prefix { $0 != "?" && $0 != "#" }
      return path.split(separator: "/").dropFirst(2).contains("mcp")
        ? MCPDialect() : PlainDialect(version ?? .v2)
    case .unix(let path):
      // Open vSwitch's daemons: their databases and their control sockets.
      let isOVS = path.contains("openvswitch") || path.contains("ovsdb")
      if version != .v2, isOVS || ["/db.sock", "/ctl.sock", ".ctl"].contains(where: path.hasSuffix)
      {
        return OVSDBDialect()
      }
    }
    // 1.0 over a bare socket is OVSDB or does no harm by answering `echo`.
    if version == .v1 { return OVSDBDialect() }
    return PlainDialect(version ?? .v2)
  }

  /// Whether a command line names an MCP server: a word such as `mcp-server-time` or `mcp_time.py`.
  private static func isMCP(_ words: [String]) -> Bool {
    words.contains { word in
      let name = word.split(separator: "/").last ?? ""
      return name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { part in
        part == "mcp" || part == "fastmcp"
      }
    }
  }

  private var languageDialect: LSPDialect {
    var dialect = LSPDialect(root: rootURI)
    dialect.configuration = configuration
    return dialect
  }

  private var buildDialect: BSPDialect {
    guard let build else { return BSPDialect(root: rootURI) }
    return BSPDialect(
      root: rootURI, bspVersion: build.bspVersion ?? BSPDialect.newestVersion,
      languages: build.languages.isEmpty ? BSPDialect.knownLanguages : build.languages)
  }

  /// The folder that the server is told of, as a URI.
  private var rootURI: String {
    FileURI.of(path: root.map(SourceFile.absolute) ?? SourceFile.folder)
  }
}
