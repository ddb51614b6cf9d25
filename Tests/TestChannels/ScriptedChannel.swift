import Synchronization
public import Wire

/// A channel that answers each send by a function, on the sender's thread, without any transport.
public final class ScriptedChannel: Channel {
  /// Takes a send and answers through the channel.
  public typealias Script = @Sendable (ScriptedChannel, SendID, String) -> Void

  /// What the channel pretends to be.
  public let traits: ChannelTraits
  private let script: Script
  private let sink = Mutex(Owner())

  /// Holds the closure: each time one by itself went through the mutex, it would be wrapped once more.
  private struct Owner {
    var sink: ChannelSink?
  }

  /// A channel of that kind; `http` replies belong to their sends.
  public init(_ kind: ChannelTraits.Kind = .tcp, _ script: @escaping Script) {
    let isHTTP = kind == .http
    traits = ChannelTraits(
      kind: kind, correlates: isHTTP, takesHeaders: isHTTP,
      framing: isHTTP ? "HTTP" : kind == .child ? "lines" : "values", peer: "script")
    self.script = script
  }

  /// Is open at once.
  public func open(_ sink: @escaping ChannelSink) {
    self.sink.withLock { $0.sink = sink }
    emit(.opened(Opening(peer: "script", took: .zero)))
  }

  /// Runs the script.
  public func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    if !traits.correlates { finish(id) }
    script(self, id, String(decoding: bytes, as: UTF8.self))
  }

  /// Does nothing: the script has run.
  public func cancel(_ id: SendID) {}

  /// Is closed at once.
  public func close(grace: Duration) { emit(.closed(.asked)) }

  /// Tells the owner of an event.
  public func emit(_ event: ChannelEvent) { sink.withLock { $0.sink }?(event) }

  /// Says a message to the owner, over HTTP as the whole reply to a send.
  public func say(_ text: String, to send: SendID) {
    let now = ContinuousClock.now
    let kind: Frame.Kind = traits.correlates ? .body : .message
    let frame = Frame(bytes: Array(text.utf8), kind: kind, firstByte: now, lastByte: now)
    if traits.correlates {
      let head = ReplyHead(version: "HTTP/1.1", status: 200, reason: "OK", headers: [])
      emit(.head(send, head))
      emit(.frame(send, frame))
      finish(send)
    } else {
      emit(.frame(nil, frame))
    }
  }

  /// Says that a send is over.
  public func finish(_ send: SendID, error: WireError? = nil) {
    var timings = Timings(start: .now)
    timings.written = .zero
    emit(.finished(send, SendOutcome(timings: timings, error: error)))
  }
}
