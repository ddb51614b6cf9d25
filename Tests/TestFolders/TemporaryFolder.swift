#if canImport(Glibc)
  public import Glibc
#else
  public import Darwin
#endif

/// A folder for one test, gone with it.
public final class TemporaryFolder: Sendable {
  /// What the system refused.
  public struct Fault: Error {
    /// The `errno`.
    public let code: Int32

    /// A failure with this `errno`.
    public init(code: Int32) { self.code = code }
  }

  /// Where it is.
  public let path: String

  /// Makes it.
  public init() throws {
    var name = Array("/tmp/rpcscope-test-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw Fault(code: errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file anew.
  public func write(_ name: String, _ text: String) throws {
    guard let file = fopen("\(path)/\(name)", "w") else { throw Fault(code: errno) }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    _ = fwrite(bytes, 1, bytes.count, file)
  }

  /// Adds to the end of a file, which may be new.
  public func append(_ name: String, _ text: String) throws {
    guard let file = fopen("\(path)/\(name)", "a") else { throw Fault(code: errno) }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    _ = fwrite(bytes, 1, bytes.count, file)
  }

  /// Makes a folder in it.
  public func makeFolder(_ name: String) throws {
    guard mkdir("\(path)/\(name)", 0o700) == 0 else { throw Fault(code: errno) }
  }

  /// A file's text.
  public func read(_ name: String) throws -> String {
    guard let file = fopen("\(path)/\(name)", "r") else { throw Fault(code: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The permissions of a file.
  public func mode(_ name: String) throws -> mode_t {
    var facts = stat()
    guard stat("\(path)/\(name)", &facts) == 0 else { throw Fault(code: errno) }
    return facts.st_mode & 0o777
  }

  private static func remove(_ path: String) {
    guard let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let child = "\(path)/\(name)"
      if entry.pointee.d_type == UInt8(DT_DIR) { remove(child) } else { unlink(child) }
    }
    closedir(directory)
    rmdir(path)
  }
}
