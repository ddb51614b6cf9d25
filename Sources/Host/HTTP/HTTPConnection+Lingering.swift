import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How fast a client is with its next request.
struct ClientPace {
  /// A client that takes longer than this is not waited for.
  static let prompt = TimeAmount.microseconds(200)
  /// How long one is waited for that was faster the last time.
  static let linger = TimeAmount.microseconds(50)

  private var lastAnswer: NIODeadline?
  private(set) var isPrompt = false

  /// Notes a request.
  mutating func requestCame(at now: NIODeadline) {
    isPrompt = lastAnswer.map { now - $0 < Self.prompt } ?? false
  }

  /// Notes an answer.
  mutating func answerWent(at now: NIODeadline) { lastAnswer = now }
}

extension HTTPConnection {
  /// Stays awake for a moment after an answer to a client that sent its last request at once: falling
  /// asleep and being woken takes longer than an answer does.
  ///
  /// Only for the sole client of a host, so that nobody else waits.
  func linger() {
    pace.answerWent(at: .now())
    guard pace.isPrompt, site.table.count == 1, let descriptor else { return }
    // Once what was written has gone out.
    channel.eventLoop.assumeIsolated().execute { [self] in
      guard case .idle = state else { return }
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let end = NIODeadline.now() + ClientPace.linger
      while poll(&wait, 1, 0) == 0, .now() < end {}
    }
  }

  /// The socket, as long as the connection is open.
  static func descriptor(of channel: any Channel) -> CInt? {
    try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) { $0 }
  }
}
