import Host
import JSONRPC
import LosslessJSON
import Session
import Synchronization
import Testing
import Wire

/// Every finding of the inspector can be provoked: a host with the fault, a client in the same
/// process, and the rule that the client tells.
@Suite("Provoked findings", .timeLimit(.minutes(3)))
struct ProvocationTests {
  @Test("each fault makes the client find its rule", arguments: Provocation.all)
  func provoked(row: Provocation) async throws {
    let found = try await row.run()
    #expect(found.contains(row.rule), "found \(found.sorted())")
  }

  @Test("every rule has a fault, or a reason why no server can break it")
  func complete() {
    let rules =
      JSONRule.allCases.map(\.rawValue) + RPCRule.allCases.map(\.rawValue)
      + WireRule.allCases.map(\.rawValue)
    let provoked = Set(Provocation.all.map(\.rule))
    let offline = Set(Provocation.offline.keys)
    for rule in rules where !provoked.contains(rule) && !offline.contains(rule) {
      Issue.record("no fault provokes \(rule)")
    }
    #expect(provoked.intersection(offline).isEmpty)
    #expect(provoked.union(offline).isSubset(of: rules))
  }

  @Test("every fault provokes a finding, but for those of time and the odd ones out")
  func faults() throws {
    var used: Set<Fault> = []
    for row in Provocation.all { used.formUnion(try FaultPlan.rules(row.faults).map(\.fault)) }
    let quiet: Set<Fault> = ["delay", "slow", "twice", "length-zeros"]
    let unused = Set(Fault.allCases).subtracting(used).subtracting(quiet)
    #expect(unused.map(\.name).sorted() == [])
  }
}

/// A fault, how it is met, and the rule of the finding that tells of it.
struct Provocation: Sendable, CustomTestStringConvertible {
  /// How the client reaches the host.
  enum Transport: String { case http, https, lines, headers, values, netstring }

  /// What the client sends, and how patient it is.
  enum Ask: String { case call, notification, batch, old, impatient, small, broken }

  let rule: String
  let faults: String
  var over = Transport.http
  var ask = Ask.call

  init(_ rule: String, _ faults: String, _ over: Transport = .http, _ ask: Ask = .call) {
    (self.rule, self.faults, self.over, self.ask) = (rule, faults, over, ask)
  }

  var testDescription: String { "\(rule): \(faults) over \(over.rawValue), \(ask.rawValue)" }

  /// Serves, calls, and gives the rules that were found, as soon as the one that is looked for is.
  func run() async throws -> Set<String> {
    let methods = Dispatcher()
    methods.register("m") { _ in "é😀" }
    var plan = FaultPlan()
    plan.everywhere = try FaultPlan.rules(faults)
    let server: RunningHost
    if over == .http || over == .https {
      var host = HTTPHost(Service(methods))
      host.faults = plan
      server = try await host.start()
    } else {
      var host = SocketHost(Service(methods))
      host.faults = plan
      host.framing = try #require(FramingName(rawValue: over.rawValue))
      server = try await host.start()
    }
    let watch = Watch(rule)
    do {
      let client = try client(of: server, watch)
      let call = Task { try await send(client) }
      await watch.wait()
      call.cancel()
      await client.close(grace: .zero)
      _ = try await call.value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
    await server.stop(grace: .zero)
    return watch.rules
  }

  private func client(of server: RunningHost, _ watch: Watch) throws -> Client {
    var settings = Client.Settings(timeout: ask == .impatient ? .milliseconds(200) : .seconds(12))
    if ask == .small { settings.limits = JSONLimits(maxBytes: 1_000) }
    let isSecure = over == .https
    let url = isSecure ? server.url.replacing("http:", with: "https:") : server.url
    let framing = FramingName(rawValue: over.rawValue)
    return try Client(
      dialect: PlainDialect(ask == .old ? .v1 : .v2), settings: settings,
      makeChannel: { () throws(WireError) in
        guard let framing else { return try HTTPChannel(url: url, options: HTTPOptions()) }
        return try Target(parsing: url).makeStreamChannel(StreamOptions(framing: framing))
      }, observer: { watch.take($0) })
  }

  private func send(_ client: Client) async throws {
    switch ask {
    case .call, .old, .impatient, .small: _ = try await client.call("m")
    case .notification: _ = try await client.notify("m")
    case .batch:
      try await send(
        """
        [{"jsonrpc": "2.0", "method": "m", "id": 1}, {"jsonrpc": "2.0", "method": "m", "id": 2}]
        """, client)
    case .broken: try await send("{", client)
    }
  }

  private func send(_ text: String, _ client: Client) async throws {
    _ = await client.send(Outgoing(raw: Array(text.utf8)))
  }
}

/// Collects what a client finds, and waits for a rule.
private final class Watch: Sendable {
  private let rule: String
  private let found = Mutex<Set<String>>([])
  private let (ended, end) = AsyncStream.makeStream(of: Void.self)

  init(_ rule: String) { self.rule = rule }

  var rules: Set<String> { found.withLock { $0 } }

  func take(_ event: SessionEvent) {
    let findings: [Finding]
    switch event {
    case .ended(let exchange): findings = exchange.findings
    case .diagnostic(let diagnostic): findings = diagnostic.findings
    default: return
    }
    let isThere = found.withLock {
      $0.formUnion(findings.map(\.rule))
      return $0.contains(rule)
    }
    if isThere { end.finish() }
  }

  /// Waits until the rule is found, or long enough.
  func wait() async {
    let patience = Task {
      try? await Task.sleep(for: .seconds(20))
      end.finish()
    }
    for await _ in ended {}
    patience.cancel()
  }
}
