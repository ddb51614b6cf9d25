import Catalog
import JSONRPC
import LosslessJSON
import Recording
public import Session
import Terminal
import View
import Wire

/// Runs statements: the one place where a line becomes requests, and replies become text.
///
/// Used from one task at a time. What a single call does without is made when it is first needed.
public final class Interpreter {
  let screen: Screen
  let settings: Shared<Settings>
  let knowledge: Shared<Knowledge>
  let interruption = Interruption()
  /// Where the server is; nil before `.connect`.
  var connection: Connection?
  /// The options for `.connect` in a shell that was started without a target.
  public var template: Connection?
  /// The conversation with it.
  public internal(set) var client: Client?
  /// Whether and where sessions are kept.
  public var recording = RecordingOptions()
  /// What lies open at a language or build server; nil if it is none.
  var workspace: Workspace?
  /// Takes the secrets out of what is kept of the shell itself: its history and its log.
  let mask = SharedMask()
  /// Whether an error was told of what belongs to no call.
  let metErrors = Shared(false)
  /// What keeps the conversation.
  var recorder: SessionRecorder?
  /// Where more about a method can be asked.
  lazy var source = Shared<(any DiscoverySource)?>(nil)
  /// The history that `.history` shows.
  var history: History?
  /// The editor, if a person types.
  var editor: LineEditor?
  /// The field of a form that is asked for now, for the editor's hooks.
  lazy var askedField = Shared<FormField?>(nil)
  /// The batch that is being collected line by line; nil if none is.
  var collecting: [String]?
  /// The rules of findings that were shown or counted before.
  var toldRules: Set<String> = []
  /// In how many further replies a script met the warnings that it was told of.
  var repeatedRules: [String: Int] = [:]
  /// Whether the program ends after one call.
  public var isForOneCall = false
  /// Whether `.quit` was said.
  var isFinished = false
  /// Where the statement begins in a script, counted from 1; nil where nobody counts.
  var scriptLine: Int?
  /// The weightiest status so far.
  public private(set) var status = ExitStatus.ok
  /// Whether servers may be asked what they offer without being told to.
  public var isProbing = true
  /// The probe that runs beside the prompt.
  var probe: Task<Void, Never>?
  /// Reached when that probe has brought what it can.
  var probed: Milestone?
  /// Whether this server was asked already what it offers.
  var hasAsked = false
  /// Whether a person waits to be told how connecting went.
  var awaitsConnections = false
  /// Ends the connection when a signal ends the program.
  var termination: Subscription?

  /// Values that the server proposes for arguments.
  let completion = ServerCompletion()
  /// The server's questions on their way to a person.
  lazy var questions = QuestionQueue()
  /// Whether templates and catalogs are kept for later runs.
  public var isKeeping = false

  /// The calls that run while lines are read.
  let background = BackgroundCalls()

  /// An interpreter that shows things there.
  public convenience init(screen: Screen) {
    self.init(screen: screen, settings: Shared(Settings()), knowledge: Shared(Knowledge()))
  }

  init(screen: Screen, settings: Shared<Settings>, knowledge: Shared<Knowledge>) {
    (self.screen, self.settings, self.knowledge) = (screen, settings, knowledge)
  }

  /// The client, or a complaint that there is none.
  func connected() throws(Complaint) -> Client {
    guard let client else {
      throw Complaint(
        "no target is connected",
        hint: "`.connect TARGET`, such as `.connect http://127.0.0.1:8545`")
    }
    return client
  }

  // MARK: - Running

  /// Runs one line and says how it went; nothing is thrown, all is shown.
  @discardableResult
  public func run(_ line: String) async -> ExitStatus {
    let outcome: ExitStatus
    do throws(Complaint) {
      outcome = try await execute(line)
    } catch {
      var complaint = error
      if let scriptLine { complaint.message = "line \(scriptLine): \(error.message)" }
      screen.note(complaint.text)
      outcome = error.status
    }
    status = status.combined(with: outcome)
    return outcome
  }

  /// What the errors say that were told of what belongs to no call, such as a second reply; to be
  /// asked once the connection is closed.
  public var statusBeside: ExitStatus { metErrors.value ? .malformed : .ok }

  /// Notes that something outside a statement went wrong.
  func record(_ status: ExitStatus) { self.status = self.status.combined(with: status) }

  private func execute(_ line: String) async throws(Complaint) -> ExitStatus {
    if collecting != nil { return try await collect(line) }
    switch StatementParser.parse(line) {
    case .statement(let statement): return try await execute(statement, line)
    case .unfinished(let what): return try await unfinished(line, what)
    case .failure(let error): throw Complaint(error, line: line)
    }
  }

