import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A host that listens, until it is stopped.
public final class RunningHost: Sendable {
  /// Where it listens, with the port that the system chose.
  public let address: ListenAddress
  /// How a client names it: `http://127.0.0.1:4000/`, `tcp:127.0.0.1:4000`, `unix:/run/app.sock`.
  public let url: String
  private let listener: any Channel
  private let table: ConnectionTable

  init(address: ListenAddress, url: String, listener: any Channel, table: ConnectionTable) {
    self.address = address
    self.url = url
    self.listener = listener
    self.table = table
  }

  /// How many clients are connected.
  public var connectionCount: Int { table.count }

  /// Takes no more connections, answers what runs, and ends.
  ///
  /// What still runs after `grace` is taken back, and its callers hear so; after half of it more
  /// the connections are closed.
  public func stop(grace: Duration = .seconds(5)) async {
    try? await listener.close().get()
    if case .unix(let path) = address { unlink(path) }
    if await table.stop(.finish, within: grace) { return }
    if await table.stop(.takeBack, within: grace / 2) { return }
    _ = await table.stop(.close, within: .seconds(1))
  }

  /// Serves until SIGINT or SIGTERM comes, then stops; a second one ends the grace. Gives the
  /// signal's number. Only one of a process can.
  @discardableResult
  public func runUntilSignal(grace: Duration = .seconds(5)) async -> Int32 {
    // What the program printed is meant to be seen, also through a pipe.
    fflush(nil)
    let signals = TerminationSignals()
    var iterator = signals.stream.makeAsyncIterator()
    let first = await iterator.next() ?? 0
    let patience = Task {
      for await _ in signals.stream { break }
      if !Task.isCancelled { _ = await table.stop(.close, within: .seconds(1)) }
    }
    await stop(grace: grace)
    patience.cancel()
    signals.end()
    return first
  }
}
