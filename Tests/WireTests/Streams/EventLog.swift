import Synchronization
import Testing
import Wire

/// Keeps what a channel tells, and waits for things to be told.
final class EventLog: Sendable {
  struct Missed: Error { var wanted: String }

  private let told = Mutex<[ChannelEvent]>([])

  var sink: ChannelSink {
    { [self] event in told.withLock { $0.append(event) } }
  }

  var events: [ChannelEvent] { told.withLock { $0 } }

  /// Waits until the log gives a value; fails after a time that no working channel needs.
  func wait<Value>(
    _ wanted: String, _ location: SourceLocation = #_sourceLocation,
    for value: (EventLog) -> Value?
  ) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(20)
    while .now < deadline {
      if let found = value(self) { return found }
      try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("no \(wanted) in \(summary)", sourceLocation: location)
    throw Missed(wanted: wanted)
  }

  func closing(_ location: SourceLocation = #_sourceLocation) async throws -> CloseReason {
    try await wait("closed", location) { $0.closeReason }
  }

  func frames(
    _ count: Int, _ location: SourceLocation = #_sourceLocation
  ) async throws -> [String] {
    try await wait("\(count) frames", location) { $0.frames.count >= count ? $0.frames : nil }
  }

  func outcome(
    _ id: UInt64, _ location: SourceLocation = #_sourceLocation
  ) async throws -> SendOutcome {
    try await wait("outcome of \(id)", location) { $0.outcomes(id).first }
  }

  func opening(_ location: SourceLocation = #_sourceLocation) async throws -> Opening {
    try await wait("opened", location) { log in
      log.events.lazy.compactMap { if case .opened(let opening) = $0 { opening } else { nil } }
        .first
    }
  }

  var closeReason: CloseReason? {
    events.lazy.compactMap { if case .closed(let reason) = $0 { reason } else { nil } }.first
  }

  var rawFrames: [Frame] {
    events.compactMap { if case .frame(_, let frame) = $0 { frame } else { nil } }
  }

  var frames: [String] { rawFrames.map { String(decoding: $0.bytes, as: UTF8.self) } }

  func diagnostics(_ source: Diagnostic.Source) -> [String] {
    events.compactMap { event in
      guard case .diagnostic(let found) = event, found.source == source else { return nil }
      return String(decoding: found.bytes, as: UTF8.self)
    }
  }

  func outcomes(_ id: UInt64) -> [SendOutcome] {
    events.compactMap { event in
      if case .finished(SendID(id), let outcome) = event { outcome } else { nil }
    }
  }

  /// The kinds of the events in order, for a failure's message.
  var summary: String {
    events.suffix(20).map { event in
      switch event {
      case .opened: "opened"
      case .head: "head"
      case .frame(_, let frame): "frame(\(frame.bytes.count))"
      case .finished(let id, let outcome):
        "finished(\(id.number), \(outcome.error.map { "\($0)" } ?? "ok"))"
      case .diagnostic(let found): "diagnostic(\(String(decoding: found.bytes, as: UTF8.self)))"
      case .closed(let reason): "closed(\(reason))"
      }
    }.joined(separator: ", ")
  }
}

extension Channel {
  func send(_ id: UInt64, _ text: String) { send(SendID(id), Array(text.utf8), SendOptions()) }
}

func shell(_ script: String) -> [String] { ["/bin/sh", "-c", script] }

/// Waits until something holds; false if it never does.
func eventually(_ holds: () -> Bool) async throws -> Bool {
  let deadline = ContinuousClock.now + .seconds(20)
  while .now < deadline {
    if holds() { return true }
    try await Task.sleep(for: .milliseconds(2))
  }
  return false
}

/// A number that threads add to.
final class EventCount: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  func add(_ more: Int) { count.withLock { $0 += more } }
}
