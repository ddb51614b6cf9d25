public import Wire

/// What observers of a session are told, in order.
public enum SessionEvent: Sendable {
  /// A connection is being made; `again` after an earlier one was lost.
  case connecting(peer: String, again: Bool)
  /// The connection stands.
  case connected(Opening)
  /// The connection ended. Exchanges that waited have ended before this.
  case disconnected(CloseReason)
  /// A request is about to be sent; the exchange has no replies yet.
  indirect case sending(Exchange)
  /// An exchange ended, or a message came that is one of its own.
  indirect case ended(Exchange)
  /// A request from the server came and waits for `Client.answer`; `.ended` follows when it got one.
  indirect case asked(Exchange)
  /// The session did something by itself.
  case remark(SessionRemark)
  /// Bytes that are no message.
  case diagnostic(Diagnostic)
}
