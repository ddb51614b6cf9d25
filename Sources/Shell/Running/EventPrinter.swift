import JSONRPC
import LosslessJSON
import Recording
import Session
import Synchronization
import Terminal
import View
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Shows what happens in a session as it happens: log lines, messages from the server, its standard
/// error, connections made and lost.
final class EventPrinter: Sendable {
  private struct State {
    /// Whether a call that just failed tells of the lost connection, which need not be said twice.
    var isTold = false
    var hasShownEcho = false
    var hasToldOfBackground = false
    var toldRules: Set<String> = []
    /// Why the log's file took nothing the last time, which need not be said of every line.
    var toldLogFailure: Int32?
    /// The latest call that has not ended, and the one that was said to wait still.
    var waiting: Int?
    var toldOfWaiting: Int?
  }

  private let screen: Screen
  private let settings: Shared<Settings>
  private let target: String
  private let state = Mutex(State())
  private let background: BackgroundCalls?
  private let workspace: Workspace?
  private let questions: QuestionQueue?
  private let refresh: CatalogRefresh?
  private let progress: ProgressLine
  private let flood: LineFlood
  private let mask: SharedMask
  private let metErrors: Shared<Bool>

  /// `background` holds the calls that leave the prompt free, `workspace` what a language server says,
  /// `mask` keeps secrets out of a log that is a file; `metErrors` is set once an error was told of
  /// what belongs to no call.
  init(
    screen: Screen, settings: Shared<Settings>, target: String,
    background: BackgroundCalls? = nil, questions: QuestionQueue? = nil,
    refresh: CatalogRefresh? = nil, workspace: Workspace? = nil,
    mask: SharedMask = SharedMask(), metErrors: Shared<Bool> = Shared(false)
  ) {
    self.metErrors = metErrors
    (self.background, self.questions, self.refresh) = (background, questions, refresh)
    (self.workspace, self.mask) = (workspace, mask)
    progress = ProgressLine(screen)
    flood = LineFlood { count in
      let lines = count == 1 ? "1 more line" : "\(count) more lines"
      screen.note(StyledText("… \(lines) came too fast to be shown", .warning))
    }
    self.screen = screen
    self.settings = settings
    self.target = target
  }

  private var text: ExchangeText {
    let width = screen.width
    // Two rows of the screen tell a message apart; `.last` has it whole.
    return ExchangeText(
      width: width, maxLogBytes: screen.isInteractive ? max(160, width * 2) : .max)
  }

  /// Shows one event.
  func note(_ event: SessionEvent) {
    if settings.value.json { return record(event) }
    switch event {
    case .sending(let exchange):
      if exchange.isOwn, exchange.kind != .notification {
        state.withLock { $0.waiting = exchange.number }
        progress.begin(exchange)
      }
      if isLogging, exchange.isOwn { log(text.sent(exchange.request)) }
      // Whoever was told to go need not be reported gone.
      if exchange.purpose == .handshake, ["exit", "build/exit"].contains(exchange.method) {
        state.withLock { $0.isTold = true }
      }
    case .ended(let exchange): ended(exchange)
    case .asked(let exchange): asked(exchange)
    case .remark(let remark): screen.note(Self.words(remark))
    case .diagnostic(let diagnostic): show(diagnostic)
    case .connecting(let peer, let again):
      state.withLock { $0.isTold = false }
      if again {
        screen.note(StyledText("connecting again to \(SafeText.escape(peer))", .note))
      }
    case .connected: break
    case .disconnected(let reason):
      progress.clear()
      disconnected(reason)
    }
  }

  /// Writes what was wrong beside the calls, whose own records come from who made them.
  private func record(_ event: SessionEvent) {
    switch event {
    case .ended(let exchange):
      guard !exchange.isOwn, exchange.purpose == .ordinary, exchange.isMalformed else { return }
      metErrors.value = true
      screen.write(ExchangeRecord.line(exchange) + [0x0A])
    case .diagnostic(let diagnostic):
      guard diagnostic.findings.contains(where: { $0.severity == .error }) else { return }
      metErrors.value = true
      screen.write(ExchangeRecord.line(diagnostic) + [0x0A])
    default: break
    }
  }

  private func mark(_ findings: [Finding]) {
    if findings.contains(where: { $0.severity == .error }) { metErrors.value = true }
  }

