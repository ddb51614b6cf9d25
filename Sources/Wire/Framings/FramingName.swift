/// The framings that a stream can be told to use, by the names that `--framing` takes.
public enum FramingName: String, Sendable, CaseIterable {
  /// One message per line.
  case lines
  /// A `Content-Length` header before each message, as in the Language Server Protocol.
  case headers
  /// JSON values one after the other, with or without anything between them.
  case values
  /// `LENGTH:MESSAGE,`.
  case netstring

  /// The largest message that is taken unless told otherwise: 128 MB.
  public static let defaultLimit = 128 << 20

  /// Makes a fresh framing of that name which skips messages over the limit.
  public func make(limit: Int = FramingName.defaultLimit) -> any Framing {
    switch self {
    case .lines: LineFraming(limit: limit)
    case .headers: HeaderFraming(limit: limit)
    case .values: ValueFraming(limit: limit)
    case .netstring: NetstringFraming(limit: limit)
    }
  }
}
