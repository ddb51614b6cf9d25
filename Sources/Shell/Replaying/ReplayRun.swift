import LosslessJSON
import Recording
import Session
import Terminal
import Wire

/// One run of a recording against a server: sends, compares, shows.
///
/// Used from one task at a time.
final class ReplayRun {
  /// What is sent, and over what.
  struct Source {
    var plan: ReplayPlan
    var secrets: ReplaySecrets
    /// The secrets' values by their masks.
    var values: [String: String]
    var client: Client
    /// Header fields that go with every request.
    var headers: [HeaderField] = []
    /// The target's name, for messages.
    var target: String
    /// What is masked in what is shown.
    var rules: MaskRules
    /// What the sessions are called.
    var names: (old: String, new: String)
  }

  private let source: Source
  private let options: ReplayOptions
  private let comparison: ExchangeDiff.Options
  private let screen: Screen
  private let report: ComparisonReport
  private let progress: ReplayProgress
  private var mask: ExchangeMask
  private let hasMasks: Bool
  private var update: RecordingUpdate?
  private(set) var status = ExitStatus.ok
  private var taken = 0
  private var failure: Complaint?

  init(_ source: Source, _ options: ReplayOptions, _ screen: Screen) throws(Complaint) {
    self.source = source
    self.options = options
    self.screen = screen
    comparison = try options.comparison.comparison()
    report = ComparisonReport(options.comparison, screen, names: source.names)
    let lists = options.comparison.listsSame && screen.isTerminal && !options.comparison.isJSON
    progress = ReplayProgress(total: source.plan.steps.count, isOn: !lists && !screen.isInteractive)
    mask = ExchangeMask(source.rules)
    hasMasks = source.plan.steps.contains { !$0.recorded.masked.isEmpty }
    update = options.updates ? RecordingUpdate(rules: source.rules) : nil
  }

  /// Sends all, until Ctrl-C says otherwise; shows what came of it.
  func run(_ interruption: Interruption) async throws(Complaint) {
    let replayer = Replayer(
      source.plan, over: source.client,
      options: Replayer.Options(
        isPaced: options.isPaced, concurrency: options.concurrency, secrets: source.values,
        headers: { [source = HeaderSource(source)] in source.headers(of: $0) }))
    let (stop, stopper) = AsyncStream.makeStream(of: Void.self)
    let ending = await interruption.during({ stopper.yield() }) {
      await replayer.run(until: stop) { take($0) }
    }
    progress.clear()
    if let failure { throw failure }
    try conclude(ending)
  }

  /// What of a source is needed to make header fields, from any task.
  private struct HeaderSource: Sendable {
    let own: ReplaySecrets
    let values: [String: String]
    let common: [HeaderField]

    init(_ source: Source) {
      (own, values, common) = (source.secrets, source.values, source.headers)
    }

    func headers(of step: ReplayPlan.Step) -> [HeaderField] {
      common + own.headers(of: step, secrets: values)
    }
  }

  // MARK: - Each

  private func take(_ outcome: Replayer.Outcome) -> Bool {
    let recorded = outcome.step.recorded
    let new = outcome.exchange
    if taken == 0, case .failed(let error) = new.ending, Self.isUnreachable(error),
      recorded.exchange.status != .unreachable
    {
      failure = Complaint(error, target: source.target, isShell: false)
      return false
    }
    taken += 1
    // What was masked then is masked now; secrets are learnt from every exchange.
    let masked = hasMasks ? mask.masked(new).exchange : new
    let isMasked = recorded.masked.contains { !$0.part.hasPrefix("request") }
    let compared = ComparedExchange(
      recorded.exchange, isMasked ? masked : new, options: comparison)
    let accepts = compared.verdict != .same && compared.verdict != .failed
    update?.take(new, for: recorded, accepting: accepts)
    if compared.verdict != .same || !carryNotes(outcome).isEmpty { progress.clear() }
    report.take(compared, notes: carryNotes(outcome))
    progress.note(done: taken, differences: report.tally.differences)
    guard compared.verdict != .same else { return true }
    if !(accepts && options.updates) { status = status.combined(with: Self.status(compared)) }
    return !options.stops
  }

  /// Whether nobody is there, rather than somebody who broke off.
  private static func isUnreachable(_ error: WireError) -> Bool {
    switch error {
    case .unknownHost, .connectFailed, .connectTimedOut, .tls, .spawnFailed, .missingLibrary,
      .badFile, .badTarget, .unsupported:
      true
    default: false
    }
  }

  private static func status(_ compared: ComparedExchange) -> ExitStatus {
    guard let old = compared.old?.status, let new = compared.new?.status, new != old else {
      return .differed
    }
    switch new {
    case .unreachable, .refused, .malformed: return new
    default: return .differed
    }
  }

  private func carryNotes(_ outcome: Replayer.Outcome) -> [StyledText] {
    let steps = source.plan.steps
    func words(_ value: CarriedValue) -> String {
      "\(value.toPath) from $\(value.fromPath) of \(steps[value.from].number)"
    }
    let isMasked = outcome.step.recorded.masked.contains { $0.part == "request" }
    return outcome.text.carried.map { value, new in
      let shown =
        isMasked ? StyledText() : StyledText(": ") + JSONPreview.text(new)
      return StyledText("carried \(SafeText.escape(words(value)))", .dim) + shown
    }
      + outcome.text.notCarried.map {
        StyledText(
          "not carried: \(SafeText.escape(words($0))) did not come; sent as recorded", .warning)
      }
  }

  // MARK: - The end

  private func conclude(_ ending: Replayer.Ending) throws(Complaint) {
    let rest = source.plan.steps.dropFirst(taken)
    if ending != .complete {
      for step in rest {
        report.take(
          ComparedExchange(missing: step.recorded.exchange, isUnsent: true), quietly: true)
      }
    }
    try report.finish()
    switch ending {
    case .complete, .stopped: break
    case .gaveUp:
      screen.note(
        StyledText("the connection failed too often: \(rest.count) were not sent", .error))
      status = status.combined(with: .unreachable)
    case .cancelled:
      screen.note(StyledText("interrupted: \(rest.count) were not sent", .warning))
      status = status.combined(with: .interrupted)
    }
  }

  /// Puts the replies that were different into the recording.
  func accept(into path: String) throws(Complaint) {
    guard let update else { return }
    guard update.count > 0 else {
      return screen.note(StyledText("nothing is different: \(SafeText.escape(path)) stays", .dim))
    }
    let backup = try Complaint.wrapping { () throws(RecordingError) in try update.write(to: path) }
    let count = update.count == 1 ? "1 reply" : "\(update.count) replies"
    screen.note(
      StyledText(
        "\(count) accepted in \(SafeText.escape(path)); what it was is \(SafeText.escape(backup))",
        .success))
  }
}