  private func ended(_ exchange: Exchange) {
    if exchange.isOwn {
      state.withLock { state in
        if state.waiting == exchange.number { state.waiting = nil }
        if case .failed = exchange.ending { state.isTold = true }
      }
      progress.end(exchange)
      guard isLogging else { return }
      for message in exchange.messages where !message.isUnasked {
        log(text.received(message, of: exchange))
      }
    } else if exchange.purpose == .ordinary {
      let news = workspace?.takeNews(of: exchange)
      // Who reads the log of a script wants the messages themselves, too.
      if let news, screen.isInteractive || settings.value.log != .on {
        return showNews(news, exchange)
      }
      defer { if let news { showNews(news, exchange) } }
      if exchange.kind == .serverRequest, [.user, nil].contains(exchange.answeredBy) {
        return answered(exchange)
      }
      if exchange.kind == .serverNotification, isKnownNews(exchange) { return }
      let isEcho = exchange.answer != nil
      if isEcho, isQuietEcho(exchange) { return }
      screen.note(unasked(exchange))
      if isEcho, exchange.answeredBy == .dialect, exchange.method != "roots/list" {
        screen.note(StyledText("keep-alives go on unseen; `.log` lists them all", .dim))
      }
      showFindings(exchange)
      if exchange.kind == .unmatched { tellOfWaiting() }
      if exchange.kind == .serverRequest, exchange.answer == nil {
        tellOfWaiting("the server asked something")
      }
      if exchange.holdsReply { tellOfWaiting("a notification came instead") }
    }
  }

  /// What is told of a message instead of its text, and what is wrong with that.
  private func showNews(_ lines: [StyledText], _ exchange: Exchange) {
    for line in lines { screen.note(line) }
    showFindings(exchange)
  }

  /// Shows a notification that MCP gives a meaning; false if it is none of those.
  private func isKnownNews(_ exchange: Exchange) -> Bool {
    guard case .notification(let call)? = exchange.messages.first?.message else { return false }
    switch call.method {
    case "notifications/message":
      screen.note(ServerLogText.lines(call, limit: text.maxLogBytes))
      return true
    case "notifications/progress" where screen.isInteractive && !settings.value.plain:
      progress.show(call)
      return true
    case "notifications/subscriptions/acknowledged": return true
    case let method where CatalogRefresh.isNews(method) && refresh != nil:
      refresh?.plan()
      // A person is told what changed, when that is known.
      return screen.isInteractive
    default: return false
    }
  }

  /// Shows a question of the server's, and how it can be answered if it is not asked at once.
  private func asked(_ exchange: Exchange) {
    guard case .request(let call)? = exchange.messages.first?.message else { return }
    let question = Question(call)
    let lines = text.unasked(exchange).lines
    // The answer that stands behind a request takes a shell.
    guard settings.value.isShell else { return screen.note(lines[0]) }
    if isLogging { screen.note(lines[0]) }
    showFindings(exchange)
    if questions?.take(exchange.number) == true { return }
    if case .other = question {
      let rest = unasked(exchange).lines.dropFirst(isLogging ? 1 : 0)
      screen.note(StyledText(lines: Array(rest)))
    } else {
      screen.note(QuestionText.introduction(question, call, width: screen.width, isOpen: false))
    }
    screen.note(QuestionText.waiting(exchange.number, question))
  }

  /// Shows what a person answered; the question was shown when it came.
  private func answered(_ exchange: Exchange) {
    if exchange.ending == .cancelled {
      screen.note(
        StyledText("the question \(exchange.number) was taken back, or its connection lost", .note))
    } else if isLogging, let answer = exchange.answer {
      log(text.sent(answer))
    }
  }

  private func showFindings(_ exchange: Exchange) {
    mark(exchange.findings)
    for finding in exchange.findings {
      // That this side hung up inside a message is no news to who sees the message end there.
      if finding.rule == WireRule.cutShort.rawValue, finding.severity == .note { continue }
      let bytes = exchange.messages.first?.frame.bytes ?? []
      screen.note(FindingText.draw(finding, in: bytes, width: screen.width))
    }
  }

  private static func words(_ remark: SessionRemark) -> StyledText {
    switch remark {
    case .sessionForgotten:
      StyledText("the server no longer knows the session: it is greeted anew", .warning)
    case .listeningGivenUp:
      StyledText(
        "the stream for the server's own messages broke too often: it is not opened again",
        .warning)
    case .answerNotTaken(let number, let status):
      StyledText("the answer to request \(number) was not taken: HTTP \(status)", .warning)
    }
  }

  /// The message, with how to answer it where one can.
  private func unasked(_ exchange: Exchange) -> StyledText {
    var lines = text.unasked(exchange).lines
    guard exchange.kind == .serverRequest, exchange.answer == nil else {
      return StyledText(lines: lines)
    }
    let isFirst = !state.withLock { $0.hasToldOfBackground } && screen.isInteractive
    if isFirst, background?.running.isEmpty != false {
      state.withLock { $0.hasToldOfBackground = true }
      lines.append(
        StyledText("    a call that ends with & leaves the prompt free to answer", .dim))
    }
    return StyledText(lines: lines)
  }

