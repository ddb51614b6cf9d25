import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sending side of a stream channel, shared by its callers and its I/O thread.
///
/// A send writes at once, on the caller's thread, while nothing waits before it; the rest is queued
/// for the I/O thread. What finished is collected here, since only that thread may tell the sink.
final class Outbox: Sendable {
  typealias Done = (id: SendID, outcome: SendOutcome)

  /// What the I/O thread finds before it sleeps.
  struct Intake: Sendable {
    var done: [Done]
    var hasWaiting: Bool
    var closing: Duration?
    var broken: Int32?
    var rest: Rest
  }

  /// How the I/O thread rests.
  ///
  /// Waking it costs a third of a round trip, so after each turn it naps for a moment first: the
  /// reply to a send that is written already wakes it soon enough, or else the end of the nap.
  enum Rest: Sendable { case none, nap, sleep }

  private let queueLimit: Int
  private let state = Mutex(State())

  init(queueLimit: Int) { self.queueLimit = queueLimit }

  // MARK: Callers

  func send(_ id: SendID, _ bytes: [UInt8]) {
    let start = ContinuousClock.now
    state.withLock { state in
      switch state.phase {
      case .over: return
      case .refusing(let error): state.finish(id, start, error)
      case .waiting, .open, .broken:
        if state.waitingBytes > 0, state.waitingBytes + bytes.count > queueLimit {
          state.finish(id, start, .tooLarge(limit: queueLimit))
        } else {
          state.enqueue(Entry(id: id, bytes: bytes, start: start))
          if state.queue.count == 1 { state.flush() }
          // Written whole: that this is told can wait for the end of a nap.
          if state.queue.isEmpty, state.rest == .nap { return }
        }
      }
      state.wake()
    }
  }

  /// Finishes a send with an error without sending anything.
  func refuse(_ id: SendID, _ error: WireError) {
    state.withLock { state in
      state.finish(id, .now, error)
      state.wake()
    }
  }

  func cancel(_ id: SendID) {
    state.withLock { state in
      guard state.cancel(id) else { return }
      state.wake()
    }
  }

  func askToClose(_ grace: Duration) {
    state.withLock { state in
      guard state.closing == nil else { return }
      state.closing = max(grace, .zero)
      state.wake()
    }
  }

  /// Wakes the I/O thread, whatever it waits for.
  func wake() {
    state.withLock { state in
      state.news = true
      state.wake()
    }
  }

  var isClosing: Bool { state.withLock { $0.closing != nil } }

  // MARK: The I/O thread

  /// Names the descriptor that wakes the I/O thread.
  func attach(wake fd: Int32) { state.withLock { $0.wakeDescriptor = fd } }

  /// Names the descriptor that takes the bytes, and writes what waited for it.
  func open(_ fd: Int32) {
    state.withLock { state in
      state.phase = .open(fd)
      state.flush()
    }
  }

  /// Gives what happened, and lets the thread rest so if there is nothing to do first.
  func prepareToRest(_ rest: Rest, closingKnown: Bool, brokenKnown: Bool) -> Intake {
    withPatience { state in
      let newClosing = closingKnown ? nil : state.closing
      let newBroken = brokenKnown ? nil : state.brokenCode
      let isIdle = state.done.isEmpty && newClosing == nil && newBroken == nil && !state.news
      state.rest = isIdle ? rest : .none
      state.news = false
      return Intake(
        done: state.takeDone(), hasWaiting: state.canFlush, closing: newClosing,
        broken: newBroken, rest: state.rest)
    }
  }

  /// Marks the thread as awake and gives what finished meanwhile.
  ///
  /// Called after bytes were read and before they are told: the write that they answer is over.
  func awake() -> [Done] {
    withPatience { state in
      state.rest = .none
      return state.takeDone()
    }
  }

  /// Says that the wake pipe was emptied, and marks the thread as awake.
  func wakeHeard() {
    withPatience { state in
      state.woken = false
      state.rest = .none
    }
  }

  /// Writes what waits, as far as the descriptor takes it.
  func flush() { state.withLock { $0.flush() } }

  var isEmpty: Bool { state.withLock { $0.queue.isEmpty } }

