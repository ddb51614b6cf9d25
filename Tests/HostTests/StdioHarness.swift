import Host
import JSONRPC
import LosslessJSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A stdio host at the other ends of two pipes.
final class StdioHarness {
  struct TimedOut: Error { let soFar: String }

  static let deadline = Duration.seconds(30)

  private var toHost: Int32
  private var fromHost: Int32
  private let hostEnds: [Int32]
  private let ended = Ended()
  private var buffer: [UInt8] = []
  private(set) var isAtEnd = false

  init(_ dispatcher: Dispatcher, configure: (inout StdioHost) -> Void = { _ in }) {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    precondition(closedPipe(&input) == 0 && closedPipe(&output) == 0)
    (toHost, fromHost) = (input[1], output[0])
    hostEnds = [input[0], output[1]]
    _ = fcntl(fromHost, F_SETFL, O_NONBLOCK)
    var host = StdioHost(Service(dispatcher))
    (host.input, host.output) = (input[0], output[1])
    host.catchesSignals = false
    host.faults = Demo.faults
    configure(&host)
    Task { [host, ended] in
      let ending = await host.run()
      ended.withLock { $0 = ending }
    }
  }

  deinit {
    closeInput()
    closeOutput()
    // A host that still runs may use its descriptors; a leak in a test does no harm.
    if isAtEnd { for end in hostEnds { close(end) } }
  }

  func send(_ text: String) { send(Array(text.utf8) + [0x0A]) }

  func send(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(toHost, $0.baseAddress, $0.count) }
      precondition(count > 0)
      written += count
    }
  }

  func closeInput() {
    if toHost >= 0 { close(toHost) }
    toHost = -1
  }

  func closeOutput() {
    if fromHost >= 0 { close(fromHost) }
    fromHost = -1
  }

  /// Waits until the bytes that came satisfy `isEnough`, then gives as many as it says.
  func bytes(_ isEnough: ([UInt8]) -> Int?) async throws -> [UInt8] {
    let start = ContinuousClock.now
    while true {
      if let count = isEnough(buffer) {
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
      }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = read(fromHost, &chunk, chunk.count)
      if count > 0 {
        buffer += chunk[..<count]
      } else if ContinuousClock.now - start > Self.deadline {
        throw TimedOut(soFar: String(decoding: buffer, as: UTF8.self))
      } else {
        try await Task.sleep(for: .milliseconds(2))
      }
    }
  }

  func bytes(count: Int) async throws -> [UInt8] {
    try await bytes { $0.count >= count ? count : nil }
  }

  func line() async throws -> [UInt8] {
    try await bytes { $0.firstIndex(of: 0x0A).map { $0 + 1 } }.dropLast()
  }

  func message() async throws -> JSON { try JSON(reading: try await line()) }

  /// Sends a call and gives the next message.
  func call(_ method: String, _ params: String = "[]", id: Int = 1) async throws -> JSON {
    send("{\"jsonrpc\": \"2.0\", \"method\": \"\(method)\", \"params\": \(params), \"id\": \(id)}")
    return try await message()
  }

  /// Closes the host's input and waits for its end.
  func finish() async throws -> StdioHost.Ending {
    closeInput()
    return try await ending()
  }

  /// Waits for the host's end.
  func ending() async throws -> StdioHost.Ending {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < Self.deadline {
      if let ending = ended.withLock({ $0 }) {
        isAtEnd = true
        return ending
      }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw TimedOut(soFar: String(decoding: buffer, as: UTF8.self))
  }
}

/// Why a host ended, once it has.
final class Ended: Sendable {
  private let ending = Mutex<StdioHost.Ending?>(nil)

  func withLock<Value: Sendable>(_ body: (inout StdioHost.Ending?) -> Value) -> Value {
    ending.withLock { body(&$0) }
  }
}

/// A pipe whose ends no other test's child inherits: one that held an end would keep it open.
private func closedPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 {
  #if canImport(Glibc)
    return pipeWithFlags(ends, O_CLOEXEC)
  #else
    guard pipe(ends) == 0 else { return -1 }
    return min(fcntl(ends[0], F_SETFD, FD_CLOEXEC), fcntl(ends[1], F_SETFD, FD_CLOEXEC))
  #endif
}

#if canImport(Glibc)
  // Glibc's module leaves it out.
  @_silgen_name("pipe2") private func pipeWithFlags(
    _ ends: UnsafeMutablePointer<Int32>, _ flags: Int32
  ) -> Int32
#endif
