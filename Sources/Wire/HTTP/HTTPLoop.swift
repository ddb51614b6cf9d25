import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The thread's work: takes commands, drives libcurl, and tells the sink.
///
/// Made and used on one thread, which owns every handle.
final class HTTPLoop {
  private let setup: HTTPSetup
  private let library: String?
  private let mailbox: HTTPMailbox
  private let sink: ChannelSink

  private var multi: UnsafeMutableRawPointer?
  private var share: UnsafeMutableRawPointer?
  private var active: [SendID: HTTPTransfer] = [:]
  private var idle: [HTTPTransfer] = []
  private var headers: HeaderCache

  init(setup: HTTPSetup, library: String?, mailbox: HTTPMailbox, sink: @escaping ChannelSink) {
    self.setup = setup
    self.library = library
    self.mailbox = mailbox
    self.sink = sink
    headers = HeaderCache(setup.options)
  }

  /// Runs until the channel is closed.
  func run() {
    let start = ContinuousClock.now
    do {
      try prepare()
    } catch {
      return end(.failed(error), error)
    }
    sink(.opened(Opening(peer: "", took: start.duration(to: .now))))
    while !takeCommands() {
      if perform(), active.isEmpty { linger() }
      if mailbox.mayRest() { rest() }
    }
    end(.asked, .closed(.asked))
  }

  private func prepare() throws(WireError) {
    try setup.checkFiles()
    try CurlLibrary.load(library)
    guard let multi = ccurl_multi_init(), let share = ccurl_share_init() else {
      throw .curl(code: Int32(CURLE_OUT_OF_MEMORY.rawValue), message: "out of memory")
    }
    (self.multi, self.share) = (multi, share)
    _ = ccurl_share_add(share, CURL_LOCK_DATA_COOKIE)
    _ = ccurl_share_add(share, CURL_LOCK_DATA_SSL_SESSION)
    let most = max(1, setup.options.maxConnections)
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, most)
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, most)
    try headers.check()
    idle.append(try idleTransfer())
    mailbox.attach(multi)
  }

  /// Does what was asked; true if closing was.
  private func takeCommands() -> Bool {
    var commands = mailbox.take()[...]
    while let command = commands.popFirst() {
      switch command {
      case .send(let send): begin(send)
      case .cancel(let id): cancel(id)
      case .close:
        refuse(commands, .closed(.asked))
        return true
      }
    }
    return false
  }

  private func begin(_ send: PendingSend) {
    do throws(WireError) {
      let list = try headers.list(for: send)
      let transfer = try idleTransfer()
      try transfer.begin(send, list)
      let code = ccurl_multi_add(multi, transfer.easy.pointer)
      guard code == CURLM_OK else {
        transfer.free()
        throw WireError.curl(
          code: code.rawValue, message: String(cString: ccurl_multi_strerror(code)))
      }
      active[send.id] = transfer
    } catch {
      refuse(send, error)
    }
  }

  private func idleTransfer() throws(WireError) -> HTTPTransfer {
    if let transfer = idle.popLast() { return transfer }
    return try HTTPTransfer(setup: setup, share: share, sink: sink)
  }

  private func cancel(_ id: SendID) {
    guard let transfer = active.removeValue(forKey: id) else { return }
    _ = ccurl_multi_remove(multi, transfer.easy.pointer)
    transfer.giveUp(.cancelled)
    recycle(transfer)
  }

  /// Stays awake for a moment after a reply: the next send of a script follows within it, and takes
  /// several times as long if it has to wake this thread first.
  private func linger() {
    let end = ContinuousClock.now + .microseconds(60)
    while mailbox.isEmpty, ContinuousClock.now < end { sched_yield() }
  }

  /// Lets libcurl go on; says whether a transfer ended.
  private func perform() -> Bool {
    var hasEnded = false
    var running: Int32 = 0
    _ = ccurl_multi_perform(multi, &running)
    var result = CURLE_OK
    while let easy = ccurl_multi_next_done(multi, &result) {
      guard let transfer = HTTPTransfer.owner(of: easy) else { continue }
      _ = ccurl_multi_remove(multi, easy)
      active[transfer.id] = nil
      transfer.complete(result)
      recycle(transfer)
      hasEnded = true
    }
    return hasEnded
  }

  /// Waits for the network, a timeout of libcurl's, or a command.
  private func rest() {
    _ = ccurl_multi_poll(multi, 600_000)
  }

  private func recycle(_ transfer: HTTPTransfer) {
    if idle.count < 16 { idle.append(transfer) } else { transfer.free() }
  }

  private func refuse(_ commands: ArraySlice<HTTPMailbox.Command>, _ error: WireError) {
    for case .send(let send) in commands { refuse(send, error) }
  }

  private func refuse(_ send: PendingSend, _ error: WireError) {
    var timings = Timings(start: send.start)
    timings.lastByte = send.start.duration(to: .now)
    sink(.finished(send.id, SendOutcome(timings: timings, error: error)))
  }

  /// Ends every send with that error, frees every handle, and says why the channel closed.
  private func end(_ reason: CloseReason, _ error: WireError) {
    let late = mailbox.close()
    for (_, transfer) in active.sorted(by: { $0.key.number < $1.key.number }) {
      _ = ccurl_multi_remove(multi, transfer.easy.pointer)
      transfer.giveUp(error)
      transfer.free()
    }
    active = [:]
    refuse(late[...], error)
    for transfer in idle { transfer.free() }
    idle = []
    if let multi { _ = ccurl_multi_cleanup(multi) }
    if let share { _ = ccurl_share_cleanup(share) }
    sink(.closed(reason))
  }
}
