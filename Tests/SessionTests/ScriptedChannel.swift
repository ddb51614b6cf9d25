import Synchronization
import Wire

/// A channel that answers each send by a function, on the sender's thread or when told.
final class ScriptedChannel: Channel {
  typealias Script = @Sendable (ScriptedChannel, SendID, String) -> Void

  let traits = ChannelTraits(
    kind: .tcp, correlates: false, takesHeaders: false, framing: "values", peer: "script")
  private let script: Script
  private let sink = Mutex<ChannelSink?>(nil)

  init(_ script: @escaping Script) { self.script = script }

  func open(_ sink: @escaping ChannelSink) {
    self.sink.withLock { $0 = sink }
    emit(.opened(Opening(peer: "script", took: .zero)))
  }

  func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    emit(.finished(id, SendOutcome(timings: Timings(start: .now))))
    script(self, id, String(decoding: bytes, as: UTF8.self))
  }

  func cancel(_ id: SendID) {}

  func close(grace: Duration) { emit(.closed(.asked)) }

  func emit(_ event: ChannelEvent) { sink.withLock { $0 }?(event) }

  func say(_ text: String) {
    let now = ContinuousClock.now
    emit(.frame(nil, Frame(bytes: Array(text.utf8), kind: .message, firstByte: now, lastByte: now)))
  }
}