  /// A keep-alive that was answered is worth a line once, and only to who reads the log.
  private func isQuietEcho(_ exchange: Exchange) -> Bool {
    guard exchange.answeredBy == .dialect, exchange.method != "roots/list" else { return false }
    return settings.value.log == .off
      || state.withLock { state in
        defer { state.hasShownEcho = true }
        return state.hasShownEcho
      }
  }

  private func show(_ diagnostic: Diagnostic) {
    if diagnostic.isBlank, diagnostic.source == .stray {
      return tellOfWaiting("an empty line came")
    }
    if screen.isInteractive, !flood.admits() { return }
    // A remark about what is still to come has no bytes.
    if !diagnostic.bytes.isEmpty {
      var line = StyledText(diagnostic.source == .stderr ? "stderr| " : "stray| ", .note)
      let bytes = SafeText.withoutStyles(diagnostic.bytes)
      line.append(SafeText.escape(bytes: bytes, .text), .serverText)
      screen.note(line)
    }
    mark(diagnostic.findings)
    // What every line of a log deserves is said of the first.
    let news = diagnostic.findings.filter { finding in
      state.withLock { $0.toldRules.insert(finding.rule + finding.message).inserted }
    }
    for var finding in news {
      // The line above shows it.
      if finding.evidence == nil || finding.evidence == diagnostic.bytes {
        (finding.range, finding.evidence) = (nil, nil)
      }
      screen.note(FindingText.draw(finding, in: diagnostic.bytes, width: screen.width))
    }
    if diagnostic.source == .stray { tellOfWaiting() }
  }

  /// Says soon, if what came was not followed by the reply, that a call still waits for it.
  private func tellOfWaiting(_ came: String? = nil) {
    guard screen.isInteractive else { return }
    let untold = state.withLock { state -> Int? in
      guard state.waiting != state.toldOfWaiting else { return nil }
      if state.waiting != nil { state.toldOfWaiting = state.waiting }
      return state.waiting
    }
    guard let number = untold else { return }
    Task { [self] in
      try? await Task.sleep(for: .milliseconds(300))
      if state.withLock({ $0.waiting }) == number {
        let words = (came.map { "\($0), and " } ?? "") + "the call still waits for its reply"
        screen.note(StyledText("\(words); Ctrl-C cancels it", .dim))
      }
    }
  }

  private func disconnected(_ reason: CloseReason) {
    let wasTold = state.withLock { state in
      defer { state.isTold = false }
      return state.isTold
    }
    if wasTold { return }
    switch reason {
    case .asked: break
    case .failed(let error):
      screen.note(Complaint(error, target: target, isShell: settings.value.isShell).text)
    case .byPeer(let unread):
      let rest = unread > 0 ? ", in the middle of a message of \(unread) bytes so far" : ""
      screen.note(StyledText("the server closed the connection\(rest)", .warning))
    case .exited(let status, let unread):
      let rest = unread > 0 ? ", in the middle of a message of \(unread) bytes so far" : ""
      screen.note(StyledText("the server exited with status \(status)\(rest)", .warning))
    case .signalled(let signal, _):
      screen.note(
        StyledText("the server was ended by \(Complaint.signalName(signal))", .warning))
    }
  }

  private var isLogging: Bool { settings.value.log != .off }

  private func log(_ line: StyledText) {
    switch settings.value.log {
    case .off: break
    case .on: screen.note(line)
    case .file(let path):
      let text = mask.masked(line.plain)
      let bytes = Array((text + "\n").utf8)
      let failure = Self.append(bytes, to: path)
      let isNews = state.withLock { state in
        defer { state.toldLogFailure = failure }
        return state.toldLogFailure != failure
      }
      guard isNews, let failure else { return }
      let reason = Complaint.systemText(failure)
      screen.note(
        Complaint(
          "the log \(path) can't be written: \(reason)",
          hint: "`.set log on` ends it, or name another"
        ).text)
    }
  }

  /// Adds to a file; the errno of what hindered that, or nil.
  private static func append(_ bytes: [UInt8], to path: String) -> Int32? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    return Screen.write(bytes, to: descriptor)
  }
}

extension Exchange {
  /// Whether it is a notification that holds what belongs into a reply.
  fileprivate var holdsReply: Bool {
    guard case .notification(let call)? = messages.first?.message, let params = call.params,
      params.kind == .object
    else { return false }
    return params["id"] != nil && (params["result"] != nil || params["error"] != nil)
  }
}

extension ReceivedMessage {
  /// Whether it is a notification or a request, which were shown as they came.
  var isUnasked: Bool {
    switch message {
    case .notification, .request: true
    default: false
    }
  }
}
