public import LosslessJSON

/// How positions of the Language Server Protocol count the characters of a line.
public enum PositionEncoding: String, Sendable, CaseIterable {
  /// In bytes of UTF-8.
  case utf8 = "utf-8"
  /// In units of UTF-16: a character beyond the basic plane counts twice. What every server knows.
  case utf16 = "utf-16"
  /// In Unicode scalars.
  case utf32 = "utf-32"

  /// What a server's capabilities say; UTF-16 unless they say otherwise.
  public init(capabilities: JSON?) {
    let name = capabilities?["positionEncoding"]?.string
    self = name.flatMap { PositionEncoding(rawValue: $0) } ?? .utf16
  }

  /// How many units a character counts.
  func units(_ scalar: Unicode.Scalar) -> Int {
    switch self {
    case .utf8: UTF8.width(scalar)
    case .utf16: UTF16.width(scalar)
    case .utf32: 1
    }
  }
}
