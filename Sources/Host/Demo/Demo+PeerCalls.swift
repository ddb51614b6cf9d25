import JSONRPC
import LosslessJSON

extension Demo {
  static func addPeerCalls(to demo: Dispatcher) {
    demo.register(
      "ask", summary: "Send the client a request and tell what it answered.",
      doc: "The request has an id of the server's own, which may be equal to one of the client's.",
      result: .init(
        name: "answer", doc: "The client's `result` or `error`.",
        schema: ["type": "object", "properties": ["result": [:], "error": ["type": "object"]]]),
      errors: [.init(code: 200, message: "the client did not answer in time")],
      tags: ["requests to the client"],
      Param("method", default: "client.question", doc: "The method to call."),
      Param<JSON>(
        "params", default: ["question": "What is your name?"], doc: "Its params.",
        schema: ["type": ["array", "object"]]),
      Param(
        "seconds", default: 5.0, doc: "How long to wait for the answer.",
        schema: ["type": "number", "minimum": 0, "maximum": 3600])
    ) { context, method, params, seconds -> JSON in
      guard params.kind == .array || params.kind == .object else {
        throw RPCError.invalidParams("params", "must be an array or an object")
      }
      try check("seconds", seconds, in: 0...3600)
      do {
        let answer = try await context.peer.call(method, params, timeout: .seconds(seconds))
        switch answer.outcome {
        case .result(let result): return ["result": result]
        case .error(let error): return ["error": error.json]
        }
      } catch let failure as Peer.Failure {
        throw Self.error(failure, seconds)
      }
    }
    demo.register(
      "notify", summary: "Send the client a notification.",
      result: .init(name: "nothing", schema: ["type": "null"]),
      examples: [.init("hello", params: ["hello", ["hi"]], result: .null)],
      tags: ["requests to the client"],
      Param("method", default: "hello", doc: "The method of the notification."),
      Param<JSON>(
        "params", default: [], doc: "Its params.", schema: ["type": ["array", "object"]])
    ) { context, method, params -> JSON in
      guard params.kind == .array || params.kind == .object else {
        throw RPCError.invalidParams("params", "must be an array or an object")
      }
      context.notify(method, params)
      return .null
    }
  }

  private static func error(_ failure: Peer.Failure, _ seconds: Double) -> RPCError {
    switch failure {
    case .timedOut:
      RPCError(
        code: 200, message: "the client did not answer in time",
        data: ["seconds": JSON(seconds) ?? .null])
    case .closed: RPCError(code: 201, message: "the client closed the connection")
    case .unreachable: RPCError(code: 202, message: "the client can't be sent requests")
    }
  }
}
