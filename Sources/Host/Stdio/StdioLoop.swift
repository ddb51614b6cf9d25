import JSONRPC

/// The state of a stdio host: which calls run and how far its end has come.
struct StdioLoop {
  private let answering: StreamAnswering
  private let grace: Duration
  private let writer: OutputThread
  private let flow: FlowControl
  private let emit: @Sendable (StdioEvent) -> Void
  private let peer: Peer
  private var running = 0
  private var isTakenBack = false
  private var isFinishing = false
  /// Why it ends, once it does.
  private(set) var ending: StdioHost.Ending?

  init(
    answering: StreamAnswering, grace: Duration, writer: OutputThread, flow: FlowControl,
    emit: @escaping @Sendable (StdioEvent) -> Void
  ) {
    self.answering = answering
    self.grace = grace
    self.writer = writer
    self.flow = flow
    self.emit = emit
    peer = Peer(name: "stdio", transport: Transport("stdio")) { writer.put($0, isAnswer: false) }
  }

  /// Takes one event. True when all is over.
  mutating func take(_ event: StdioEvent) -> Bool {
    switch event {
    case .message(let bytes): start(bytes)
    case .oversize(let limit):
      answering.refuse(.invalidRequest, "a message has at most \(limit) bytes here", from: peer)
    case .unfinished:
      answering.refuse(.parseError, "the input ended inside a message", from: peer)
    case .answered: running -= 1
    case .ending(let reason):
      if end(reason) { return true }
    case .graceOver:
      // Nothing runs when it is only the client that doesn't read what waits for it.
      if isTakenBack || running == 0 { return true }
      takeBack()
    case .drained: return true
    }
    if ending != nil, running == 0, !isFinishing {
      isFinishing = true
      writer.finish()
    }
    return false
  }

  private mutating func start(_ bytes: [UInt8]) {
    // What was read before the end was noticed is still answered, unless all is to end at once.
    running += 1
    startCall { [answering, peer, flow, emit] in
      await answering.answer(bytes, from: peer)
      flow.callEnded()
      emit(.answered)
    }
  }

  /// True if there is nothing to wait for.
  private mutating func end(_ reason: StdioHost.Ending) -> Bool {
    let isSecondSignal = if case .signal = ending, case .signal = reason { true } else { false }
    if ending == nil || ending == .endOfInput { ending = reason }
    peer.close()
    switch reason {
    case .endOfInput: break
    case .signal: isSecondSignal ? takeBack() : startGrace()
    case .outputFailed: takeBack()
    case .hungUp: return true
    }
    return false
  }

  private mutating func takeBack() {
    isTakenBack = true
    peer.cancelAll()
    startGrace()
  }

  private func startGrace() {
    Task { [grace, emit] in
      try? await Task.sleep(for: grace)
      emit(.graceOver)
    }
  }
}
