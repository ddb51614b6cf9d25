import Catalog
import Dispatch
import LosslessJSON
import Session
import Terminal
import Wire

extension Interpreter {
  /// Talks to that server from now on; the connection to another one is closed when this one stands.
  ///
  /// A person is told at once whether the server is there, and stays with the old one if it is not;
  /// of a script the first call will tell.
  public func connect(_ connection: Connection) async throws(Complaint) {
    // Two connections to one server may be one too many for it.
    if !awaitsConnections || self.connection?.target == connection.target { await disconnect() }
    let connection = withTemplate(connection)
    let workspace = makeWorkspace(connection)
    let refresh = CatalogRefresh(screen, knowledge, completion)
    let printer = EventPrinter(
      screen: screen, settings: settings, target: connection.displayName, background: background,
      questions: editor == nil ? nil : questions, refresh: refresh, workspace: workspace,
      mask: mask,
      metErrors: metErrors)
    let trial = ConnectionTrial { printer.note($0) }
    let recorder = SessionRecorder()
    let client = try makeClient(connection) { event in
      // What is shown is in the file by then.
      recorder.observe(event)
      workspace?.observe(event)
      trial.note(event)
    }
    refresh.attach(client)
    begin(recorder, client, connection)
    guard awaitsConnections else {
      trial.end()
      return await adopt(client, connection, recorder, workspace)
    }
    client.connect()
    let isFirst = self.client == nil
    await wait(for: trial.opened, connection, atMost: isFirst ? .seconds(1) : .seconds(60))
    if client.traits.kind == .child {
      // A program that can't run ends before there is any use in asking it.
      await trial.settled.wait(atMost: .milliseconds(30), interruption)
    }
    let remembered = remembered(connection, client)
    let discovery = discover(client, connection, trial, first: remembered?.source ?? "")
    await trial.settled.wait(atMost: patience(connection, discovery, isFirst), interruption)
    let isLostByAsking = await survivesUnasked(client, trial, discovery)
    let failure = failure(of: client, trial)
    if failure != nil, !isFirst {
      discovery?.cancel()
      await client.close(grace: .milliseconds(200))
      await Self.end(recorder)
    } else {
      await adopt(client, connection, recorder, workspace)
      noteTemplate()
      hasAsked = discovery != nil
      if let remembered, failure == nil { use(remembered) }
      if let discovery, !isLostByAsking, failure == nil { follow(discovery, remembered) }
      if discovery == nil, failure == nil { learnFromPast() }
      if isLostByAsking { screen.note(StyledText(Self.lostByAsking, .warning)) }
    }
    if let failure { throw complaint(about: failure, connection) }
  }

  private func makeClient(
    _ connection: Connection, _ observer: @escaping @Sendable (SessionEvent) -> Void
  ) throws(Complaint) -> Client {
    var clientSettings = Client.Settings()
    clientSettings.timeout = settings.value.timeout
    clientSettings.ids = settings.value.ids
    clientSettings.checks = settings.value.replies
    // The guard's timer would cost two threads.
    clientSettings.guardsTransport = !isForOneCall
    setRequests(&clientSettings)
    do throws(WireError) {
      return try Client(
        dialect: dialect(connection), settings: clientSettings,
        makeChannel: { () throws(WireError) in try connection.makeChannel() },
        observer: observer)
    } catch {
      throw Complaint(error, target: connection.displayName)
    }
  }

