import LosslessJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole files as bytes.
enum FileText {
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var code: Int32
    var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  /// The bytes of a file, with the room behind them that reading JSON wants.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    lseek(descriptor, 0, SEEK_SET)
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 64) { buffer, count in
      LargeMemory.willFill(UnsafeMutableRawBufferPointer(buffer))
      while count < size {
        let got = buffer.baseAddress.map { systemRead(descriptor, $0 + count, size - count) } ?? 0
        if got < 0 { code = errno }
        if got <= 0 { return }
        count += got
      }
    }
    if code != 0 { throw Failure(path: path, code: code) }
    return bytes
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(descriptor) }
    let isWritten = bytes.withUnsafeBufferPointer { Output.write($0, to: descriptor) }
    if !isWritten { throw Failure(path: path, code: errno) }
  }

  private static func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Int {
    // `read` alone would be this type's.
    #if canImport(Glibc)
      Glibc.read(descriptor, target, count)
    #else
      Darwin.read(descriptor, target, count)
    #endif
  }
}
