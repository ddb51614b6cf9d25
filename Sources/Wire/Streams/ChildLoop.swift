#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The life of one child, from spawning to reaping, on its channel's thread.
struct ChildLoop {
  typealias Instant = ContinuousClock.Instant

  /// How long what is left in the pipes is read after the child ended, if others hold them open.
  private static let drain = Duration.milliseconds(150)
  /// How long a child that closed one of its pipes has to end by itself before we act.
  private static let linger = Duration.milliseconds(250)
  /// The grace of an ending that nobody asked for.
  private static let ownGrace = Duration.milliseconds(500)

  /// Why and how far the child is being ended.
  private struct Ending {
    enum Cause: Equatable { case asked, silent, tooLarge(Int) }
    enum Stage { case flush, inputShut, terminated, killed }

    var cause: Cause
    var began: Instant
    var grace: Duration
    var stage = Stage.flush

    /// When the next stage comes, or after the last one when waiting is given up.
    var deadline: Instant {
      switch stage {
      case .flush: began + grace / 2
      case .inputShut: began + grace
      case .terminated: began + grace * 3 / 2
      case .killed: began + max(grace * 2, .milliseconds(200))
      }
    }

    var wasForced: Bool { stage == .terminated || stage == .killed }
  }

  private let loop: StreamLoop
  private let child: ChildSpawn
  private var ending: Ending?
  private var silentSince: Instant?
  private var brokenSince: Instant?
  private var isInputBroken = false
  private var endedAt: Instant?

  /// Spawns the child and stays until the channel is closed.
  static func run(_ loop: StreamLoop, _ argv: [String], _ options: StreamOptions) {
    do throws(WireError) {
      let start = ContinuousClock.now
      if loop.outbox.isClosing {
        loop.finish(.asked, sends: .closed(.asked))
        return
      }
      let child = try ChildSpawn(argv, options)
      let opening = Opening(peer: "pid \(child.process.pid)", took: .now - start)
      var life = Self(loop, child)
      do throws(WireError) {
        try child.process.watch { [outbox = loop.outbox] in outbox.wake() }
      } catch {
        child.process.discard()
        for fd in [child.input, child.output, child.errors] { Descriptor.close(fd) }
        throw error
      }
      loop.sink(.opened(opening))
      life.live()
    } catch {
      loop.finish(.failed(error), sends: error)
    }
  }

  private init(_ loop: StreamLoop, _ child: ChildSpawn) {
    self.loop = loop
    self.child = child
  }

  private mutating func live() {
    loop.start(input: child.output, output: child.input, errors: child.errors)
    while !isOver {
      loop.turn(until: deadline)
      note(.now)
      advance(.now)
    }
    end()
  }

  private var deadline: Instant? {
    if let endedAt { return endedAt + Self.drain }
    return [
      ending?.deadline, silentSince.map { $0 + Self.linger }, brokenSince.map { $0 + Self.linger },
    ].compactMap { $0 }.min()
  }

  private var isOver: Bool {
    let now = ContinuousClock.now
    if let endedAt {
      let isDrained = loop.inputEnd != nil && loop.errorsEnded
      return isDrained || endedAt + Self.drain <= now
    }
    if let ending, ending.stage == .killed { return ending.deadline <= now }
    return false
  }

  /// Notes what the last turn brought.
  private mutating func note(_ now: Instant) {
    if endedAt == nil, child.process.hasEnded {
      endedAt = now
      // What the child wrote before its end is in the pipes already: one turn reads it.
      loop.turn(until: now)
    }
    if let grace = loop.closing, ending == nil || ending?.cause == .silent {
      ending = Ending(cause: .asked, began: now, grace: grace, stage: ending?.stage ?? .flush)
    }
    if loop.broken != nil, brokenSince == nil, !isInputBroken { brokenSince = now }
    guard loop.inputEnd != nil, ending == nil else { return }
    if case .tooLarge(let limit) = loop.inputEnd {
      ending = Ending(cause: .tooLarge(limit), began: now, grace: Self.ownGrace)
    } else if silentSince == nil {
      silentSince = now
    }
  }

  /// Does what is due.
  private mutating func advance(_ now: Instant) {
    guard endedAt == nil else { return }
    if let since = silentSince, since + Self.linger <= now {
      silentSince = nil
      if ending == nil { ending = Ending(cause: .silent, began: now, grace: Self.ownGrace) }
    }
    if let since = brokenSince, since + Self.linger <= now {
      brokenSince = nil
      isInputBroken = true
      shutInput(.ioFailed(operation: "write", errno: loop.broken ?? EPIPE))
    }
    while let ending, advance(ending, now) {}
  }

  /// Goes to the next stage of ending if its time has come.
  private mutating func advance(_ ending: Ending, _ now: Instant) -> Bool {
    switch ending.stage {
    case .flush:
      guard ending.deadline <= now || loop.outbox.isEmpty || ending.cause != .asked else {
        return false
      }
      shutInput(sendError(ending.cause))
      self.ending?.stage = .inputShut
    case .inputShut:
      guard ending.deadline <= now else { return false }
      child.process.signalGroup(SIGTERM)
      child.process.signalGroup(SIGCONT)
      self.ending?.stage = .terminated
    case .terminated:
      guard ending.deadline <= now else { return false }
      child.process.signalGroup(SIGKILL)
      self.ending?.stage = .killed
    case .killed:
      return false
    }
    return true
  }

  private func shutInput(_ error: WireError) {
    if let fd = loop.outbox.shut(error) { Descriptor.close(fd) }
  }

  private func sendError(_ cause: Ending.Cause) -> WireError {
    switch cause {
    case .asked: .closed(.asked)
    case .silent, .tooLarge: .closed(.byPeer)
    }
  }

  private mutating func end() {
    loop.finishInput()
    // Whoever is left of a group that had to be forced goes with it.
    if ending?.wasForced == true { child.process.signalGroup(SIGKILL) }
    let (reason, error) = verdict(child.process.reap())
    closePipes(error)
    loop.finish(reason, sends: error)
  }

  private func verdict(_ result: ChildProcess.Ending?) -> (CloseReason, WireError) {
    switch (ending?.cause, result) {
    case (.asked, _): return (.asked, .closed(.asked))
    case (.tooLarge(let limit), _):
      return (.failed(.tooLarge(limit: limit)), .tooLarge(limit: limit))
    case (.silent, _) where ending?.wasForced == true, (_, nil):
      return (.byPeer(unread: loop.unread), .closed(.byPeer))
    case (_, .exited(let status)):
      return (.exited(status, unread: loop.unread), .closed(.exited(status)))
    case (_, .signalled(let signal)):
      return (.signalled(signal, unread: loop.unread), .closed(.signalled(signal)))
    }
  }

  private func closePipes(_ error: WireError) {
    shutInput(error)
    Descriptor.close(child.output)
    Descriptor.close(child.errors)
  }
}
