import JSONRPC
import LosslessJSON

extension Demo {
  struct PlainFailure: Error {}

  static func addErrors(to demo: Dispatcher) {
    for (name, summary, error) in errors {
      demo.register(
        name, summary: summary, doc: "Always answers with that error.",
        errors: [.init(code: error.code, message: error.message)], tags: ["errors"]
      ) { _ -> JSON in throw error }
    }
    demo.register(
      "errors.failure", summary: "Fail with an exception.",
      doc: "The client hears no more than that the server failed.",
      errors: [.init(code: -32000, message: "Server error")], tags: ["errors"]
    ) { _ -> JSON in throw PlainFailure() }
    demo.register(
      "errors.result", summary: "Give a result that can't be written as JSON.",
      errors: [.init(code: -32603, message: "Internal error")], tags: ["errors"]
    ) { _ in Double.infinity }
    demo.register(
      "errors.custom", summary: "Fail with an error of your own.", doc: "Whatever you ask for.",
      tags: ["errors"],
      Param<Int>("code", doc: "The error's code."),
      Param("message", default: "custom error", doc: "The error's message."),
      Param<JSON?>("data", doc: "The error's data; null for none.")
    ) { _, code, message, data -> JSON in
      throw RPCError(code: code, message: message, data: data)
    }
  }

  private static let errors = [
    (
      "errors.application", "Fail with an error of the application.",
      RPCError(code: 1001, message: "the account is locked")
    ),
    (
      "errors.internal", "Fail with the specification's internal error.",
      RPCError(code: -32603, message: "Internal error")
    ),
    (
      "errors.data", "Fail with an error that carries data.",
      RPCError(
        code: 1002, message: "the order is incomplete",
        data: [
          "missing": ["address", "payment"], "order": ["id": 9_007_199_254_740_993, "items": 3],
          "help": "https://example.org/errors/1002",
        ])
    ),
    (
      "errors.text", "Fail with an error whose message needs care on a terminal.",
      RPCError(
        code: 1003, message: "bad\u{1B}[31m red\u{202E}txt\nsecond line",
        data: "\u{1B}]0;title\u{7}")
    ),
  ]
}
