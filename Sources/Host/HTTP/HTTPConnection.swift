import JSONRPC
import NIOCore
import NIOHTTP1

/// One connection of an HTTP host. It lives on its event loop; methods run elsewhere.
///
/// NIO's pipelining handler before it holds further requests back until the answer is written.
final class HTTPConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  enum State {
    /// Between two requests.
    case idle
    /// The body of a call is coming.
    case receiving(HTTPRequestHead)
    /// The body of a request that is answered without it is coming.
    case skipping(HTTPRequestHead, HTTPReply)
    /// A method runs, or its answer is being written.
    case answering(HTTPRequestHead)
    /// The last answer is written; what still comes is passed over, so that it arrives.
    case closing
  }

  let site: HTTPSite
  let channel: any Channel
  let peerName: String
  private(set) lazy var bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
  private var number: Int?
  var state = State.idle
  /// What has come of the body.
  private var body = ByteBuffer()
  private(set) var isInputClosed = false
  /// The host is stopping: the answer that is under way is the last.
  private(set) var isLast = false
  /// The answer that is being written is the last.
  var closesAfterAnswer = false
  /// The caller whose message is being worked on.
  private var peer: Peer?
  private var isCalling = false
  var pace = ClientPace()
  private(set) lazy var descriptor = Self.descriptor(of: channel)
  private var timer: Scheduled<Void>?
  private var timerTime = NIODeadline.distantFuture
  private var deadline: NIODeadline?

  init(_ site: HTTPSite, _ channel: any Channel) {
    self.site = site
    self.channel = channel
    peerName = channel.peerName
    let bound = bound
    let loop = channel.eventLoop
    number = site.table.add { stop in loop.execute { bound.value.stop(stop) } }
  }

  /// Whether there is room for it.
  var isWelcome: Bool { number != nil }

  // MARK: - The connection's life

  func handlerAdded(context: ChannelHandlerContext) { setDeadline(site.options.idleTimeout) }

  func channelInactive(context: ChannelHandlerContext) {
    state = .closing
    timer?.cancel()
    timer = nil
    deadline = nil
    dropBody()
    // Nobody waits for the answer any more.
    peer?.cancelAll()
    peer = nil
    if let number { site.table.remove(number) }
    number = nil
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      isInputClosed = true
      // A client may close its half and still wait for its answer.
      if case .answering = state { return }
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, error != .invalidEOFState else {
      context.close(promise: nil)
      return
    }
    switch state {
    case .idle, .receiving, .skipping:
      dropBody()
      let isLong = error == .headerOverflow
      let reply = HTTPReply.refusal(
        isLong ? .requestHeaderFieldsTooLarge : .badRequest,
        isLong
          ? "the head of a request has at most \(site.options.maxHead) bytes here"
          : "this is not HTTP: \(error)")
      refuse(reply, nil)
    case .answering, .closing: context.close(promise: nil)
    }
  }

  private func stop(_ stop: ConnectionTable.Stop) {
    isLast = true
    switch (stop, state) {
    case (.close, _), (_, .idle): channel.close(promise: nil)
    case (.takeBack, _): peer?.cancelAll()
    case (.finish, _): break
    }
  }

  // MARK: - Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .idle): begin(head)
    case (.body(let part), .receiving(let head)): take(part, head)
    case (.end, .receiving(let head)): call(head)
    case (.end, .skipping(let head, let reply)): send(reply, to: head)
    default: break
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    pace.requestCame(at: .now())
    setDeadline(site.options.receiveTimeout)
    switch HTTPRoute(head, site) {
    case .call:
      state = .receiving(head)
      if head.expectsContinue {
        let go = HTTPResponseHead(version: .http1_1, status: .continue)
        channel.writeAndFlush(HTTPServerResponsePart.head(go), promise: nil)
      }
    case .reply(let reply):
      if reply.status.code >= 400 { note(reply) }
      // A short body is passed over, so that the connection can be used again.
      let isShort = !head.isChunked && (head.contentLength ?? 0) <= 65_536
      if isShort, !head.expectsContinue {
        state = .skipping(head, reply)
      } else {
        refuse(reply, head)
      }
    }
  }

  private func take(_ part: ByteBuffer, _ head: HTTPRequestHead) {
    var part = part
    let reply: HTTPReply
    if body.readableBytes + part.readableBytes > site.maxBody {
      reply = HTTPRoute.tooLarge(site)
    } else if !site.budget.take(part.readableBytes) {
      reply = .refusal(.serviceUnavailable, "too much is being sent to this server at once")
    } else if body.readableBytes == 0 {
      body = part
      return
    } else {
      body.writeBuffer(&part)
      return
    }
    note(reply)
    dropBody()
    refuse(reply, head)
  }

  private func dropBody() {
    site.budget.giveBack(body.readableBytes)
    body = ByteBuffer()
  }

  /// Answers before the request has come whole, and ends the connection.
  private func refuse(_ reply: HTTPReply, _ head: HTTPRequestHead?) {
    var reply = reply
    reply.closes = true
    send(reply, to: head)
  }

  private func note(_ reply: HTTPReply) {
    let sentence = String(decoding: reply.body.dropLast(), as: UTF8.self)
    site.observer?(
      .refused(
        peer: peerName, reason: "\(reply.status.code) \(reply.status.reasonPhrase), \(sentence)"))
  }

  // MARK: - Calls

  private func call(_ head: HTTPRequestHead) {
    state = .answering(head)
    deadline = nil
    let message = body
    dropBody()
    let peer = Peer(
      name: peerName,
      transport: Transport("http", headers: head.headers.map { (name: $0.name, value: $0.value) }))
    self.peer = peer
    let answering = HTTPAnswering(site: site, connection: bound, loop: channel.eventLoop)
    // A short message is read here, and its method run here if it is quick: that is the faster the
    // less there is to do. An observer may wait for a slow log. The next request may come while the
    // answer to this one is written, and then goes the other way, lest they nest.
    if message.readableBytes <= 16_384, site.observer == nil, !isCalling {
      isCalling = true
      defer { isCalling = false }
      startCall { await answering.answer(Array(buffer: message), from: peer) }
    } else {
      Task { await answering.answer(Array(buffer: message), from: peer) }
    }
  }

  /// The answer has been handed over in full.
  func answered() { peer = nil }

  // MARK: - Time

  func setDeadline(_ duration: Duration?) {
    deadline = duration.map { .now() + .init($0) }
    guard let deadline, deadline < timerTime else { return }
    timer?.cancel()
    startTimer(at: deadline)
  }

  /// One timer a connection: when it fires too early, as it mostly does, it is set anew.
  private func startTimer(at time: NIODeadline) {
    timerTime = time
    timer = channel.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
      timer = nil
      timerTime = .distantFuture
      guard let deadline else { return }
      if deadline > .now() { startTimer(at: deadline) } else { expire() }
    }
  }

  private func expire() {
    switch state {
    case .receiving(let head), .skipping(let head, _):
      let reply = HTTPReply.refusal(.requestTimeout, "the request took too long to come")
      note(reply)
      dropBody()
      refuse(reply, head)
    case .idle, .answering, .closing: channel.close(promise: nil)
    }
  }
}
