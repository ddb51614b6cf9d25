import JSONRPC
import LosslessJSON
public import Session
public import Wire

/// Finds out what a server offers, by asking.
///
/// Polite: one probe at a time, each bounded in time, none repeated that cost the connection.
public struct Discovery: Sendable {
  /// What came of it.
  public struct Report: Sendable {
    /// What one probe brought.
    public enum Answer: Sendable, Equatable {
      /// That many methods.
      case methods(Int)
      /// The server does not know it; its code and words.
      case refused(String)
      /// An answer that describes nothing.
      case useless
      /// Something that is no JSON-RPC; its HTTP status.
      case noReply(String)
      /// No answer in time.
      case silence
      /// The connection was lost over it.
      case lostConnection
      /// The transport failed.
      case failed(String)
    }

    /// The methods that were asked, with the answers, in order.
    public var asked: [(method: String, answer: Answer)] = []
    /// What is known now; nil if nothing answered.
    public var catalog: MethodCatalog?
    /// The source that told.
    public var source: (any DiscoverySource)?
    /// The dialect in which the server was found to speak.
    public var dialect = ""
  }

  private let client: Client
  private let patience: Duration
  private let offer: MCPDialect.Offer

  /// Asks through that client, each probe at most so long. `offer` is what a server is told of us that
  /// turns out to speak MCP.
  public init(
    client: Client, patience: Duration = .seconds(3), offer: MCPDialect.Offer = MCPDialect.Offer()
  ) {
    self.client = client
    self.offer = offer
    self.patience = patience
  }

  /// Whether a target of that kind may be asked without being told to: a child or a socket that
  /// does not speak plain lines or HTTP may be stateful.
  public static func mayProbe(_ traits: ChannelTraits) -> Bool {
    traits.kind == .http || (traits.kind == .child && traits.framing == "lines")
  }

  /// The source that a catalog names as its own.
  public static func source(named name: String) -> (any DiscoverySource)? {
    Likelihood.all.first { $0.name == name }
  }

  /// Asks one source after another until one tells, that of a name first. `skip` holds methods not to
  /// ask.
  public func run(skipping skip: Set<String> = [], first known: String = "") async -> Report {
    var report = await ask(skipping: skip, first: known)
    report.dialect = client.dialect.name
    return report
  }

  private func ask(skipping skip: Set<String>, first known: String) async -> Report {
    if let report = await described(by: client.dialect) { return report }
    var report = Report()
    var answered: Set<String> = []
    var lastHead: ReplyHead?
    var sources = Likelihood.sources(for: client.traits)
    if client.dialect is OVSDBDialect { sources = Likelihood.databases(client.traits) }
    // What told the last time is asked first.
    sources = sources.filter { $0.name == known } + sources.filter { $0.name != known }
    var place = 0
    while place < sources.count {
      let source = sources[place]
      place += 1
      if skip.contains(source.method) { continue }
      // Two sources may share a method; one that was refused is not asked twice.
      guard !answered.contains(source.method) else { continue }
      let (answer, catalog, head) = await ask(source)
      report.asked.append((source.method, answer))
      if let head { lastHead = head }
      if answer != .useless { answered.insert(source.method) }
      // So says ReflectRPC, whatever it is asked: its own question is the next.
      if case .refused(let words) = answer, words.contains("Field 'params' missing") {
        sources.insert(ReflectRPCSource(), at: place)
      }
      if let catalog {
        report.catalog = KnownMethods.enriching(catalog)
        report.source = source
        break
      }
      // Who does not answer, or hangs up, is left in peace.
      if answer == .lostConnection || answer == .silence { break }
      if case .failed = answer { break }
      if Task.isCancelled { break }
    }
    if report.catalog == nil, isStillThere(report), await client.adopt(MCPDialect(offer: offer)),
      let described = await described(by: client.dialect)
    {
      report.catalog = described.catalog
      report.asked += described.asked
    }
    if report.catalog == nil, isStillThere(report) { await fetch(&report, lastHead) }
    if report.catalog == nil, isStillThere(report) {
      report.catalog = Likelihood.known(client.traits, lastHead)
    }
    return report
  }

