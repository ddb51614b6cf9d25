import Recording
import Synchronization

/// Takes the secrets out of what is kept of the shell itself: its history and its log.
///
/// No `Shared` of a mask: the rules are made on first use, which a single call has none of.
final class SharedMask: Sendable {
  private let mask = Mutex<ExchangeMask?>(nil)

  /// Masks by other rules from now on; secrets that were met stay masked.
  func follow(_ rules: MaskRules) { update { $0.follow(rules) } }

  /// The text without secrets.
  func masked(_ text: String) -> String { update { $0.masked(text) } }

  private func update<Result: Sendable>(_ change: (inout ExchangeMask) -> Result) -> Result {
    mask.withLock { mask in
      var current = mask ?? ExchangeMask()
      // One holder only, so that nothing is copied.
      mask = nil
      defer { mask = current }
      return change(&current)
    }
  }
}
