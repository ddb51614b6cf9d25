import JSONRPC
import LosslessJSON

extension Demo {
  static func addTime(to demo: Dispatcher) {
    demo.register(
      "slow", summary: "Take some time, and tell how far it is.",
      doc: "Sends a notification `progress` with `id`, `step` and `of` after each step. Can be "
        + "taken back with `$/cancelRequest`.",
      result: .init(
        name: "done", doc: "How many steps it took.",
        schema: ["type": "object", "properties": ["steps": ["type": "integer"]]]),
      errors: [.init(code: -32800, message: "Request cancelled")],
      examples: [.init("at once", params: ["seconds": 0, "steps": 2], result: ["steps": 2])],
      tags: ["time"],
      Param(
        "seconds", default: 2.0, doc: "How long it takes.",
        schema: ["type": "number", "minimum": 0, "maximum": 3600]),
      Param(
        "steps", default: 4, doc: "In how many steps.",
        schema: ["type": "integer", "minimum": 1, "maximum": 1000])
    ) { context, seconds, steps -> JSON in
      try check("seconds", seconds, in: 0...3600)
      try check("steps", steps, in: 1...1000)
      for step in 1...steps {
        try await Task.sleep(for: .seconds(seconds / Double(steps)))
        context.notify(
          "progress", ["id": context.id?.json ?? .null, "step": JSON(step), "of": JSON(steps)])
      }
      return ["steps": JSON(steps)]
    }
    demo.registerCancellation()
    addClock(to: demo)
  }

  private static func addClock(to demo: Dispatcher) {
    demo.register(
      "clock.start", summary: "Send notifications at intervals.",
      doc: "Sends `clock.tick` with `tick` and `of`. A clock that runs already starts anew.",
      result: .init(
        name: "clock", doc: "What was started.",
        schema: [
          "type": "object",
          "properties": ["interval": ["type": "number"], "count": ["type": "integer"]],
        ]),
      examples: [
        .init("a fast one", params: [0.01, 3], result: ["interval": 0.01, "count": 3])
      ], tags: ["time"],
      Param(
        "interval", default: 1.0, doc: "Seconds between two ticks.",
        schema: ["type": "number", "minimum": 0.001, "maximum": 3600]),
      Param(
        "count", default: 10, doc: "How many ticks.",
        schema: ["type": "integer", "minimum": 1, "maximum": 100_000])
    ) { context, interval, count -> JSON in
      try check("interval", interval, in: 0.001...3600)
      try check("count", count, in: 1...100_000)
      let peer = context.peer
      peer.start("clock") {
        for tick in 1...count {
          guard (try? await Task.sleep(for: .seconds(interval))) != nil else { return }
          peer.notify("clock.tick", ["tick": JSON(tick), "of": JSON(count)])
        }
      }
      return ["interval": try JSON(encoding: interval), "count": JSON(count)]
    }
    demo.register(
      "clock.stop", summary: "Stop the clock.",
      result: .init(
        name: "wasRunning", doc: "Whether one was running.", schema: ["type": "boolean"]),
      examples: [.init("none is running", params: [], result: false)], tags: ["time"]
    ) { context in context.peer.stop("clock") }
  }
}
