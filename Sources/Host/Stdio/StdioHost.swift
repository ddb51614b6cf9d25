public import JSONRPC
public import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Serves one client over two descriptors, by default standard input and output. Calls run at once
/// and are answered as they end.
public struct StdioHost: Sendable {
  /// Why serving ended.
  public enum Ending: Sendable, Hashable {
    /// The client closed its end; everything it asked was answered.
    case endOfInput
    /// A signal came, SIGTERM or SIGINT; what was running got its time.
    case signal(Int32)
    /// The client no longer reads; the number is errno.
    case outputFailed(Int32)
    /// A method hung up.
    case hungUp
  }

  /// The service that answers.
  public let service: Service
  /// Where messages come from.
  public var input: Int32 = 0
  /// Where answers go. Nothing else may write there.
  public var output: Int32 = 1
  /// How messages are told apart: one a line, or each after its `Content-Length`.
  public var framing = FramingName.lines
  /// The longest message that is taken; a longer one is refused and passed over.
  public var maxMessage = 64 << 20
  /// The most messages worked on at once; reading waits while there are more.
  public var maxInFlight = 256
  /// How much output may wait for a slow client before reading waits too. It ends when methods send
  /// four times as much unasked.
  public var maxQueued = 16 << 20
  /// How long calls may go on after a signal before they are taken back, and once more before they
  /// are left alone.
  public var grace = Duration.seconds(5)
  /// Whether SIGTERM and SIGINT end it cleanly. Only one host of a process can.
  public var catchesSignals = true
  /// What is wrong with its answers.
  public var faults = FaultPlan()
  /// Answers in the service's place, as a recording did.
  public var replay: ReplayMock?
  /// Is told of every message and answer.
  public var observer: HostObserver?

  /// A host for that service.
  public init(_ service: Service) { self.service = service }

  /// Serves until the client or a signal ends it. All output is then written. It leaves the actor of
  /// its caller, because changing threads twice for each call would take longer than the call.
  @concurrent
  public func run() async -> Ending {
    signal(SIGPIPE, SIG_IGN)
    let (events, sink) = AsyncStream.makeStream(of: StdioEvent.self)
    let emit: @Sendable (StdioEvent) -> Void = { sink.yield($0) }
    let wake = WakePipe()
    let flow = FlowControl(maxCalls: maxInFlight, maxBytes: maxQueued, input: wake)
    let framing = framing.makeForServer(limit: maxMessage)
    let writer = OutputThread(output: output, framing: framing, flow: flow, emit: emit)
    let reader = InputThread(input: input, framing: framing, wake: wake, flow: flow, emit: emit)
    let watch = catchesSignals ? SignalWatch(wake) : nil
    startThread { writer.run() }
    startThread {
      var reader = reader
      reader.run()
    }
    let answering = StreamAnswering(
      responder: Responder(service, faults: faults, replay: replay, observer: observer),
      framing: framing,
      output: { writer.put($0) }, observer: observer)
    var loop = StdioLoop(
      answering: answering, grace: grace, writer: writer, flow: flow, emit: emit)
    for await event in events where loop.take(event) { break }
    watch?.end()
    wake.wake(InputThread.stop)
    writer.finish()
    return loop.ending ?? .endOfInput
  }
}
