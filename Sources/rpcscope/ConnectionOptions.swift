public import ArgumentParser
import JSONRPC
import Session
import Shell
public import Terminal
import Wire

/// Options about the way to the server, named as curl names them.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: [.customShort("H"), .long],
    help: ArgumentHelp("Send this HTTP header with every request.", valueName: "name: value"))
  var header: [String] = []

  @Option(
    name: [.customShort("u"), .long],
    help: ArgumentHelp(
      "Credentials; a missing password is asked for.", valueName: "user[:password]"))
  var user: String?

  @Flag(help: "HTTP Digest authentication.") var digest = false
  @Flag(help: "HTTP Negotiate (Kerberos) authentication.") var negotiate = false
  @Flag(help: "The safest HTTP authentication that the server offers.") var anyauth = false

  @Option(
    name: [.customLong("oauth2-bearer"), .customLong("bearer")],
    help: ArgumentHelp("Send this bearer token.", valueName: "token"))
  var bearer: String?

  @Flag(name: [.customShort("n"), .long], help: "Take credentials from ~/.netrc.") var netrc = false
  @Option(help: ArgumentHelp("Take credentials from this file.", valueName: "file")) var netrcFile:
    String?

  @Flag(name: [.customShort("k"), .long], help: "Trust any certificate.") var insecure = false
  @Option(help: ArgumentHelp("Trust the certificate authorities in this file.", valueName: "file"))
  var cacert: String?
  @Option(
    help: ArgumentHelp("Trust the certificate authorities in this folder.", valueName: "folder"))
  var capath: String?
  @Option(
    name: [.customShort("E"), .long], help: ArgumentHelp("Client certificate.", valueName: "file"))
  var cert: String?
  @Option(help: ArgumentHelp("Key of the client certificate.", valueName: "file"))
  var key: [String] = []
  @Option(help: ArgumentHelp("Password of the key.", valueName: "password")) var pass: String?

  @Option(
    name: [.customShort("x"), .long],
    help: ArgumentHelp("Proxy for HTTP; without it http_proxy and friends hold.", valueName: "url"))
  var proxy: String?
  @Option(help: ArgumentHelp("Hosts that need no proxy.", valueName: "hosts")) var noproxy: String?
  @Option(help: ArgumentHelp("Speak HTTP over this Unix socket.", valueName: "path"))
  var unixSocket: String?
  @Flag(name: [.customShort("L"), .long], help: "Follow redirects.") var location = false
  @Flag(name: [.customShort("0"), .customLong("http1.0")], help: "Speak HTTP/1.0.") var http10 =
    false
  @Flag(name: .customLong("http1.1"), help: "Speak HTTP/1.1.") var http11 = false
  @Flag(name: .customLong("http2"), help: "Speak HTTP/2.") var http2 = false
  @Flag(name: .customLong("http2-prior-knowledge"), help: "Speak HTTP/2 from the first byte.")
  var http2Prior = false
  @Option(
    name: [.customShort("A"), .long], help: ArgumentHelp("Name the program so.", valueName: "name"))
  var userAgent: String?

  @Option(
    name: [.customShort("m"), .customLong("max-time"), .customLong("timeout")],
    help: ArgumentHelp("The longest to wait for a reply (30).", valueName: "seconds"))
  var maxTime: String?
  @Option(help: ArgumentHelp("The longest to wait for a connection.", valueName: "seconds"))
  var connectTimeout: String?
  @Option(help: ArgumentHelp("The largest message that is taken (128M).", valueName: "bytes"))
  var maxSize: String?

  @Option(
    help: ArgumentHelp(
      "How messages are told apart: auto, lines, headers, values, netstring.", valueName: "framing")
  )
  var framing: String?
  @Option(
    help: ArgumentHelp(
      "The version that requests are written in: 2.0 or 1.0.", valueName: "version"))
  var jsonrpc: String?
  @Option(
    help: ArgumentHelp(
      "How the server wants to be spoken to: plain, ovsdb, mcp, lsp, bsp.", valueName: "name"))
  var dialect: String?
  @Option(
    help: ArgumentHelp(
      "Answer this request of the server's so; JSON, or `error CODE TEXT`. May be repeated.",
      valueName: "method=value"))
  var answer: [String] = []
  @Option(
    help: ArgumentHelp(
      "A folder to work in, that language, build and MCP servers are told of (this one). "
        + "May be repeated for MCP.",
      valueName: "folder"))
  var root: [String] = []
  @Option(
    name: .customLong("ids"),
    help: ArgumentHelp(
      "Ids of requests: decimal, hexadecimal, random, uuid, with ,start=N ,length=N ,characters=ABC.",
      valueName: "style"))
  var ids: String?

  /// The connection to a target under these options.
  func connection(to target: Target) throws(Complaint) -> Connection {
    var connection = Connection(target)
    connection.root = root.first
    connection.http = try httpOptions()
    if let framing, framing != "auto" {
      guard let name = FramingName(rawValue: framing) else {
        throw Complaint(
          "\(framing) is no framing", hint: "auto, lines, headers, values or netstring")
      }
      connection.stream.framing = name
    }
    if let jsonrpc {
      guard let version = ProtocolVersion(rawValue: jsonrpc) else {
        throw Complaint("\(jsonrpc) is no version of JSON-RPC", hint: "2.0 or 1.0")
      }
      connection.version = version
    }
    if let dialect {
      guard Connection.dialectNames.contains(dialect) else {
        throw Complaint(
          "\(dialect) is no dialect", hint: Connection.dialectNames.joined(separator: " or "))
      }
      connection.dialectName = dialect
    }
    try connection.useBuildServerIfNamed()
    if let connectTimeout {
      connection.stream.connectTimeout = try SettingValue.duration(connectTimeout)
      connection.http.connectTimeout = connection.stream.connectTimeout
    }
    if let maxSize {
      connection.stream.limit = try SettingValue.size(maxSize)
      connection.http.bodyLimit = connection.stream.limit
    }
    return connection
  }

  /// What the interpreter has to know of them.
  func apply(to options: inout Interpreter.Options) throws(Complaint) {
    if let maxTime { options.timeout = try SettingValue.duration(maxTime) }
    if let maxSize { options.limit = try SettingValue.size(maxSize) }
    if let ids { options.ids = try SettingValue.ids(ids) }
    options.answers = answer
    if !root.isEmpty { options.roots = root }
  }

  private func httpOptions() throws(Complaint) -> HTTPOptions {
    var http = HTTPOptions()
    http.userAgent = userAgent ?? "rpcscope/\(ProgramVersion.text)"
    for line in header { http.headers.append(try SettingValue.header(line)) }
    (http.user, http.password) = try credentials()
    http.authentication = digest ? .digest : negotiate ? .negotiate : anyauth ? .any : .basic
    if let bearer { http.authentication = .bearer(bearer) }
    http.netrc = netrcFile.map { .file($0) } ?? (netrc ? .optional : .off)
    http.proxy = proxy
    http.noProxy = noproxy
    http.unixSocket = unixSocket
    http.followsRedirects = location
    http.version =
      http10
      ? .http10 : http11 ? .http11 : http2 ? .http2 : http2Prior ? .http2PriorKnowledge : .automatic
    http.tls.insecure = insecure
    http.tls.authorityFile = cacert
    http.tls.authorityDirectory = capath
    http.tls.certificate = cert
    http.tls.key = key.last
    http.tls.keyPassword = pass
    return http
  }

  private func credentials() throws(Complaint) -> (String?, String?) {
    // Negotiate takes the user from the ticket, but curl wants one to be named.
    guard let user else { return (negotiate ? "" : nil, nil) }
    let parts = user.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { return (String(parts[0]), String(parts[1])) }
    guard let password = readPassword(prompt: "password for \(SafeText.escape(user)): ") else {
      throw Complaint(
        "no password was given for \(user)", hint: "-u USER: (with a colon) means an empty one",
        status: .interrupted)
    }
    return (user, password)
  }
}

/// Options about what is shown.
struct DisplayOptions: ParsableArguments {
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto
  @Flag(help: "One JSON object a line for each exchange.") var json = false
  @Flag(
    name: [.customShort("v"), .long],
    help: "Show the lines --> and <-- (on standard error in scripts).") var verbose = false
  @OptionGroup var checks: CheckOptions

  /// What the interpreter has to know of them.
  func apply(to options: inout Interpreter.Options) {
    options.json = json
    options.log = verbose
    options.replies = checks.mode
  }
}

extension ColorChoice: ExpressibleByArgument {}
