import JSONRPC
import NIOCore
import Synchronization
import Wire

/// Writes what methods send to a socket, in order, and counts what its client has not read yet.
final class SocketOutbox: Sendable {
  private let channel: any NIOCore.Channel
  private let framing: any Framing
  private let maxBytes: Int
  private let queued = Mutex((bytes: 0, isOver: false))
  private let written = Mutex<(@Sendable () -> Void)?>(nil)

  init(_ channel: any NIOCore.Channel, framing: any Framing, maxBytes: Int) {
    self.channel = channel
    self.framing = framing
    self.maxBytes = maxBytes
  }

  /// How many bytes wait for the client.
  var count: Int { queued.withLock(\.bytes) }

  /// Calls `body` on the event loop whenever the client has read some.
  func whenWritten(_ body: @escaping @Sendable () -> Void) { written.withLock { $0 = body } }

  /// Puts something into the queue; never blocks. Answers wait for a slow client without limit, as
  /// reading from it waits too; one that does not read what methods send unasked is cut off.
  func put(_ item: Peer.Output, isAnswer: Bool = true) {
    switch item {
    case .message(let message): write(StreamAnswering.frame(message, framing), isAnswer)
    case .raw(let bytes): write(bytes, isAnswer)
    case .hangUp:
      queued.withLock { $0.isOver = true }
      channel.eventLoop.execute { [channel] in
        channel.flush()
        channel.close(promise: nil)
      }
    }
  }

  private func write(_ bytes: [UInt8], _ isAnswer: Bool) {
    let (isOver, isTooMuch) = queued.withLock { queued in
      if queued.isOver { return (true, false) }
      queued.bytes += bytes.count
      queued.isOver = !isAnswer && queued.bytes > maxBytes
      return (queued.isOver, queued.isOver)
    }
    if isTooMuch { channel.close(promise: nil) }
    if isOver { return }
    channel.eventLoop.execute { [self] in
      channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { [self] _ in
        queued.withLock { $0.bytes -= bytes.count }
        written.withLock { $0 }?()
      }
    }
  }

  /// Ends the connection once everything is written and the client has had time to read it.
  func finish() {
    channel.eventLoop.execute { [channel] in
      channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
    }
  }
}
