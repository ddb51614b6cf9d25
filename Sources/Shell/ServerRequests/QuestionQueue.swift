import Session
import Synchronization

/// The server's questions on their way to a person: while a call is waited for in the foreground they
/// are asked at once, otherwise they wait for `.answer`.
final class QuestionQueue: Sendable {
  private enum Event: Sendable {
    case asked(Int)
    indirect case ended(Exchange)
  }

  private let foreground = Mutex<AsyncStream<Event>.Continuation?>(nil)

  /// Hands on a question by the number of its exchange; false if nobody waits in the foreground.
  func take(_ number: Int) -> Bool {
    foreground.withLock { foreground in
      guard let foreground else { return false }
      foreground.yield(.asked(number))
      return true
    }
  }

  /// Waits for a call, and has what the server asks meanwhile asked, one question after the other.
  ///
  /// Never inlined: whoever might wait so would make the types that it takes, waiting or not.
  @inline(never)
  func attend(_ call: Task<Exchange, Never>, _ ask: (Int) async -> Void) async -> Exchange {
    let (events, sink) = AsyncStream.makeStream(of: Event.self)
    foreground.withLock { $0 = sink }
    Task { sink.yield(.ended(await call.value)) }
    var ended: Exchange?
    for await event in events {
      switch event {
      case .asked(let number): await ask(number)
      case .ended(let exchange):
        ended = exchange
        // What was taken up to now is still asked.
        foreground.withLock { $0 = nil }
        sink.finish()
      }
    }
    if let ended { return ended }
    return await call.value
  }
}
