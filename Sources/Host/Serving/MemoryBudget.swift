import Synchronization

/// How many bytes all connections of a host together may hold of requests that are not yet whole.
final class MemoryBudget: Sendable {
  private let free: Mutex<Int>

  init(_ bytes: Int) { free = Mutex(bytes) }

  /// Takes so many bytes. False if there aren't as many.
  func take(_ bytes: Int) -> Bool {
    free.withLock { free in
      guard free >= bytes else { return false }
      free -= bytes
      return true
    }
  }

  func giveBack(_ bytes: Int) { free.withLock { $0 += bytes } }
}
