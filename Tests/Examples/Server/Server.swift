import Host
import JSONRPC

@main struct Server {
  static func main() async throws {
    let methods = Dispatcher(title: "Calculator", version: "1.0")
    methods.register(
      "subtract", summary: "Subtract one number from another.",
      Param<Double>("minuend", doc: "What to subtract from."), Param("subtrahend", default: 1.0)
    ) { _, minuend, subtrahend in minuend - subtrahend }
    let server = try await HTTPHost(Service(methods)).start(on: "127.0.0.1:0")
    print("rpcscope \(server.url)")
    await server.runUntilSignal()
  }
}
