/// Why a host can't serve.
public struct HostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number that the system gave, or 0.
  public var code: Int32
  /// What failed, where, and why.
  public var description: String
}
