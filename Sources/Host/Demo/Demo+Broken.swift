import JSONRPC
import LosslessJSON

extension Demo {
  static func addBroken(to demo: Dispatcher) {
    for broken in BrokenReply.all {
      demo.register(
        "broken.\(broken.name)", summary: "Reply wrongly: \(broken.summary).",
        doc: "Apart from that the reply is as it should be.",
        result: .init(name: "broken", doc: "A reply with that fault."), tags: ["broken"]
      ) { context -> JSON in
        guard let id = context.id else { return .null }
        guard context.peer.isReachable else {
          throw RPCError(code: 202, message: "a broken reply needs a connection to write to")
        }
        context.withholdReply()
        if !broken.text.isEmpty { context.peer.write(.raw(broken.bytes(id: id))) }
        if broken.hangsUp { context.peer.write(.hangUp) }
        return .null
      }
    }
  }
}