  /// Text that ends with something open was sent on purpose (Alt-Enter) or by a script.
  private func unfinished(_ line: String, _ what: String) async throws(Complaint) -> ExitStatus {
    let text = line[...].trimmed
    guard text.hasPrefix("{") || text.hasPrefix("[") else {
      throw Complaint(
        "\(what) is still open at the end of the line", hint: "quote it with '…' if it is text")
    }
    return try await sendRaw(String(text))
  }

  private func execute(
    _ statement: Statement, _ line: String
  ) async throws(Complaint) -> ExitStatus {
    if statement.isBackground, case .show = statement.action {
      throw Complaint("only a call can run in the background", hint: "leave the final & out")
    }
    switch statement.action {
    case .nothing: return .ok
    case .show(let reference):
      let value = try value(of: reference)
      return try await deliver(value, statement)
    case .command(let name, let rest):
      return try await command(name, rest, capture: statement.capture)
    case .raw(let text):
      if let question = rawQuestion(text), await !confirm(question) { return .ok }
      return try await sendRaw(text, capture: statement.capture)
    case .call(let call):
      let reading = Misreading(call: call, knowledge: knowledge.value, line: line)
      if !statement.isUnchecked {
        if let complaint = reading.complaint { throw complaint }
        if SecretMask.stands(in: line) { throw Complaint.maskedLine }
      }
      return try await self.call(call, statement, line)
    }
  }

  private func value(of reference: Reference) throws(Complaint) -> JSON {
    do throws(ArgumentBinder.BindError) {
      return try knowledge.value.variables.value(reference)
    } catch {
      throw Complaint(error.message, hint: error.hint)
    }
  }

  private func command(
    _ name: String, _ rest: Substring, capture: String?
  ) async throws(Complaint) -> ExitStatus {
    guard let command = Command.named(name) else {
      let near = Suggestion.nearest(to: name, among: Command.all.map(\.name)).first
      throw Complaint(
        "there is no command .\(name)",
        hint: near.map { "did you mean .\($0)?" } ?? "`.help` lists them")
    }
    if capture != nil, !command.givesResult {
      throw Complaint(".\(name) has no result that could be kept", hint: "leave the variable out")
    }
    return try await command.run(self, CommandLine(name: name, rest: rest, capture: capture))
  }

  // MARK: - Raw text

  /// What to ask before sending raw text that can never be valid; nil to send it at once.
  private func rawQuestion(_ text: String) -> String? {
    do throws(JSONReadError) {
      _ = try JSON(reading: text)
      return nil
    } catch {
      let bytes = Array(text.utf8)
      screen.note(FindingText.draw(Finding(error), in: bytes, width: screen.width))
      if editor == nil {
        screen.note(StyledText("it is sent as it stands", .warning))
        return nil
      }
      return "send it as it stands? [y/N] "
    }
  }

  private func confirm(_ question: String) async -> Bool {
    guard let editor else { return true }
    let answer = await Blocking.run { editor.readLine(prompt: StyledText(question, .warning)) }
    if case .line(let text) = answer { return ["y", "yes"].contains(text.lowercased()) }
    return false
  }

  func sendRaw(_ text: String, capture: String? = nil) async throws(Complaint) -> ExitStatus {
    let client = try connected()
    var bytes = Array(text.utf8)
    let isLines = client.traits.framing == "lines"
    if isLines, bytes.contains(0x0A), let json = try? JSON(reading: bytes) {
      bytes = Array(json.onOneLine.bytes)
      screen.note(StyledText("newlines became blanks: this server reads a message a line", .note))
    }
    var statement = Statement(action: .raw(text))
    statement.capture = capture
    return try await send(Outgoing(raw: bytes), CallOptions(), statement)
  }
}

extension Complaint {
  /// A line that can't be read, with the place marked below it.
  init(_ error: SyntaxError, line: String) {
    self.init(Self.marked(error.message, error.range, line), hint: error.hint)
  }

  /// A message with the part of the line it is about.
  static func marked(_ message: String, _ range: Range<Int>?, _ line: String) -> String {
    guard let range, range.lowerBound <= line.utf8.count else { return message }
    let bytes = Array(line.utf8)
    let lineStart = bytes[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = bytes[range.lowerBound...].firstIndex(of: 0x0A) ?? bytes.count
    // Long lines are cut to the neighbourhood of the place.
    let start = max(lineStart, range.lowerBound - 50)
    let end = min(lineEnd, range.lowerBound + 30)
    let shown = SafeText.escape(bytes: Array(bytes[start..<end]))
    let before = displayWidth(SafeText.escape(bytes: Array(bytes[start..<range.lowerBound])))
    let marked = Array(bytes[range.lowerBound..<max(range.lowerBound, min(range.upperBound, end))])
    let carets = String(repeating: "^", count: max(1, displayWidth(SafeText.escape(bytes: marked))))
    return "\(message)\n  \(shown)\n  \(String(repeating: " ", count: before))\(carets)"
  }
}
