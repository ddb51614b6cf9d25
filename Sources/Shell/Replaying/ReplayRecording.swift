import JSONRPC
import LosslessJSON
import Recording
import Session
import Terminal
public import Wire

/// `rpcscope replay`: a recording sent again, to the same server or another, and what is different.
public struct ReplayRecording: Sendable {
  /// How it is sent and compared.
  public var options = ReplayOptions()
  /// Which exchanges; all if there are no words.
  public var filter: [String] = []
  /// Whether and where the new session is kept.
  public var recording = RecordingOptions()
  /// What holds for every call.
  public var settings = Interpreter.Options()

  /// All of it, to where it was recorded.
  public init() {}

  /// Sends a recording to a target, by default the recorded one; `connect` makes the connection.
  public func run(
    _ word: String, to target: Target?,
    connect: (Target) throws(Complaint) -> Connection, screen: Screen
  ) async throws(Complaint) -> ExitStatus {
    let path = try RecordingPath.of(word)
    let session = try await Self.read(path)
    for note in session.notes { screen.note(StyledText(SafeText.escape(note), .note)) }
    if options.updates, session.source != OwnSource.name {
      throw Complaint(
        "--update changes recordings of rpcscope, and this is: \(session.source)",
        hint: "`rpcscope replay` keeps the new session; that one can be updated later")
    }
    let connection = try connected(
      to: try target.or { () throws(Complaint) in try Self.target(of: session, path) },
      session.header, connect)
    let plan = ReplayPlan(
      try chosen(session), options: try options.plan(dialect: session.header.dialect))
    if plan.steps.isEmpty {
      throw Complaint("nothing in \(word) is to be sent", hint: "`rpcscope show \(word)` lists it")
    }
    return try await send(plan, session, connection, (word, path), screen)
  }

  private func send(
    _ plan: ReplayPlan, _ session: ImportedSession, _ connection: Connection,
    _ file: (word: String, path: String), _ screen: Screen
  ) async throws(Complaint) -> ExitStatus {
    let secrets = ReplaySecrets(plan, given: connection.given())
    let values = try MissingSecrets.values(of: secrets, options)
    var rules = recording.rules(for: connection)
    for value in values.values { rules.learn(value: value) }
    let recorder = SessionRecorder()
    let client = try makeClient(connection, session) { recorder.observe($0) }
    if let place = recording.place {
      recorder.begin(
        place, header(client, connection), name: connection.target.description, rules: rules
      ) { error in
        screen.note(
          StyledText("this is not kept: \(SafeText.escape(Complaint(error).message))", .warning))
      }
    }
    let run = try ReplayRun(
      ReplayRun.Source(
        plan: plan, secrets: secrets, values: values, client: client,
        target: connection.displayName, rules: rules,
        names: (file.word, connection.target.description)), options, screen)
    var complaint: Complaint?
    do throws(Complaint) { try await run.run(Interruption()) } catch { complaint = error }
    await client.close()
    await Interpreter.end(recorder)
    if let complaint { throw complaint }
    if options.updates { try run.accept(into: file.path) }
    if let path = recorder.path, !options.comparison.isJSON {
      screen.note(StyledText("kept in \(SafeText.escape(path))", .dim))
    }
    return run.status
  }

  // MARK: - The recording

  private static func read(_ path: String) async throws(Complaint) -> ImportedSession {
    let result = await Blocking.run { () -> Result<ImportedSession, RecordingError> in
      do throws(RecordingError) { return .success(try RecordingSources.read(path)) } catch {
        return .failure(error)
      }
    }
    return try Complaint.wrapping { () throws(RecordingError) in try result.get() }
  }

  private func chosen(_ session: ImportedSession) throws(Complaint) -> [RecordedExchange] {
    let filter = try ExchangeChoice.filter(filter)
    return session.exchanges.filter { filter.matches($0.exchange) }
  }

  /// Where the session was recorded.
  private static func target(
    of session: ImportedSession, _ path: String
  ) throws(Complaint) -> Target {
    var headers = [session.header]
    if session.source == OwnSource.name {
      headers = try Complaint.wrapping { () throws(RecordingError) in
        try SessionFile(opening: path).headers()
      }
    }
    let text = session.header.target
    if headers.contains(where: { $0.target != text }) {
      throw Complaint(
        "the recording holds sessions with several targets", hint: "name one behind the file")
    }
    if text.isEmpty || text.contains("<masked ") {
      throw Complaint(
        text.isEmpty
          ? "the recording does not tell its target"
          : "a part of the recorded target is masked: \(text)",
        hint: "name one behind the file")
    }
    do throws(WireError) { return try Target(parsing: text) } catch { throw Complaint(error) }
  }

  // MARK: - The connection

  /// The connection, spoken over as when the session was recorded unless the options say otherwise.
  private func connected(
    to target: Target, _ header: RecordingHeader,
    _ connect: (Target) throws(Complaint) -> Connection
  ) throws(Complaint) -> Connection {
    var connection = try connect(target)
    if connection.dialectName == nil, Connection.dialectNames.contains(header.dialect) {
      connection.dialectName = header.dialect
    }
    if connection.version == nil { connection.version = ProtocolVersion(rawValue: header.jsonrpc) }
    if connection.stream.framing == nil, target.transport == header.transport {
      connection.stream.framing = FramingName(rawValue: header.framing)
    }
    return connection
  }

  private func makeClient(
    _ connection: Connection, _ session: ImportedSession,
    _ observer: @escaping @Sendable (SessionEvent) -> Void
  ) throws(Complaint) -> Client {
    var calls = Client.Settings()
    if let timeout = settings.timeout { calls.timeout = timeout }
    if let ids = settings.ids { calls.ids = ids }
    calls.checks = settings.replies
    do throws(WireError) {
      return try Client(
        dialect: Self.dialect(connection, session), settings: calls,
        makeChannel: { () throws(WireError) in try connection.makeChannel() },
        observer: observer)
    } catch {
      throw Complaint(error, target: connection.displayName)
    }
  }

  /// The dialect; a language server is told of the folder that it was told of then.
  private static func dialect(
    _ connection: Connection, _ session: ImportedSession
  ) -> any Dialect {
    let dialect = connection.dialect
    guard var lsp = dialect as? LSPDialect else { return dialect }
    let greeting = session.exchanges.first { $0.exchange.method == "initialize" }
    if let greeting, let json = try? JSON(reading: greeting.exchange.request),
      let root = json["params"]?["rootUri"]?.string
    {
      lsp.root = root
    }
    return lsp
  }

  private func header(_ client: Client, _ connection: Connection) -> RecordingHeader {
    let dialect = client.dialect
    return RecordingHeader(
      program: recording.program, startedAt: WallClock.now,
      target: connection.target.description, transport: client.traits.kind.rawValue,
      framing: client.traits.framing, dialect: dialect.name, jsonrpc: dialect.version.rawValue)
  }
}

extension Target {
  /// The scheme of transport as recordings name it.
  fileprivate var transport: String {
    switch self {
    case .http: ChannelTraits.Kind.http.rawValue
    case .unix: ChannelTraits.Kind.unix.rawValue
    case .tcp: ChannelTraits.Kind.tcp.rawValue
    case .child: ChannelTraits.Kind.child.rawValue
    }
  }
}

extension Optional {
  /// The value, or what the body gives; unlike `??` it keeps the error's type.
  fileprivate func or<Failure: Error>(
    _ body: () throws(Failure) -> Wrapped
  ) throws(Failure) -> Wrapped {
    if let self { return self }
    return try body()
  }
}
