import JSONRPC
import LosslessJSON
import Wire

/// Answers the messages of one stream, be it a socket or a pipe.
struct StreamAnswering: Sendable {
  let responder: Responder
  let framing: any Framing
  /// Where answers go. What methods send of their own accord goes through the peer instead.
  let output: @Sendable (Peer.Output) -> Void
  let observer: HostObserver?

  /// Answers one message.
  func answer(_ message: [UInt8], from peer: Peer) async {
    let start = ContinuousClock.now
    observer?(.received(peer: peer.name, message: message))
    guard let delivery = await responder.respond(to: message, from: peer) else { return }
    await send(delivery)
    observer?(
      .answered(
        peer: peer.name, texts: delivery.texts, status: nil,
        duration: ContinuousClock.now - start, faults: delivery.faults))
  }

  /// Refuses a message that could not be taken.
  func refuse(_ code: ErrorCode, _ reason: String, from peer: Peer) {
    observer?(.refused(peer: peer.name, reason: reason))
    output(.message(responder.service.refusal(code, reason)))
  }

  /// The bytes of a message on this stream.
  static func frame(_ message: [UInt8], _ framing: any Framing) -> [UInt8] {
    // A document as it came from a file may have line ends, which end a message here.
    if framing is MessageLines, message.contains(0x0A), let json = try? JSON(reading: message) {
      return framing.wrap(Array(json.onOneLine.bytes))
    }
    return framing.wrap(message)
  }

  // MARK: - Faults

  private func send(_ delivery: Delivery) async {
    if let pause = delivery.pause { try? await Task.sleep(for: pause) }
    if delivery.isSilent { return }
    if delivery.faults.isEmpty {
      for text in delivery.texts { output(.message(text)) }
      return
    }
    let texts = delivery.texts.flatMap { delivery.framed($0, framing) } + delivery.surplus
    let bytes = delivery.raw ?? texts
    let sent = bytes.prefix(delivery.sentCount(of: bytes.count))
    if let drip = delivery.drip {
      for byte in sent {
        try? await Task.sleep(for: drip)
        output(.raw([byte]))
      }
    } else if !sent.isEmpty {
      output(.raw(Array(sent)))
    }
    if delivery.closes || delivery.raw != nil { output(.hangUp) }
  }
}
