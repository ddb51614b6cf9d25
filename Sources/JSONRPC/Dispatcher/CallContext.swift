public import LosslessJSON
import Synchronization

/// What a method knows about the call it answers, and the way back to the caller while it runs.
public struct CallContext: Sendable {
  /// The call as it came.
  public let call: ReceivedCall
  /// The id, or nil if nobody waits for an answer.
  public let id: RequestID?
  /// The version it is written in.
  public let version: ProtocolVersion
  /// The caller.
  public let peer: Peer
  let reply = ReplyHold()

  /// The name under which the method was called.
  public var method: String { call.method }
  /// How the call came: over HTTP with its headers, over a socket, through a pipe.
  public var transport: Transport { peer.transport }
  /// Whether nobody waits for an answer.
  public var isNotification: Bool { id == nil }
  /// Whether the caller took the call back, or the server is ending.
  public var isCancelled: Bool { Task.isCancelled }

  /// Throws if the call was taken back. The answer is then that it was.
  public func checkCancellation() throws { try Task.checkCancellation() }

  /// Sends the caller a notification. It is dropped where the transport has no way to.
  public func notify(_ method: String, _ params: JSON? = nil) {
    peer.notify(method, params)
  }

  /// Sends no answer when the method returns: it answers itself through `peer`, or not at all.
  public func withholdReply() { reply.withhold() }
}

/// Whether the answer to a call is held back.
final class ReplyHold: Sendable {
  private let held = Atomic(false)

  var isWithheld: Bool { held.load(ordering: .acquiring) }
  func withhold() { held.store(true, ordering: .releasing) }
}
