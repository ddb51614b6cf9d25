public import JSONRPC

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server to try a client on: arithmetic, text of all scripts, slow and large answers, errors of
/// every kind, notifications, requests to the client, and replies that are broken on purpose.
///
/// Every value is the same each time.
public enum Demo {
  /// The methods.
  public static func dispatcher() -> Dispatcher {
    let demo = Dispatcher(
      title: "rpcscope demo", version: "1.0.0",
      doc: "Methods to try a client on. `broken.*` reply wrongly on purpose.")
    addArithmetic(to: demo)
    addText(to: demo)
    addValues(to: demo)
    addTime(to: demo)
    addErrors(to: demo)
    addPeerCalls(to: demo)
    addBroken(to: demo)
    return demo
  }
}

/// Serves the demo over standard input and output, one message a line, until the client is done.
/// Gives the exit status; `broken.exit` ends the process at once instead.
public func runDemoServer() async -> Int32 {
  var host = StdioHost(Service(Demo.dispatcher()))
  host.faults = Demo.faults
  let ending = await host.run()
  switch ending {
  case .endOfInput, .outputFailed: return 0
  case .signal(let number): return 128 + number
  case .hungUp: _exit(3)
  }
}
