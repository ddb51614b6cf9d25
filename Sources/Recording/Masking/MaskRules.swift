/// What is masked in recordings beyond what is known by name anyway.
public struct MaskRules: Sendable, Equatable {
  /// Whether anything is masked at all.
  public var isOn: Bool
  /// Names of members and headers that are secrets too, in any case, `_` and `-` alike.
  public var names: [String]
  /// Names that are to stay readable although they look like secrets.
  public var readable: [String]
  /// Secrets that are known beforehand, such as the credentials given as options: masked wherever
  /// they appear.
  public var values: [String]

  /// The built-in rules and these.
  public init(
    isOn: Bool = true, names: [String] = [], readable: [String] = [], values: [String] = []
  ) {
    self.isOn = isOn
    self.names = names
    self.readable = readable
    self.values = values
  }
}
