import Dispatch

/// Runs calls that block, away from the threads that tasks share.
enum Blocking {
  private static let queue = DispatchQueue(label: "rpcscope.blocking", attributes: .concurrent)

  /// Runs the call on a thread of its own and waits for it without holding one.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
