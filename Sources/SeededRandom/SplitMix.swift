/// SplitMix64: a small generator whose numbers are the same everywhere for the same seed.
///
/// For faults, fuzzing, benchmarks and tests that must be repeatable; not for secrets.
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that begins the same for the same seed.
  public init(seed: UInt64) { state = seed }

  /// The next of the numbers, each of all 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to but not including `bound`, which must be positive.
  @inlinable
  public mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
