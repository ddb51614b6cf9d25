import Synchronization

/// The message that a silent stream stopped in, for whoever waits for it to look at.
///
/// The channel's thread writes it once the stream has been silent for a moment, so that long
/// messages are not copied while they come.
final class UnfinishedText: Sendable {
  /// How long the stream is silent before it is looked at.
  static let moment = Duration.milliseconds(50)
  /// Larger ones are not kept.
  static let limit = 1 << 20

  private let text = Mutex<[UInt8]>([])

  /// The bytes so far; empty if no message is unfinished.
  var bytes: [UInt8] {
    get { text.withLock { $0 } }
    set { text.withLock { $0 = newValue } }
  }
}
