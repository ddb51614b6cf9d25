import Synchronization

/// What child and socket channels share on their callers' side: framing, refusing, opening once.
struct StreamSending: Sendable {
  let outbox: Outbox
  let framing: any Framing
  let unfinished = UnfinishedText()

  init(_ framing: any Framing, _ options: StreamOptions) {
    self.framing = framing
    outbox = Outbox(queueLimit: options.queueLimit)
  }

  func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    guard options.headers.isEmpty, options.verb == nil, options.path == nil else {
      outbox.refuse(id, .unsupported("headers and methods exist only over HTTP"))
      return
    }
    outbox.send(id, options.framed ? framing.wrap(bytes) : bytes)
  }

  func traits(_ kind: ChannelTraits.Kind, peer: String) -> ChannelTraits {
    ChannelTraits(
      kind: kind, correlates: false, takesHeaders: false, framing: framing.name, peer: peer)
  }

  /// Starts the channel's thread with a loop of its own; a failure is told as the channel's end.
  func start(_ sink: @escaping ChannelSink, _ run: @escaping @Sendable (StreamLoop) -> Void) {
    Descriptor.ignoreBrokenPipes()
    do throws(WireError) {
      try WireThread.start { [outbox, framing, unfinished] in
        do throws(WireError) {
          run(try StreamLoop(outbox, framing, unfinished, sink))
        } catch {
          fail(error, sink)
        }
      }
    } catch {
      fail(error, sink)
    }
  }

  private func fail(_ error: WireError, _ sink: ChannelSink) {
    for each in outbox.end(error) { sink(.finished(each.id, each.outcome)) }
    sink(.closed(.failed(error)))
  }
}

/// Remembers that a channel was opened, since opening happens once.
final class OpenedOnce: Sendable {
  private let opened = Mutex(false)

  /// True the first time only.
  func claim() -> Bool {
    opened.withLock { opened in
      defer { opened = true }
      return !opened
    }
  }
}
