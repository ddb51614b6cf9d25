import JSONRPC
import LosslessJSON
public import Session
public import Wire

/// Sends the steps of a plan through a client, and hands over what comes of each.
public struct Replayer: Sendable {
  /// How they are sent.
  public struct Options: Sendable {
    /// Whether steps are sent no sooner than they were then.
    public var isPaced: Bool
    /// How many may be under way at once. Nil for as it was: a step waits for those that had ended
    /// before it was sent then, and for no others.
    public var concurrency: Int?
    /// The secrets, by their masks.
    public var secrets: [String: String]
    /// Header fields of a step's own.
    public var headers: @Sendable (ReplayPlan.Step) -> [HeaderField]
    /// After so many failures of the transport in a row nothing more is sent.
    public var mostFailures: Int

    /// As fast as the server answers, in the order of then.
    public init(
      isPaced: Bool = false, concurrency: Int? = nil, secrets: [String: String] = [:],
      headers: @escaping @Sendable (ReplayPlan.Step) -> [HeaderField] = { _ in [] },
      mostFailures: Int = 3
    ) {
      self.isPaced = isPaced
      self.concurrency = concurrency
      self.secrets = secrets
      self.headers = headers
      self.mostFailures = mostFailures
    }
  }

  /// What came of a step.
  public struct Outcome: Sendable {
    /// The step.
    public let step: ReplayPlan.Step
    /// The new exchange.
    public let exchange: Exchange
    /// What was put into the request, and what could not be.
    public let text: ReplayPlan.Text
  }

  /// How a run ended.
  public enum Ending: Sendable, Equatable {
    /// All steps were sent.
    case complete
    /// The taker wanted no more.
    case stopped
    /// The transport failed too often.
    case gaveUp
    /// It was asked to end.
    case cancelled
  }

  private let plan: ReplayPlan
  private let client: Client
  private let options: Options

  /// A run of a plan over a client.
  public init(_ plan: ReplayPlan, over client: Client, options: Options = Options()) {
    (self.plan, self.client, self.options) = (plan, client, options)
  }

  /// Sends the steps, and hands each outcome over in the order of the steps until `take` says no.
  ///
  /// With the first word of `stop`, or when the task is cancelled, no more is sent; what was under way
  /// is given up and not handed over.
  public func run(
    until stop: AsyncStream<Void> = AsyncStream { _ in }, _ take: (Outcome) -> Bool
  ) async -> Ending {
    await client.open()
    return await withTaskGroup(of: Event.self) { group in
      var run = Run(plan: plan, options: options)
      defer { group.cancelAll() }
      group.addTask {
        for await _ in stop { break }
        return .stop
      }
      while !run.isComplete {
        for step in run.startable() { start(step, &run, &group) }
        if let wait = run.neededWait() {
          group.addTask {
            try? await Task.sleep(for: wait)
            return .due
          }
        }
        switch await group.next() {
        case .stop?, nil: return .cancelled
        case .due?: run.isWaiting = false
        case .ended(let outcome)?: run.end(outcome)
        }
        if Task.isCancelled { return .cancelled }
        while let outcome = run.nextInOrder() {
          if !take(outcome) { return .stopped }
        }
        if run.failures >= options.mostFailures, !run.isComplete { return .gaveUp }
      }
      return .complete
    }
  }

  private enum Event: Sendable {
    case ended(Outcome)
    case due
    case stop
  }

  private func start(
    _ step: ReplayPlan.Step, _ run: inout Run, _ group: inout TaskGroup<Event>
  ) {
    let text = plan.text(of: step, in: run.context) { client.nextID() }
    for (old, new) in text.ids { run.context.ids[old] = new }
    let exchange = step.recorded.exchange
    let outgoing = ReplayMessage.outgoing(text.bytes, exchange, client.dialect)
    let call = CallOptions(
      timeout: Self.patience(exchange), headers: options.headers(step))
    let send: @Sendable () async -> Event = { [client] in
      .ended(Outcome(step: step, exchange: await client.send(outgoing, options: call), text: text))
    }
    // Begun at once, so that messages leave in order.
    if #available(macOS 26, *) {
      group.addImmediateTask { await send() }
    } else {
      group.addTask { await send() }
    }
  }

  /// What was waited for in vain then is not waited for longer now.
  private static func patience(_ exchange: Exchange) -> Duration? {
    switch exchange.ending {
    case .timedOut(let time): max(time, .milliseconds(10))
    case .cancelled: max(exchange.duration ?? .zero, .milliseconds(50))
    default: nil
    }
  }

  /// How far a run has come.
  private struct Run {
    let plan: ReplayPlan
    let options: Options
    var context: ReplayPlan.Context
    let start = ContinuousClock.now
    /// The next step to send.
    private var next = 0
    private var running: Set<Int> = []
    private var ended: [Int: Outcome] = [:]
    /// The next step to hand over.
    private var handed = 0
    /// Whether a clock runs for the next step.
    var isWaiting = false
    /// Failures of the transport in a row.
    private(set) var failures = 0

    init(plan: ReplayPlan, options: Options) {
      (self.plan, self.options) = (plan, options)
      context = ReplayPlan.Context(secrets: options.secrets)
    }

    /// Whether every step was handed over.
    var isComplete: Bool { handed == plan.steps.count }

    /// The steps that are to be sent now.
    mutating func startable() -> [ReplayPlan.Step] {
      var steps: [ReplayPlan.Step] = []
      while next < plan.steps.count, mayStart(plan.steps[next]) {
        let step = plan.steps[next]
        steps.append(step)
        running.insert(next)
        next += 1
      }
      return steps
    }

    private func mayStart(_ step: ReplayPlan.Step) -> Bool {
      if step.carried.contains(where: { running.contains($0.from) }) { return false }
      if options.isPaced, ContinuousClock.now < start + step.offset { return false }
      if let most = options.concurrency { return running.count < most }
      // Clocks are no better than that.
      return running.allSatisfy { plan.steps[$0].end > step.offset + .microseconds(20) }
    }

    /// How long to wait for the next step, if it is only a question of time.
    mutating func neededWait() -> Duration? {
      guard options.isPaced, !isWaiting, next < plan.steps.count else { return nil }
      let wait = start + plan.steps[next].offset - .now
      guard wait > .zero else { return nil }
      isWaiting = true
      return wait
    }

    mutating func end(_ outcome: Outcome) {
      let place = outcome.step.place
      running.remove(place)
      ended[place] = outcome
      if plan.sources.contains(place) {
        context.replies[place] = ReplayDocument.reply(outcome.exchange)
      }
      if case .failed = outcome.exchange.ending, !outcome.hadFailed {
        failures += 1
      } else {
        failures = 0
      }
    }

    mutating func nextInOrder() -> Outcome? {
      guard let outcome = ended.removeValue(forKey: handed) else { return nil }
      handed += 1
      return outcome
    }
  }
}

extension Replayer.Outcome {
  /// Whether the transport had failed then, too.
  fileprivate var hadFailed: Bool {
    if case .failed = step.recorded.exchange.ending { true } else { false }
  }
}
