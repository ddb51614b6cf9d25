import NIOCore
import NIOHTTP1

extension HTTPConnection {
  /// Writes an answer, whole and properly framed, and goes on to the next request or the end.
  func send(_ reply: HTTPReply, to head: HTTPRequestHead?) {
    var body = reply.body
    let length = reply.status == .noContent ? nil : body.count
    if head?.method == .HEAD { body = [] }
    begin(reply, to: head, length: length)
    write(body, isLast: true)
  }

  /// Writes the head of an answer. The length is what it says, not what will come.
  func begin(_ reply: HTTPReply, to head: HTTPRequestHead?, length: Int?) {
    let closes = reply.closes || isLast || isInputClosed || !(head?.isKeepAlive ?? false)
    state = head.map { .answering($0) } ?? .closing
    if closes { closesAfterAnswer = true }
    var headers = HTTPHeaders()
    headers.reserveCapacity(6)
    for (name, value) in reply.headers { headers.add(name: name, value: value) }
    if let head, reply.status != .forbidden {
      for (name, value) in site.access.headers(for: head) { headers.add(name: name, value: value) }
    }
    if let length { headers.add(name: "Content-Length", value: String(length)) }
    headers.add(name: "Date", value: HTTPDate.now)
    if closes {
      headers.add(name: "Connection", value: "close")
    } else if head?.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    let response = HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers)
    channel.write(HTTPServerResponsePart.head(response), promise: nil)
  }

  /// Writes a part of the body. The next request begins once the client has taken the last.
  func write(_ bytes: [UInt8], isLast: Bool) {
    setDeadline(site.options.sendTimeout)
    let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
    guard isLast else { return channel.writeAndFlush(part, promise: nil) }
    if bytes.count <= 65_536, channel.isWritable {
      if !bytes.isEmpty { channel.write(part, promise: nil) }
      return end()
    }
    channel.writeAndFlush(part).assumeIsolated().whenComplete { [self] result in
      if case .success = result { end() } else { channel.close(promise: nil) }
    }
  }

  private func end() {
    answered()
    let closes = closesAfterAnswer
    state = closes ? .closing : .idle
    setDeadline(closes ? .seconds(2) : site.options.idleTimeout)
    let written = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
    guard closes else { return linger() }
    written.assumeIsolated().whenComplete { [self] _ in
      // The client reads the answer before it notices the end, unless it still sends.
      isInputClosed ? channel.close(promise: nil) : channel.close(mode: .output, promise: nil)
    }
  }

  /// Writes these bytes in the place of an answer, head and all, and ends the connection.
  func sendRaw(_ bytes: [UInt8]) {
    guard case .answering = state else { return }
    answered()
    state = .closing
    setDeadline(.seconds(2))
    // Past the encoder, which would put a head before them.
    let encoder = try? channel.pipeline.syncOperations.context(
      handlerType: HTTPResponseEncoder.self)
    encoder?.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
    channel.close(mode: .output, promise: nil)
  }

  /// Ends the connection once everything is written, without another word.
  func hangUp() {
    state = .closing
    channel.flush()
    channel.close(promise: nil)
  }

  /// Answers nothing, and waits for the client to give up.
  func fallSilent() {
    answered()
    if isInputClosed || isLast { return hangUp() }
    setDeadline(site.options.idleTimeout)
  }
}
