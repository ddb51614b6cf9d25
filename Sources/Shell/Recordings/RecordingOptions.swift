public import Recording

/// Whether and where sessions are kept.
public struct RecordingOptions: Sendable {
  /// Where a session goes.
  public enum Place: Sendable {
    /// Into a new file of a folder, of which so many are kept.
    case folder(RecordingFolder, keeping: Int = 100)
    /// To the end of a file.
    case file(String)
  }

  /// Where sessions go; nil if they are not kept.
  public var place: Place?
  /// The program and its version, for the first line of a recording.
  public var program: String

  /// Sessions are not kept unless there is a place for them.
  public init(_ place: Place? = nil, program: String = "rpcscope") {
    self.place = place
    self.program = program
  }
}
