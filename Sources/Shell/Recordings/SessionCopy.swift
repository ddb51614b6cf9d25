import Recording
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Exchanges that are to be kept in a file of their own.
struct SessionCopy: Sendable {
  var header: RecordingHeader
  var rules: MaskRules
  var exchanges: [Exchange]

  /// Writes a recording, whole or not at all; it takes the place of another one. It blocks.
  func write(to path: String) -> Complaint? {
    if access(path, F_OK) == 0, (try? SessionFile(opening: path)) == nil {
      return Complaint(
        "\(path) is there, and is no recording that could be replaced", hint: "name another file")
    }
    let draft = "\(path).\(getpid()).part"
    let failure = Shared<RecordingError?>(nil)
    let writer = RecordingWriter(
      path: draft, header: header, rules: rules, waitsForUse: false
    ) { failure.value = $0 }
    for exchange in exchanges { writer.record(exchange) }
    writer.close()
    if let error = failure.value {
      unlink(draft)
      if case .system(let operation, _, let code) = error {
        return Complaint(.system(operation: operation, path: path, errno: code))
      }
      return Complaint(error)
    }
    guard rename(draft, path) == 0 else {
      let code = errno
      unlink(draft)
      return Complaint(.system(operation: "rename", path: path, errno: code))
    }
    return nil
  }
}
