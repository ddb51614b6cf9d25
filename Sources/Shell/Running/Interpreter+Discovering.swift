import Catalog
import Recording
import Session
import Terminal
import Wire

// What the server offers: asked, remembered, or learned from what was kept.

extension Interpreter {
  /// Whether the server may be asked without being told to.
  func mayAsk(_ client: Client) -> Bool {
    isProbing && !knowledge.value.isFixed
      && (Discovery.mayProbe(client.traits) || client.dialect.needsOpening
        || client.dialect is OVSDBDialect)
  }

  /// Asks what the server offers, where that is polite.
  func discover(
    _ client: Client, _ connection: Connection, _ trial: ConnectionTrial, first known: String
  ) -> Task<Discovery.Report, Never>? {
    guard trial.failure == nil, mayAsk(client) else { return nil }
    let offer = knownOffer
    let target = connection.target
    return Task {
      let report = await ServerDescription.ask(client, target, offer, first: known)
      // The end of the connection follows, with its reason.
      if report.asked.last?.answer != .lostConnection { trial.settled.reach() }
      return report
    }
  }

  /// What an MCP server is told of this client while it is asked.
  var knownOffer: MCPDialect.Offer { connection.map { offer($0) } ?? MCPDialect.Offer() }

  /// Takes what the server says when it comes, beside the prompt.
  func follow(_ discovery: Task<Discovery.Report, Never>, _ remembered: MethodCatalog?) {
    let taker = probeReport(remembered)
    let probed = Milestone()
    self.probed = probed
    probe = Task {
      let report = await withTaskCancellationHandler {
        await discovery.value
      } onCancel: {
        discovery.cancel()
      }
      // A lost connection is made again by the next call: a program that ends at once, whatever it
      // is asked, would only end once more.
      if !Task.isCancelled { await taker.take(report, isAsked: false) }
      probed.reach()
    }
  }

  /// Waits a while for the answer to the question what the server offers, if it was asked.
  func awaitProbe(atMost limit: Duration) async {
    guard let probed, !probed.isReached else { return }
    let reminder = remind("the server is asked what it offers; Ctrl-C goes on without")
    await probed.wait(atMost: limit, interruption)
    reminder?.cancel()
  }

  /// Sees to it that what the server offers is known, if it tells: a command needs it.
  func learnMethods() async {
    // What is remembered will do until the answer comes.
    if !knowledge.value.catalog.isEmpty { return }
    if let client, !hasAsked, probe == nil, mayAsk(client) {
      hasAsked = true
      let offer = knownOffer
      let target = connection?.target
      let task = Task { await ServerDescription.ask(client, target, offer) }
      let report = await interruption.during({ task.cancel() }) { await task.value }
      if let catalog = report.catalog {
        knowledge.update { $0.catalog = catalog }
        source.value = report.source
        cache()?.save(catalog, dialect: report.dialect)
      }
    }
    await awaitProbe(atMost: .seconds(7))
  }

  func take(_ report: Discovery.Report, isAsked: Bool) async {
    await probeReport(nil).take(report, isAsked: isAsked)
  }

  private func probeReport(_ remembered: MethodCatalog?) -> ProbeReport {
    ProbeReport(
      screen: screen, knowledge: knowledge, source: source, remembered: remembered,
      cache: cache(), past: pastCalls())
  }

  // MARK: - What is kept

  /// Where the catalog of this target is remembered, if it is.
  private func cache() -> CatalogCache? {
    guard let client, let connection else { return nil }
    return cache(of: connection, client)
  }

  private func cache(of connection: Connection, _ client: Client) -> CatalogCache? {
    guard isKeeping, !knowledge.value.isFixed else { return nil }
    return CatalogCache(connection.target, dialect: client.dialect.name)
  }

  /// What this target offered the last time, if it may be asked again.
  func remembered(_ connection: Connection, _ client: Client) -> MethodCatalog? {
    mayAsk(client) ? cache(of: connection, client)?.load() : nil
  }

  /// Takes what is remembered until the server says something else.
  func use(_ remembered: MethodCatalog) {
    knowledge.update { $0.catalog = remembered }
    source.value = Discovery.source(named: remembered.source)
    screen.note(ProbeReport.words(remembered, isRemembered: true))
  }

  /// What may be learned of this target from earlier sessions.
  func pastCalls() -> PastCalls? {
    guard isKeeping, awaitsConnections, let connection else { return nil }
    var folder: RecordingFolder?
    if case .folder(let kept, _) = recording.place { folder = kept }
    return PastCalls(
      target: connection.target.description, folder: folder, lines: history?.entries ?? [])
  }

  /// Learns from earlier sessions, where the server is not asked what it offers.
  func learnFromPast() {
    guard let past = pastCalls() else { return }
    let (knowledge, screen) = (knowledge, screen)
    Task { await ProbeReport.learn(past, knowledge, screen) }
  }
}
