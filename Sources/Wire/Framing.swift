/// How messages are told apart in a stream of bytes: a state machine without I/O.
///
/// Bytes go in with `feed` in whatever pieces they came, even one at a time, and messages come out
/// in order. A framing never throws: what it can't read becomes stray bytes, and it goes on.
public protocol Framing: Sendable {
  /// The name that `--framing` takes: `lines`, `headers`, `values`, `netstring`.
  var name: String { get }

  /// Takes bytes in and gives back what became complete, in order.
  mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput]

  /// Says that no more bytes will come and gives back what can still be made of the rest.
  mutating func finish() -> [FramingOutput]

  /// The bytes of an unfinished message that are held.
  var pending: Int { get }

  /// Puts the framing around a message that is to be written.
  func wrap(_ message: [UInt8]) -> [UInt8]
}

/// What comes out of a framing.
public enum FramingOutput: Sendable, Equatable {
  /// A message, without its framing.
  case message([UInt8])
  /// Bytes between messages that belong to none.
  case stray([UInt8])
  /// A message whose announced or actual size is over the limit; its bytes are skipped.
  case oversize(limit: Int)
}
