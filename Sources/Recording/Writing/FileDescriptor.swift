#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open file, closed with its last user.
final class FileDescriptor: Sendable {
  let number: Int32
  let path: String

  private init(_ number: Int32, _ path: String) {
    self.number = number
    self.path = path
  }

  deinit { _ = systemClose(number) }

  /// Opens a file that children do not inherit.
  static func open(
    _ path: String, _ flags: Int32, mode: mode_t = 0o600
  ) throws(RecordingError) -> FileDescriptor {
    while true {
      let number = systemOpen(path, flags | O_CLOEXEC, mode)
      if number >= 0 { return FileDescriptor(number, path) }
      if errno != EINTR { throw .system(operation: "open", path: path, errno: errno) }
    }
  }

  /// Writes all bytes; after a failure some of them may have been written.
  func write(_ bytes: UnsafeRawBufferPointer) throws(RecordingError) {
    var offset = 0
    while offset < bytes.count {
      let count = systemWrite(number, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      if count > 0 {
        offset += count
      } else if count == 0 || errno != EINTR {
        throw .system(operation: "write", path: path, errno: count == 0 ? ENOSPC : errno)
      }
    }
  }

  /// Reads bytes at an offset into a buffer; fewer than asked for only at the end of the file.
  func read(
    _ buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(RecordingError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(
        number, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw .system(operation: "read", path: path, errno: errno)
      }
    }
    return done
  }

  /// Reads so many bytes at an offset, fewer at the end of the file.
  func read(_ count: Int, at offset: Int) throws(RecordingError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: RecordingError?
    var got = 0
    bytes.withUnsafeMutableBytes { buffer in
      do throws(RecordingError) { got = try read(buffer, at: offset) } catch { failure = error }
    }
    if let failure { throw failure }
    bytes.removeLast(count - got)
    return bytes
  }

  /// The size and kind of the file.
  func status() throws(RecordingError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else {
      throw .system(operation: "stat", path: path, errno: errno)
    }
    return status
  }

  /// The size of the file in bytes.
  func size() throws(RecordingError) -> Int { Int(try status().st_size) }

  /// Locks the file against other writers; false if one has it.
  func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  open(path, flags, mode)
}

private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(number, bytes, count)
}

private func systemClose(_ number: Int32) -> Int32 { close(number) }
