import JSONRPC
import NIOCore
import NIOHTTP1

/// Answers one message, mostly off the event loop, and hands the answer to the connection.
struct HTTPAnswering: Sendable {
  let site: HTTPSite
  let connection: NIOLoopBound<HTTPConnection>
  let loop: any EventLoop

  func answer(_ message: [UInt8], from peer: Peer) async {
    let start = ContinuousClock.now
    site.observer?(.received(peer: peer.name, message: message))
    let delivery = await site.responder.respond(to: message, from: peer)
    await send(delivery)
    guard let observer = site.observer else { return }
    let code = delivery?.status ?? 204
    let status = HTTPResponseStatus(statusCode: code)
    observer(
      .answered(
        peer: peer.name, texts: delivery?.texts ?? [], status: "\(code) \(status.reasonPhrase)",
        duration: ContinuousClock.now - start, faults: delivery?.faults ?? []))
  }

  private func send(_ delivery: Delivery?) async {
    guard let delivery else { return onLoop { $0.finish(HTTPReply(.noContent)) } }
    if let pause = delivery.pause { try? await Task.sleep(for: pause) }
    if delivery.isSilent { return onLoop { $0.fallSilent() } }
    let status = HTTPResponseStatus(statusCode: delivery.status)
    if let bytes = delivery.raw { return onLoop { $0.sendRaw(bytes) } }
    if delivery.closes, delivery.texts.isEmpty { return onLoop { $0.hangUp() } }
    if delivery.needsOwnHead {
      let bytes = delivery.response(reason: status.reasonPhrase)
      return onLoop { $0.sendRaw(bytes) }
    }
    var reply = HTTPReply(status)
    reply.headers = delivery.headFields
    reply.body = delivery.body
    if delivery.faults.isEmpty || status == .noContent {
      onLoop { [reply] in $0.finish(reply) }
    } else {
      await sendWrongly(reply, delivery)
    }
  }

  private func sendWrongly(_ reply: HTTPReply, _ delivery: Delivery) async {
    if delivery.texts.isEmpty { return onLoop { $0.hangUp() } }
    let length = delivery.statedLength(of: reply.body)
    let body = Array(reply.body.prefix(delivery.sentCount(of: reply.body.count)))
    onLoop { $0.beginCall(reply, length: length) }
    if let drip = delivery.drip {
      for byte in body {
        try? await Task.sleep(for: drip)
        onLoop { $0.write([byte], isLast: false) }
      }
    }
    onLoop { connection in
      let rest = delivery.drip == nil ? body : []
      connection.write(rest, isLast: !delivery.isCut)
      if delivery.isCut { connection.hangUp() }
    }
  }

  private func onLoop(_ body: @escaping @Sendable (HTTPConnection) -> Void) {
    if loop.inEventLoop { return body(connection.value) }
    loop.execute { body(connection.value) }
  }
}

extension HTTPConnection {
  /// Answers the call that is being worked on, unless the client has gone.
  func finish(_ reply: HTTPReply) {
    if case .answering(let head) = state { send(reply, to: head) }
  }

  /// Begins to answer it.
  func beginCall(_ reply: HTTPReply, length: Int) {
    if case .answering(let head) = state { begin(reply, to: head, length: length) }
  }
}
