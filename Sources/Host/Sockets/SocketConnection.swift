import JSONRPC
import NIOCore
import Synchronization
import Wire

/// One connection of a socket host. It lives on its event loop; methods run elsewhere, begun one
/// after the other by one task that reads what came.
final class SocketConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let host: SocketHost
  private let channel: any NIOCore.Channel
  private let table: ConnectionTable
  private var number: Int?
  private var framing: any Framing
  private let answering: StreamAnswering
  private let peer: Peer
  private let outbox: SocketOutbox
  private let messages: AsyncStream<FramingOutput>.Continuation
  /// Messages that were handed to methods and are not done.
  private var running = 0
  private var isInputClosed = false
  private var isEnding = false
  private var isPaused = false
  private var timer: Scheduled<Void>?

  init(
    _ host: SocketHost, _ responder: Responder, _ table: ConnectionTable,
    _ channel: any NIOCore.Channel
  ) {
    self.host = host
    self.channel = channel
    self.table = table
    framing = host.framing.makeForServer(limit: host.maxMessage)
    let outbox = SocketOutbox(channel, framing: framing, maxBytes: host.maxQueued * 4)
    self.outbox = outbox
    answering = StreamAnswering(
      responder: responder, framing: framing, output: { outbox.put($0) }, observer: host.observer)
    let isUnix = channel.remoteAddress?.port == nil
    peer = Peer(name: channel.peerName, transport: Transport(isUnix ? "unix" : "tcp")) {
      outbox.put($0, isAnswer: false)
    }
    let (stream, messages) = AsyncStream.makeStream(of: FramingOutput.self)
    self.messages = messages
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    let loop = channel.eventLoop
    number = table.add { stop in loop.execute { bound.value.stop(stop) } }
    outbox.whenWritten { bound.value.flowChanged() }
    guard number != nil else {
      messages.finish()
      return
    }
    Self.read(stream, answering, peer) { loop.execute { bound.value.ended() } }
  }

  /// Whether there is room for it.
  var isWelcome: Bool { number != nil }

  /// Begins the calls in the order in which they came.
  private static func read(
    _ messages: AsyncStream<FramingOutput>, _ answering: StreamAnswering, _ peer: Peer,
    ended: @escaping @Sendable () -> Void
  ) {
    Task {
      for await message in messages {
        startCall {
          await take(message, answering, peer)
          ended()
        }
      }
    }
  }

  private static func take(
    _ message: FramingOutput, _ answering: StreamAnswering, _ peer: Peer
  ) async {
    switch message {
    // What can't be a message is for the service to refuse.
    case .message(let bytes, _), .stray(let bytes, _): await answering.answer(bytes, from: peer)
    case .oversize(let limit):
      answering.refuse(.invalidRequest, "a message has at most \(limit) bytes here", from: peer)
    }
  }

  // MARK: - Input

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = Array(buffer: unwrapInboundIn(data))
    hand(framing.feed(bytes[...]))
    watchRest()
    flowChanged()
  }

  private func hand(_ outputs: [FramingOutput]) {
    for output in outputs {
      // A remark about a message that is still coming has no bytes.
      if case .stray(let bytes, _) = output, bytes.isEmpty { continue }
      running += 1
      messages.yield(output)
    }
  }

  /// A message that began must end in time.
  private func watchRest() {
    guard framing.pending > 0 else {
      timer?.cancel()
      timer = nil
      return
    }
    guard timer == nil else { return }
    timer = channel.eventLoop.assumeIsolated().scheduleTask(in: .init(host.receiveTimeout)) {
      [self] in
      answering.refuse(.parseError, "the message took too long to come", from: peer)
      outbox.finish()
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? NIOCore.ChannelEvent, event == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    isInputClosed = true
    let outputs = framing.finish()
    hand(outputs)
    if framing.pending > 0, outputs.isEmpty {
      answering.refuse(.parseError, "the input ended inside a message", from: peer)
    }
    // No answers to our own requests will come; those to the client's can still be read.
    peer.close()
    endIfDone()
  }

  // MARK: - Calls and output

  private func ended() {
    running -= 1
    flowChanged()
    endIfDone()
  }

  /// Reading waits while too much runs or too little is read.
  private func flowChanged() {
    let isFull = running >= host.maxInFlight || outbox.count >= host.maxQueued
    guard isFull != isPaused else { return }
    isPaused = isFull
    channel.setOption(.autoRead, value: !isFull).assumeIsolated().whenComplete { [channel] _ in
      if !isFull { channel.read() }
    }
  }

  private func endIfDone() {
    if isInputClosed || isEnding, running == 0 { outbox.finish() }
  }

  // MARK: - The end

  private func stop(_ stop: ConnectionTable.Stop) {
    isEnding = true
    switch stop {
    case .finish: endIfDone()
    case .takeBack: peer.cancelAll()
    case .close: channel.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    messages.finish()
    peer.close()
    // Nobody waits for the answers any more.
    peer.cancelAll()
    if let number { table.remove(number) }
    number = nil
    context.fireChannelInactive()
  }
}
