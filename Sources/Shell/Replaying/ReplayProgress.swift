#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far a long run has come, in one row of the terminal that is drawn over again.
///
/// Used from one task at a time.
final class ReplayProgress {
  private let total: Int
  private let isOn: Bool
  private let start = ContinuousClock.now
  private var drawn: ContinuousClock.Instant?

  /// Shown only where standard error is a terminal.
  init(total: Int, isOn: Bool) {
    self.total = total
    self.isOn = isOn && isatty(2) == 1
  }

  /// Draws the row, now and then, once it takes long.
  func note(done: Int, differences: Int) {
    let now = ContinuousClock.now
    guard isOn, now - start > .milliseconds(700),
      drawn.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    drawn = now
    let differ = differences == 0 ? "" : " · \(differences) different"
    write("\r\u{1B}[K\(done) of \(total)\(differ) · Ctrl-C ends it")
  }

  /// Takes the row away.
  func clear() {
    if drawn != nil { write("\r\u{1B}[K") }
    drawn = nil
  }

  private func write(_ text: String) { Screen.write(Array(text.utf8), to: 2) }
}
