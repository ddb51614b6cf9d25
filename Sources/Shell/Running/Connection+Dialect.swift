import JSONRPC
public import Session
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Connection {
  /// The names that `--dialect` takes.
  public static let dialectNames = ["plain", "ovsdb", "mcp", "lsp"]

  /// How the server is spoken to: as was asked for, or as its address makes likely.
  public var dialect: any Dialect {
    switch dialectName {
    case "ovsdb": return OVSDBDialect()
    case "mcp": return MCPDialect()
    case "lsp": return LSPDialect(root: Self.workingFolder)
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
        return LSPDialect(root: Self.workingFolder)
      }
      return Self.isMCP(words) ? MCPDialect() : PlainDialect(version ?? .v2)
    case .http(let url):
      let path = url.prefix { $0 != "?" && $0 != "#" }
      return path.split(separator: "/").dropFirst(2).contains("mcp")
        ? MCPDialect() : PlainDialect(version ?? .v2)
    case .unix: break
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

  /// The folder that the program runs in, as a URI.
  private static var workingFolder: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard getcwd(&buffer, buffer.count) != nil else { return nil }
    let path = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let plain = Set("/-._~".utf8)
    return "file://"
      + path.map { byte in
        let isPlain =
          plain.contains(byte) || UnicodeScalar(byte).properties.isAlphabetic && byte < 128
          || (0x30...0x39).contains(byte)
        if isPlain { return String(UnicodeScalar(byte)) }
        let hex = String(byte, radix: 16, uppercase: true)
        return hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      }.joined()
  }
}
