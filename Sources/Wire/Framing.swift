public import LosslessJSON

/// How messages are told apart in a stream of bytes: a state machine without I/O.
///
/// Bytes go in with `feed` in whatever pieces they came, even one at a time, and messages come out
/// in order; how the bytes were cut makes no difference. A framing never throws: what it can't read
/// becomes stray bytes, what is wrong or odd becomes findings, and it goes on.
public protocol Framing: Sendable {
  /// The name that `--framing` takes: `lines`, `headers`, `values`, `netstring`.
  var name: String { get }

  /// Takes bytes in and gives back what became complete, in order.
  mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput]

  /// Says that no more bytes will come and gives back what can still be made of the rest.
  ///
  /// `pending` goes on to count the bytes of a message that the end cut off.
  mutating func finish() -> [FramingOutput]

  /// How long the stream may be silent, as it stands now, before `stall` has something to tell; nil
  /// if silence means nothing.
  var patience: Duration? { get }

  /// Says that nothing came for the time of `patience`, and gives back what is better told than
  /// held: a message whose end the peer announced wrongly, or never marks.
  ///
  /// Bytes may well follow.
  mutating func stall() -> [FramingOutput]

  /// The bytes of an unfinished message that are held.
  var pending: Int { get }

  /// An unfinished message as far as it came, without what stands before it.
  var unfinished: [UInt8] { get }

  /// Puts the framing around a message that is to be written.
  func wrap(_ message: [UInt8]) -> [UInt8]
}

extension Framing {
  /// None, for a framing that does not tell.
  public var unfinished: [UInt8] { [] }
}

/// What comes out of a framing.
public enum FramingOutput: Sendable, Equatable {
  /// A message, without its framing, and what is wrong or odd about how it was framed.
  case message([UInt8], findings: [Finding] = [])
  /// Bytes between messages that belong to none, and what they look like.
  ///
  /// A remark about a message that is still coming has no bytes.
  case stray([UInt8], findings: [Finding] = [])
  /// A message whose announced or actual size is over the limit; its bytes are skipped.
  case oversize(limit: Int)

  /// What is wrong or odd.
  public var findings: [Finding] {
    switch self {
    case .message(_, let findings), .stray(_, let findings): findings
    case .oversize: []
    }
  }
}

/// How long a silent stream is waited for.
enum Patience {
  /// When the message is all there, and only its end is missing.
  static let whole = Duration.milliseconds(400)
  /// When bytes of the message are missing.
  static let part = Duration.seconds(3)
}
