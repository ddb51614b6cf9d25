#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that the user names.
enum FileText {
  struct Fault: Error {
    var message: String
  }

  /// The whole contents.
  static func read(_ path: String) throws(Fault) -> [UInt8] {
    let descriptor = open(expanded(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(path, errno) }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: path)
  }

  /// Everything up to the end of what is open there.
  static func read(descriptor: Int32, name: String) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw fault(name, errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func fault(_ path: String, _ code: Int32) -> Fault {
    switch code {
    case ENOENT: Fault(message: "there is no file \(path)")
    case EISDIR: Fault(message: "\(path) is a folder")
    default: Fault(message: "\(path) can't be read: \(Complaint.systemText(code))")
    }
  }

  /// The path with a leading `~/` replaced by the home directory.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}
