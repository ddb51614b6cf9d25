public import JSONRPC
import LosslessJSON
import Synchronization

/// What becomes of a request from the server.
public enum ServerRequestPolicy: String, Sendable, Hashable, CaseIterable {
  /// What the dialect can't answer waits for `Client.answer`.
  case ask
  /// What neither the dialect nor a canned answer settles is refused.
  case canned
  /// Everything but keep-alives is refused, unless there is a canned answer.
  case refuse
}

/// A request from the server that waits for an answer.
public struct ServerRequest: Sendable {
  /// The number of its exchange.
  public let number: Int
  /// The request as it came.
  public let call: ReceivedCall
}

/// Who answered a request from the server.
public enum Answerer: Sendable, Hashable {
  /// The dialect knows the answer.
  case dialect
  /// An answer that was laid ready.
  case canned
  /// Nobody: it was refused.
  case refusal
  /// Whoever called `Client.answer`, or typed a reply.
  case user
}

/// Something that a session did by itself and that whoever watches should know.
public enum SessionRemark: Sendable, Hashable {
  /// The server no longer knew the session; it was greeted anew.
  case sessionForgotten
  /// The listening stream broke so often that it is not opened again.
  case listeningGivenUp
  /// The server did not take the answer to its request: the exchange's number and the HTTP status.
  case answerNotTaken(Int, status: Int)
}

extension Client {
  /// The server's requests that wait for an answer, oldest first.
  public var serverRequests: [ServerRequest] {
    state.withLock { state in
      state.conversation.asked.values.sorted { $0.number < $1.number }.compactMap { exchange in
        guard case .request(let call)? = exchange.messages.first?.message else { return nil }
        return ServerRequest(number: exchange.number, call: call)
      }
    }
  }

  /// Answers a request from the server by the number of its exchange; false if it waits no longer.
  @discardableResult
  public func answer(_ number: Int, _ outcome: Response.Outcome) -> Bool {
    let (isTaken, deadline) = state.withLock { state in
      let isTaken = state.conversation.answer(number, outcome, now: .now)
      collect(&state)
      return (isTaken, state.conversation.nextDeadline)
    }
    deliver()
    if let deadline { arm(deadline) }
    return isTaken
  }

  /// The answer that is given to a request without asking anybody: a canned one, the dialect's, or by
  /// policy a refusal. Nil if somebody has to be asked.
  public func readyAnswer(to call: ReceivedCall) -> Response.Outcome? {
    state.withLock { $0.conversation.readyAnswer(to: call)?.outcome }
  }
}
