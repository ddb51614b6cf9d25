#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Screens kept in files beside the tests, in a folder `Golden`.
///
/// `RECORD_GOLDEN=1` writes them anew, which is told as a difference too, so that such a run fails.
public struct Golden: Sendable {
  private let folder: String

  /// The screens of a test file's target; give it `#filePath`.
  public init(beside file: String, up levels: Int = 1) {
    var parts = file.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(levels)
    folder = parts.joined(separator: "/") + "/Golden"
  }

  /// What is different from the file of that name, or nil.
  public func difference(_ name: String, _ text: String) -> String? {
    let path = "\(folder)/\(name).txt"
    let screen = text.hasSuffix("\n") ? text : text + "\n"
    if let record = getenv("RECORD_GOLDEN"), String(cString: record) == "1" {
      mkdir(folder, 0o777)
      return write(screen, path) ? "recorded \(path)" : "can't write \(path)"
    }
    guard let expected = read(path) else { return "there is no \(path): RECORD_GOLDEN=1 writes it" }
    if expected == screen { return nil }
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = screen.split(separator: "\n", omittingEmptySubsequences: false)
    let place = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = place ?? min(old.count, new.count)
    return """
      \(name) differs in line \(line + 1) (RECORD_GOLDEN=1 records it anew)
      kept: \(line < old.count ? String(old[line]) : "(end)")
      now:  \(line < new.count ? String(new[line]) : "(end)")
      the whole screen now:
      \(screen)
      """
  }

  private func write(_ text: String, _ path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  private func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
