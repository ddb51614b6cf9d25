#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sees when an input takes too long.
struct Watchdog {
  /// What a slot was at when it was first seen there.
  private struct Sight {
    var index = -1
    var time = ContinuousClock.now
    var processorTime = 0.0
  }

  static let limit = 2.0

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
      } else if ContinuousClock.now - sights[place].time > .seconds(Self.limit),
        // On a busy machine time passes without a turn.
        Self.processorTime - sights[place].processorTime > Self.limit
      {
        FailureReport.end(.stuck(seconds: Self.limit), slot, CrashReport.seed)
      }
    }
  }

  private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
