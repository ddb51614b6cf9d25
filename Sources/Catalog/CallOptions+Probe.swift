import JSONRPC
import Session
import Synchronization

extension CallOptions {
  /// Options of a probe: an id that nobody types, so that a late answer is never taken for the reply
  /// to a request that a person wrote with an id of its own.
  static func probe(timeout: Duration) -> CallOptions {
    let number = probeCount.withLock { count in
      count += 1
      return count
    }
    return CallOptions(id: RequestID("rpcscope-\(number)"), timeout: timeout, purpose: .discovery)
  }
}

private let probeCount = Mutex(0)
