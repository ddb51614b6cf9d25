#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sees when an input takes too long: names it, and ends the program if it goes on.
struct Watchdog {
  /// What a slot was at when it was first seen there.
  private struct Sight {
    var index = -1
    var time = ContinuousClock.now
    var processorTime = 0.0
    var isNamed = false
  }

  /// Seconds until an input is named. A machine that stands still for as long is rare, but there are
  /// such; so only much later is it taken for a hang.
  private static let slow = 2.0
  private static let stuck = 10.0

  private let slots: [WorkSlot]
  private var sights: [Sight]

  init(slots: [WorkSlot]) {
    self.slots = slots
    sights = slots.map { _ in Sight() }
  }

  /// Looks at all; ends the program if one is stuck.
  mutating func look() {
    for (place, slot) in slots.enumerated() {
      let index = slot.index
      if index < 0 || index != sights[place].index {
        sights[place] = Sight(index: index, processorTime: Self.processorTime)
        continue
      }
      // On a busy machine time passes without a turn.
      let wall = Self.seconds(since: sights[place].time)
      let seconds = min(wall, Self.processorTime - sights[place].processorTime)
      if seconds > Self.stuck { FailureReport.end(.stuck(seconds: Self.stuck), slot, index) }
      if seconds > Self.slow, !sights[place].isNamed {
        sights[place].isNamed = true
        FailureReport.keep(.stuck(seconds: Self.slow), slot, index)
      }
    }
  }

  private static func seconds(since time: ContinuousClock.Instant) -> Double {
    let parts = (ContinuousClock.now - time).components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }

  private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