  /// Ends the output and gives its descriptor back.
  ///
  /// What waits and what comes later finishes with the error.
  func shut(_ error: WireError) -> Int32? {
    state.withLock { state in
      guard state.isAlive else { return nil }
      state.failAll(error)
      defer { state.phase = .refusing(error) }
      switch state.phase {
      case .open(let fd), .broken(_, let fd): return fd
      case .waiting, .refusing, .over: return nil
      }
    }
  }

  /// Ends everything; sends made later get no answer, since `.closed` is the last event.
  func end(_ error: WireError) -> [Done] {
    state.withLock { state in
      state.failAll(error)
      state.phase = .over
      state.wakeDescriptor = -1
      return state.takeDone()
    }
  }

  /// Takes the lock like `withLock`, but steps aside while a caller has it.
  ///
  /// The caller that woke us with its write often still holds it, and a spinning lock would keep
  /// it from the processor.
  private func withPatience<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
    for _ in 0..<100 {
      if let value = state.withLockIfAvailable({ body(&$0) }) { return value }
      sched_yield()
    }
    return state.withLock { body(&$0) }
  }
}

extension Outbox {
  private struct Entry {
    var id: SendID?
    var bytes: [UInt8]
    var offset = 0
    var start: ContinuousClock.Instant
  }

  private enum Phase {
    case waiting
    case open(Int32)
    /// Writing failed; entries are kept a moment, until it is known why.
    case broken(Int32, fd: Int32)
    case refusing(WireError)
    case over
  }

  /// Everything behind the lock.
  private struct State {
    var phase = Phase.waiting
    var queue: ArraySlice<Entry> = []
    var waitingBytes = 0
    var done: [Done] = []
    var closing: Duration?
    var wakeDescriptor: Int32 = -1
    var rest = Rest.none
    var woken = false
    var news = false

    var isAlive: Bool {
      switch phase {
      case .waiting, .open, .broken: true
      case .refusing, .over: false
      }
    }

    var brokenCode: Int32? { if case .broken(let code, _) = phase { code } else { nil } }

    var canFlush: Bool { if case .open = phase { !queue.isEmpty } else { false } }

    mutating func takeDone() -> [Done] {
      guard !done.isEmpty else { return [] }
      let taken = done
      done = []
      return taken
    }

    mutating func enqueue(_ entry: Entry) {
      waitingBytes += entry.bytes.count
      queue.append(entry)
    }

    mutating func finish(
      _ id: SendID, _ start: ContinuousClock.Instant, _ error: WireError?, written: Bool = false
    ) {
      var timings = Timings(start: start)
      if written { timings.written = .now - start }
      done.append((id, SendOutcome(timings: timings, error: error)))
    }

    /// Writes from the front of the queue until it is empty or the descriptor is full.
    mutating func flush() {
      guard case .open(let fd) = phase else { return }
      while let index = queue.indices.first {
        let before = queue[index].offset
        let result = Descriptor.write(fd, queue[index].bytes, &queue[index].offset)
        waitingBytes -= queue[index].offset - before
        switch result {
        case .wouldBlock: return
        case .failed(let code):
          phase = .broken(code, fd: fd)
          return
        case .all:
          let entry = queue.removeFirst()
          if let id = entry.id { finish(id, entry.start, nil, written: true) }
        }
      }
      if queue.isEmpty { queue = [] }
    }

    /// Drops a send that has not begun; one that has goes on without its name, since the peer
    /// could not make sense of half a message.
    mutating func cancel(_ id: SendID) -> Bool {
      guard let index = queue.firstIndex(where: { $0.id == id }) else { return false }
      finish(id, queue[index].start, .cancelled)
      if queue[index].offset > 0 {
        queue[index].id = nil
      } else {
        waitingBytes -= queue[index].bytes.count
        queue.remove(at: index)
      }
      return true
    }

    mutating func failAll(_ error: WireError) {
      for entry in queue { if let id = entry.id { finish(id, entry.start, error) } }
      queue = []
      waitingBytes = 0
    }

    mutating func wake() {
      guard rest != .none, !woken, wakeDescriptor >= 0 else { return }
      woken = true
      var offset = 0
      _ = Descriptor.write(wakeDescriptor, [1], &offset)
    }
  }
}
