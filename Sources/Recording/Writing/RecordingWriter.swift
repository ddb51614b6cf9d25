import Dispatch
import LosslessJSON
public import Session
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Appends a session to a recording as it happens.
///
/// Give it every event of the session, before anything is shown of it: with `.beforeReturning` an
/// exchange that was shown is in the file whatever becomes of the program, `kill -9` included (not
/// the machine: nothing is synced to the disk). The file is made, 0600, with the first line.
///
/// A recording never stands in a session's way: what can't be written is told once, and counted in
/// the file as soon as it takes lines again. All methods may be called from any thread.
public final class RecordingWriter: Sendable {
  /// When a line is in the file.
  public enum Promptness: Sendable {
    /// Before `observe` returns: a system call of some microseconds on the observer's thread.
    case beforeReturning
    /// Soon, written by a thread of its own; what waits is lost if the program is killed.
    case soon
  }

  /// The file.
  public let path: String
  private let promptness: Promptness
  private let onFailure: @Sendable (RecordingError) -> Void
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "rpcscope.recording")
  /// Bytes that wait for the queue; beyond a limit the observer waits too.
  private let backlog = Atomic<Int>(0)
  private static let backlogLimit = 64 << 20

  fileprivate struct State {
    var file: FileDescriptor?
    let header: RecordingHeader
    var masker: SecretMasker
    /// Whether the last line may be torn.
    var isTorn = false
    var isClosed = false
    var hasFailed = false
    /// Exchanges and events that could not be written since the last that was.
    var lost = 0
    var lastFailure: RecordingError?
    var count = 0
    /// Whether lines wait until the session is used, and those that wait.
    var isWaiting: Bool
    var early: [[UInt8]] = []
  }

  /// A writer that appends to the file of that path once there is something to write.
  ///
  /// With `waitsForUse` connecting and probing alone leave no file: such lines wait for the first
  /// exchange that is the user's or the server's. `onFailure` is called at most once, on whatever
  /// thread the failure arose.
  public init(
    path: String, header: RecordingHeader, rules: MaskRules = MaskRules(),
    promptness: Promptness = .beforeReturning, waitsForUse: Bool = true,
    onFailure: @escaping @Sendable (RecordingError) -> Void = { _ in }
  ) {
    self.path = path
    self.promptness = promptness
    self.onFailure = onFailure
    state = Mutex(State(header: header, masker: SecretMasker(rules), isWaiting: waitsForUse))
  }

  /// How many exchanges were written, or wait for the session to be used.
  public var count: Int { state.withLock { $0.count } }

  /// Takes an event of the session, in order.
  public func observe(_ event: SessionEvent) {
    switch event {
    case .ended(let exchange): record(exchange)
    case .connecting, .sending: break
    default:
      if let event = RecordedEvent(event, at: Self.now()) { record(event) }
    }
  }

  /// Writes an exchange that ended.
  public func record(_ exchange: Exchange) {
    perform(weight: exchange.request.count + exchange.replySize) { state throws(RecordingError) in
      try state.append(exchange, self.path)
    }
  }

  /// Writes something that happened beside the exchanges.
  public func record(_ event: RecordedEvent) {
    perform(weight: event.bytes.count) { state throws(RecordingError) in
      try state.append(event, self.path)
    }
  }

  /// Masks by other rules from now on; secrets that were met stay masked.
  public func mask(by rules: MaskRules) {
    flush()
    state.withLock { $0.masker.rules = rules }
  }

  /// Waits until everything given so far is in the file.
  public func flush() { if promptness == .soon { queue.sync {} } }

  /// Ends the recording; what is given later is dropped.
  public func close() {
    flush()
    state.withLock { state in
      state.file = nil
      state.isClosed = true
    }
  }

  private func perform(
    weight: Int, _ body: @escaping @Sendable (inout State) throws(RecordingError) -> Void
  ) {
    guard promptness == .soon else { return attempt(body) }
    let waiting = backlog.add(weight, ordering: .relaxed).newValue
    queue.async {
      self.attempt(body)
      self.backlog.subtract(weight, ordering: .relaxed)
    }
    if waiting > Self.backlogLimit { queue.sync {} }
  }

  private func attempt(_ body: (inout State) throws(RecordingError) -> Void) {
    let news = state.withLock { state -> RecordingError? in
      if state.isClosed { return nil }
      do throws(RecordingError) {
        try body(&state)
        return nil
      } catch {
        return state.fail(error)
      }
    }
    if let news { onFailure(news) }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension RecordingWriter.State {
  mutating func append(_ exchange: Exchange, _ path: String) throws(RecordingError) {
    var parts = ExchangeParts(exchange)
    masker.mask(&parts)
    if exchange.purpose == .ordinary { isWaiting = false }
    try take(ExchangeLine.bytes(exchange, parts), path)
    count += 1
  }

  mutating func append(_ event: RecordedEvent, _ path: String) throws(RecordingError) {
    var event = event
    (event.bytes, event.masked) = masker.masked(event.bytes, part: "text")
    try take(event.line, path)
  }

  private static let earlyLimit = 1000

  private mutating func take(_ line: [UInt8], _ path: String) throws(RecordingError) {
    if isWaiting {
      if early.count < Self.earlyLimit { early.append(line) }
      return
    }
    while let first = early.first {
      early.removeFirst()
      try write(first, path)
    }
    try write(line, path)
  }

  /// Notes a failure; returns it if it is the first.
  mutating func fail(_ error: RecordingError) -> RecordingError? {
    lost += 1
    lastFailure = error
    defer { hasFailed = true }
    return hasFailed ? nil : error
  }

  private mutating func write(_ line: [UInt8], _ path: String) throws(RecordingError) {
    let file = try opened(path)
    var text: [UInt8] = isTorn ? [0x0A] : []
    if lost > 0 {
      text +=
        RecordedEvent(
          .lost, at: 0, bytes: Array("\(lost) not written: \(Self.words(lastFailure))".utf8)
        ).line
      text.append(0x0A)
    }
    text.reserveCapacity(text.count + line.count + 1)
    text += line
    text.append(0x0A)
    try put(text, file)
    lost = 0
  }

  private mutating func opened(_ path: String) throws(RecordingError) -> FileDescriptor {
    if let file { return file }
    let new = try RecordingFolder.create(path)
    var header = masker.masked(Array(header.target.utf8), part: "target").0
    header = self.header.line(target: String(decoding: header, as: UTF8.self))
    let size = try new.size()
    // A line that an earlier session left torn is ended, so that ours begin a line.
    if size > 0, try new.read(1, at: size - 1) != [0x0A] { header.insert(0x0A, at: 0) }
    header.append(0x0A)
    try put(header, new)
    file = new
    return new
  }

  private mutating func put(_ text: [UInt8], _ file: FileDescriptor) throws(RecordingError) {
    var failure: RecordingError?
    text.withUnsafeBytes { bytes in
      do throws(RecordingError) { try file.write(bytes) } catch { failure = error }
    }
    isTorn = failure != nil
    if let failure { throw failure }
  }

  private static func words(_ error: RecordingError?) -> String {
    guard case .system(let operation, _, let code)? = error else { return "the file is in use" }
    return "\(operation): \(String(cString: strerror(code)))"
  }
}
