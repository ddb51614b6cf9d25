import JSONRPC
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

  /// Asks one source after another until one tells. `skip` holds methods not to ask.
  public func run(skipping skip: Set<String> = []) async -> Report {
    if let report = await described(by: client.dialect) { return report }
    var report = Report()
    var answered: Set<String> = []
    for source in Likelihood.sources(for: client.traits) where !skip.contains(source.method) {
      // Two sources may share a method; one that was refused is not asked twice.
      guard !answered.contains(source.method) else { continue }
      let (answer, catalog) = await ask(source)
      report.asked.append((source.method, answer))
      if answer != .useless { answered.insert(source.method) }
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
    return report
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

  private func ask(_ source: any DiscoverySource) async -> (Report.Answer, MethodCatalog?) {
    let options = CallOptions.probe(timeout: patience)
    guard
      let exchange = try? await client.call(
        source.method, params: source.params, options: options)
    else {
      return (.useless, nil)
    }
    switch exchange.ending {
    case .timedOut, .cancelled, .pending: return (.silence, nil)
    case .failed(.closed), .failed(.ioFailed): return (.lostConnection, nil)
    case .failed(let error): return (.failed(String(describing: error)), nil)
    case .replied, .sent, .received: break
    }
    guard let response = exchange.response else { return (.useless, nil) }
    if let error = response.error {
      let words = [error.codeText, error.message].compactMap { $0 }
      return (.refused(words.joined(separator: " ")), nil)
    }
    guard let catalog = response.result.flatMap({ source.read($0) }) else { return (.useless, nil) }
    return (.methods(catalog.methods.count), catalog)
  }
}
