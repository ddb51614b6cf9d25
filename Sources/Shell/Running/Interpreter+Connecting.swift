import Catalog
import Dispatch
import LosslessJSON
import Session
import Terminal
import Wire

extension Interpreter {
  /// Talks to that server from now on; an earlier connection is closed.
  public func connect(_ connection: Connection) async throws(Complaint) {
    await disconnect()
    let printer = EventPrinter(screen: screen, settings: settings, target: connection.displayName)
    let client: Client
    var clientSettings = Client.Settings()
    clientSettings.timeout = settings.value.timeout
    clientSettings.ids = settings.value.ids
    do throws(WireError) {
      client = try Client(
        dialect: connection.dialect, settings: clientSettings,
        makeChannel: { () throws(WireError) in try connection.makeChannel() },
        observer: { printer.note($0) })
    } catch {
      throw Complaint(error, target: connection.displayName)
    }
    self.connection = connection
    self.client = client
    termination = Self.endWithProgram(client)
    knowledge.update {
      if !$0.isFixed { $0.catalog = .init() }
      $0.used = []
      $0.version = connection.dialect.version
    }
    if editor != nil {
      // A person sees at once whether the server is there; a script's first call will tell.
      client.connect()
      startProbe(client)
    }
  }

  /// The first connection of a shell that was started without a target, under its options.
  func first(_ target: Target) -> Connection {
    var connection = template ?? Connection(target)
    connection.target = target
    return connection
  }

  /// Ends the server if it is a child, when a signal is about to end the program.
  ///
  /// Called on the thread that sees to signals, which it holds for at most a second.
  private static func endWithProgram(_ client: Client) -> Subscription {
    Signals.shared.onTermination { _ in
      let isClosed = DispatchSemaphore(value: 0)
      Task {
        await client.close(grace: .milliseconds(200))
        isClosed.signal()
      }
      _ = isClosed.wait(timeout: .now() + 1)
    }
  }

  /// Closes the connection, if there is one.
  public func disconnect() async {
    probe?.cancel()
    probe = nil
    guard let client else { return }
    await client.close()
    termination = nil
    self.client = nil
  }

  /// Connects anew with something changed.
  func reconnect(_ change: (inout Connection) -> Void) async throws(Complaint) {
    guard var connection else { return }
    change(&connection)
    try await connect(connection)
  }

  // MARK: - Discovery

  /// Asks what the server offers, beside the prompt, where that is polite.
  private func startProbe(_ client: Client) {
    let known = knowledge.value
    guard isProbing, !known.isFixed, Discovery.mayProbe(client.traits) else { return }
    let taker = ProbeReport(screen: screen, knowledge: knowledge, source: source)
    probe = Task { await taker.probe(client) }
  }

  func take(_ report: Discovery.Report, isAsked: Bool) {
    ProbeReport(screen: screen, knowledge: knowledge, source: source)
      .take(report, isAsked: isAsked)
  }
}
