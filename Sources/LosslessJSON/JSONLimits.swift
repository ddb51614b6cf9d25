/// How large and how deep a document may be before reading gives up.
public struct JSONLimits: Sendable, Equatable {
  /// The most bytes a document may have. Never more than 4 GB less one, which the index can address.
  public var maxBytes: Int { didSet { maxBytes = Self.clamped(maxBytes) } }
  /// The most containers that may be open at once. Reading is iterative, so this guards the reader's
  /// users rather than its stack.
  public var maxDepth: Int

  /// Limits of that size.
  public init(maxBytes: Int = Int(UInt32.max) - 64, maxDepth: Int = 10_000) {
    self.maxBytes = Self.clamped(maxBytes)
    self.maxDepth = maxDepth
  }

  private static func clamped(_ count: Int) -> Int { min(count, Int(UInt32.max) - 64) }

  /// 4 GB and 10,000 levels.
  public static let standard = JSONLimits()
}
