public import Recording

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one place where a recording's errors become text.
extension Complaint {
  /// Words for an error of a recording.
  public init(_ error: RecordingError) {
    switch error {
    case .system("open", let path, ENOENT): self.init("there is no file \(path)")
    case .system(let operation, let path, let code):
      self.init("\(path): \(operation): \(Self.systemText(code))")
    case .inUse(let path):
      self.init(
        "\(path) is being written by another session", hint: "`--record` to another file")
    case .unrecognised(let path, let message):
      self.init(
        "\(path) is no session that can be read: \(message)",
        hint: "`rpcscope inspect` looks at single messages")
    case .tooNew(let path, let version):
      self.init("\(path) has version \(version) of the format, of which this program knows nothing")
    case .malformed(let path, let line, let message):
      self.init("\(path), line \(line): \(message)")
    case .badFilter(let word, let message): self.init("\(word): \(message)")
    case .badPattern(let text, _, let message): self.init("the path \(text): \(message)")
    }
  }

  /// What comes from the history of another session has lost its secrets.
  static let maskedLine = Complaint(
    "a mask stands in the line instead of the secret, which was not kept",
    hint: "type the secret again; `! ` before the line sends it as it stands")

  /// Runs something that fails with an error of a recording.
  static func wrapping<Value>(
    _ body: () throws(RecordingError) -> Value
  ) throws(Complaint) -> Value {
    do throws(RecordingError) { return try body() } catch { throw Complaint(error) }
  }
}