  /// Makes a client the one that is talked to.
  private func adopt(
    _ client: Client, _ connection: Connection, _ recorder: SessionRecorder, _ workspace: Workspace?
  ) async {
    await disconnect()
    self.connection = connection
    self.client = client
    self.recorder = recorder
    self.workspace = workspace
    history?.move(to: HistoryPath.path(target: connection.displayName))
    completion.attach(client)
    hasAsked = false
    termination = Self.endWithProgram(client)
    knowledge.update {
      if !$0.isFixed { $0.catalog = .init() }
      $0.learned = LearnedMethods()
      $0.seen = SeenValues()
      $0.version = connection.dialect.version
      $0.documents = workspace.map {
        $0.update { $0.documents.all.map { SourceFile.shown($0.path) } }
      }
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
    probed = nil
    guard let client else { return }
    await client.close()
    await Self.end(recorder)
    termination = nil
    completion.attach(nil)
    self.client = nil
    recorder = nil
  }

  /// Closes the connection before the program ends, unless its end does the same.
  public func finish() async {
    if let client, !client.needsClosing, recorder?.isRecording != true { return }
    await disconnect()
  }

  /// Connects anew with something changed.
  func reconnect(_ change: (inout Connection) -> Void) async throws(Complaint) {
    guard var connection else { return }
    change(&connection)
    try await connect(connection)
  }
}

// MARK: - Trial

extension Interpreter {
  /// Waits, and says so if it takes long.
  private func wait(
    for milestone: Milestone, _ connection: Connection, atMost limit: Duration
  ) async {
    let name = SafeText.escape(connection.displayName)
    let reminder = remind("connecting to \(name); Ctrl-C gives up")
    await milestone.wait(atMost: limit, interruption)
    reminder?.cancel()
  }

  /// How long a connection that stands is watched before the prompt comes back.
  private func patience(
    _ connection: Connection, _ discovery: Task<Discovery.Report, Never>?, _ isFirst: Bool
  ) -> Duration {
    switch connection.target {
    // One that runs need not say anything.
    case .child: .milliseconds(discovery == nil ? 50 : 150)
    // There is no connection before the first request.
    case .http: discovery == nil ? .zero : isFirst ? .milliseconds(300) : .seconds(3)
    default: .zero
    }
  }

  private static let lostByAsking =
    "the connection was lost while the server was asked what it offers, and made again; "
    + "it is not asked any more (--no-discover never asks)"

  /// Whether a child that went when it was asked what it offers stays when it is left in peace.
  private func survivesUnasked(
    _ client: Client, _ trial: ConnectionTrial, _ discovery: Task<Discovery.Report, Never>?
  ) async -> Bool {
    guard let discovery, trial.failure != nil, client.traits.kind == .child else { return false }
    _ = await discovery.value
    let deadline = ContinuousClock.now + .seconds(1)
    while client.isConnected, ContinuousClock.now < deadline {
      try? await Task.sleep(for: .milliseconds(2))
    }
    trial.restart()
    client.connect()
    await trial.lostAgain.wait(atMost: .milliseconds(150), interruption)
    return trial.failure == nil
  }

  /// Why there is no connection, if there is none.
  private func failure(of client: Client, _ trial: ConnectionTrial) -> CloseReason? {
    let isOpened = trial.opened.isReached
    if let reason = trial.end() { return reason }
    if !isOpened, self.client != nil { return .failed(.cancelled) }
    let probe = client.log.summaries.last { $0.purpose == .discovery }
    if case .failed(let error) = probe?.ending, client.traits.kind == .http {
      return .failed(error)
    }
    return nil
  }

  private func complaint(about reason: CloseReason, _ connection: Connection) -> Complaint {
    let name = connection.displayName
    var complaint: Complaint
    switch reason {
    case .failed(let error): complaint = Complaint(error, target: name)
    case .asked, .byPeer:
      complaint = Complaint("\(name) closed the connection at once", status: .unreachable)
    case .exited(let status, _):
      complaint = Complaint(
        "\(name) exited with status \(status) at once",
        hint: "a server keeps running and reads its standard input", status: .unreachable)
    case .signalled(let signal, _):
      complaint = Complaint(
        "\(name) was ended at once by \(Complaint.signalName(signal))", status: .unreachable)
    }
    if client != nil, let old = self.connection, old.target != connection.target {
      let stays = "the connection to \(old.displayName) stays"
      complaint.hint = complaint.hint.isEmpty ? stays : "\(complaint.hint); \(stays)"
    }
    return complaint
  }
}
