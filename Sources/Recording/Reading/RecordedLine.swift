import LosslessJSON
import Session

/// A line of a recording.
public struct RecordedLine: Sendable {
  /// What a line can be.
  public enum Entry: Sendable {
    /// The beginning of a session.
    case header(RecordingHeader)
    /// An exchange.
    case exchange(RecordedExchange)
    /// Something that happened beside the exchanges.
    case event(RecordedEvent)
    /// Nothing that this program can read: torn, or of a later format.
    case unreadable
  }

  /// Where it begins in the file.
  public let offset: Int
  /// Its bytes without the newline.
  public let bytes: [UInt8]

  /// What it says, read anew each time.
  public var entry: Entry {
    guard let json = try? JSON(reading: bytes) else { return .unreadable }
    if let exchange = RecordedExchange(json) { return .exchange(exchange) }
    if let event = RecordedEvent(json) { return .event(event) }
    if let header = RecordingHeader(json) { return .header(header) }
    return .unreadable
  }

  /// Whether it passes the filter; lines that are no exchanges pass an empty one only.
  func passes(_ filter: LineFilter) -> Bool {
    switch bytes.withUnsafeBufferPointer(filter.judge) {
    case .no: false
    case .yes: true
    case .ask: Self.passes(entry, filter.filter)
    }
  }

  static func passes(_ entry: Entry, _ filter: ExchangeFilter) -> Bool {
    switch entry {
    case .exchange(let recorded): filter.matches(recorded.exchange)
    case .event(let event): event.passes(filter)
    case .header, .unreadable: false
    }
  }
}

extension RecordedEvent {
  /// Whether it passes a filter that looks for nothing but text and time.
  func passes(_ filter: ExchangeFilter) -> Bool {
    filter.terms.allSatisfy { term in
      let holds: Bool
      switch term.test {
      case .text(let text): holds = ByteNeedle(Array(text.utf8)).isIn(bytes)
      case .since(let time): holds = at >= time
      case .until(let time): holds = at < time
      default: return false
      }
      return holds != term.isNegated
    }
  }
}
