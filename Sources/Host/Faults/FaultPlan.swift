/// Which faults a server has: for every method, and for single ones.
public struct FaultPlan: Sendable {
  /// A fault with what it was told.
  public struct Rule: Sendable, Equatable {
    /// The fault.
    public var fault: Fault
    /// How long it takes, how many, or which text, for those that take something.
    public var argument: FaultArgument
    /// How likely it is, from 0 to 1.
    public var probability: Double
    /// The calls that have it, counted from 1; nil means all.
    public var calls: ClosedRange<Int>?

    /// A fault that always happens unless told otherwise.
    public init(
      _ fault: Fault, _ argument: FaultArgument? = nil, probability: Double = 1,
      calls: ClosedRange<Int>? = nil
    ) {
      self.fault = fault
      self.argument = argument ?? fault.parameter.standard
      self.probability = probability
      self.calls = calls
    }
  }

  /// Faults of every method.
  public var everywhere: [Rule] = []
  /// Faults of single methods, which have these instead.
  public var methods: [String: [Rule]] = [:]
  /// Where chance begins: the same seed and the same calls have the same faults.
  public var seed: UInt64 = 1

  /// No faults.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool { everywhere.isEmpty && methods.isEmpty }

  /// The faults of a method.
  func rules(for method: String) -> [Rule] { methods[method] ?? everywhere }
}
