import LosslessJSON
public import Session
import Wire

/// Something that happened in a session beside its exchanges, as a line of its own.
public struct RecordedEvent: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable {
    /// The connection stands; the text is the peer.
    case connected
    /// The connection ended; the text says why.
    case disconnected
    /// The child wrote a line on standard error.
    case stderr
    /// Bytes came between messages.
    case stray
    /// Exchanges could not be written; the text says how many and why.
    case lost
  }

  /// What happened.
  public var kind: Kind
  /// When, in seconds since 1970.
  public var at: Double
  /// The bytes, or words.
  public var bytes: [UInt8]
  /// What was masked in them.
  public var masked: [MaskedRange]

  /// Something that happened then.
  public init(_ kind: Kind, at: Double, bytes: [UInt8], masked: [MaskedRange] = []) {
    self.kind = kind
    self.at = at
    self.bytes = bytes
    self.masked = masked
  }

  /// What a session told, unless it is an exchange or the beginning of one.
  public init?(_ event: SessionEvent, at: Double) {
    switch event {
    case .connected(let opening): self.init(.connected, at: at, bytes: Array(opening.peer.utf8))
    case .disconnected(let reason):
      self.init(.disconnected, at: at, bytes: Array(Self.words(reason).utf8))
    case .diagnostic(let diagnostic):
      self.init(
        diagnostic.source == .stderr ? .stderr : .stray, at: at, bytes: diagnostic.bytes)
    case .connecting, .sending, .ended, .asked, .remark: return nil
    }
  }

  private static func words(_ reason: CloseReason) -> String {
    switch reason {
    case .asked: "asked"
    case .byPeer(let unread): unread > 0 ? "by peer, \(unread) bytes unread" : "by peer"
    case .exited(let status, _): "exited with status \(status)"
    case .signalled(let signal, _): "ended by signal \(signal)"
    case .failed: "failed"
    }
  }

  /// The line's text, without the newline.
  var line: [UInt8] {
    var text = LineText()
    text.raw("{\"event\":")
    text.string(kind.rawValue)
    text.raw(",\"at\":")
    text.seconds(micros: RecordedTime.micros(at))
    text.raw(",\"text\":")
    text.exact(bytes)
    if !masked.isEmpty { text.raw(",\"masked\":true") }
    text.raw("}")
    return text.bytes
  }

  /// Reads the value of a line; nil if it is no event that is known.
  init?(_ json: JSON) {
    guard let kind = json["event"]?.string.flatMap(Kind.init) else { return nil }
    self.init(
      kind, at: json["at"]?.double ?? 0, bytes: json["text"].flatMap(ExactBytes.read) ?? [])
  }
}