  /// Gets the documents that are likely to be there, one after another until one tells.
  private func fetch(_ report: inout Report, _ head: ReplyHead?) async {
    let isUnderstood = report.asked.contains { asked in
      if case .refused = asked.answer { true } else { asked.answer == .useless }
    }
    let places = FetchedDocument.places(client.traits, head, isUnderstood: isUnderstood)
    for place in places where !Task.isCancelled {
      let name = "GET " + (place.path ?? "of the URL")
      var options = CallOptions.probe(timeout: patience)
      options.verb = "GET"
      options.path = place.path
      options.headers = [HeaderField("Accept", "application/json, text/html;q=0.5")]
      let exchange = await client.send(Outgoing(fetching: name), options: options)
      if exchange.ending == .cancelled { return }
      guard let body = exchange.messages.first?.frame.bytes,
        let status = exchange.head?.status, (200..<300).contains(status)
      else {
        let head = exchange.head.map { "\($0.status) \($0.reason)" }
        report.asked.append((name, head.map { .refused($0) } ?? .silence))
        continue
      }
      guard let catalog = FetchedDocument.read(body, source: name) else {
        report.asked.append((name, .useless))
        continue
      }
      report.asked.append((name, .methods(catalog.methods.count)))
      report.catalog = KnownMethods.enriching(catalog)
      return
    }
  }

  /// Whether the server answers questions that it does not know.
  private func isStillThere(_ report: Report) -> Bool {
    guard Self.mayProbe(client.traits), !Task.isCancelled else { return false }
    switch report.asked.last?.answer {
    case .lostConnection, .failed, nil: return false
    default: return true
    }
  }

  /// What a dialect with a handshake knows of its server; nil for the others.
  private func described(by dialect: any Dialect) async -> Report? {
    guard dialect.needsOpening else { return nil }
    await client.open()
    var report = Report()
    switch client.dialect {
    case let mcp as MCPDialect where mcp.era != .unknown:
      let catalog = await MCPDiscovery(client: client, dialect: mcp, patience: patience).run()
      report.asked = [("tools/list", .methods(catalog.methods.count))]
      report.catalog = catalog
    case let lsp as LSPDialect:
      guard let capabilities = lsp.capabilities else {
        report.asked = [("initialize", .useless)]
        break
      }
      let methods = KnownMethods.lsp(LSPCapabilities(capabilities))
      report.asked = [("initialize", .methods(methods.count))]
      report.catalog = MethodCatalog(
        source: "initialize", title: lsp.serverName, methods: methods)
    case let bsp as BSPDialect:
      guard let capabilities = bsp.capabilities else {
        report.asked = [("build/initialize", .useless)]
        break
      }
      let methods = KnownMethods.bsp(capabilities: capabilities)
      report.asked = [("build/initialize", .methods(methods.count))]
      report.catalog = MethodCatalog(
        source: "build/initialize", title: bsp.serverName, methods: methods)
    default: report.asked = [("initialize", .useless)]
    }
    return report
  }

  private func ask(
    _ source: any DiscoverySource
  ) async -> (Report.Answer, MethodCatalog?, ReplyHead?) {
    let options = CallOptions.probe(timeout: patience)
    guard
      let exchange = try? await client.call(
        source.method, params: source.params, options: options)
    else {
      return (.useless, nil, nil)
    }
    let head = exchange.head
    switch exchange.ending {
    case .timedOut, .cancelled, .pending: return (.silence, nil, head)
    case .failed(.closed), .failed(.ioFailed): return (.lostConnection, nil, head)
    case .failed(let error): return (.failed(String(describing: error)), nil, head)
    case .replied, .sent, .received: break
    }
    guard let response = exchange.response else {
      let words = head.map { "\($0.status) \($0.reason)" }
      return (words.map { .noReply($0) } ?? .useless, nil, head)
    }
    if let error = response.error {
      let words = [error.codeText, error.message].compactMap { $0 }
      return (.refused(words.joined(separator: " ")), nil, head)
    }
    guard let result = response.result, let catalog = source.read(result) else {
      return (.useless, nil, head)
    }
    let complete = await source.completing(catalog, result, client: client)
    return (.methods(complete.methods.count), complete, head)
  }
}
