#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file behind a history: lines are appended and, now and then, the oldest dropped, always
/// under a lock, so that several shells can share it and none loses a line.
struct HistoryFile: Sendable {
  let path: String
  /// How many lines are kept.
  let limit: Int

  /// What the file holds: the statements that could be read, oldest first.
  func load() -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    _ = flock(descriptor, LOCK_SH)
    let lines = Self.read(descriptor)
    return lines.split(separator: 0x0a).compactMap(HistoryLine.decode)
  }

  /// Adds a statement; gives back the `errno` of what failed, or nil.
  func append(_ statement: String) -> Int32? {
    withLockedFile { descriptor in
      var line = HistoryLine.encode(statement)
      line.append(0x0a)
      // A line that was cut off in a crash must not swallow this one.
      if let last = Self.lastByte(descriptor), last != 0x0a { line.insert(0x0a, at: 0) }
      return Self.write(line, to: descriptor)
    }
  }

  /// Drops the oldest statements if there are more than the limit, by a margin.
  ///
  /// Lines that can't be read are kept: a newer version may have written them.
  func compact() -> Int32? {
    withLockedFile { descriptor in
      let lines = Self.read(descriptor).split(separator: 0x0a)
      let readable = lines.map { HistoryLine.decode($0) != nil }
      let count = readable.count { $0 }
      guard count > limit + limit / 10 else { return nil }
      var surplus = count - limit
      var kept: [UInt8] = []
      for (line, isReadable) in zip(lines, readable) {
        if isReadable, surplus > 0 {
          surplus -= 1
        } else {
          kept.append(contentsOf: line)
          kept.append(0x0a)
        }
      }
      return replace(with: kept)
    }
  }

  /// Writes a new file beside the old one and puts it in its place; the lock is held.
  private func replace(with bytes: [UInt8]) -> Int32? {
    let temporary = "\(target).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    let failure = Self.write(bytes, to: descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
    close(descriptor)
    if failure == nil, rename(temporary, target) == 0 { return nil }
    let code = failure ?? errno
    unlink(temporary)
    return code
  }

  /// The file itself, where the path is a link to it.
  private var target: String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Calls `body` with the file, open for reading and appending, and nobody else in it.
  private func withLockedFile(_ body: (Int32) -> Int32?) -> Int32? {
    Self.makeDirectory(of: path)
    for _ in 0..<100 {
      let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return errno }
      defer { close(descriptor) }
      while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { return errno } }
      var opened = stat()
      var named = stat()
      guard fstat(descriptor, &opened) == 0 else { return errno }
      // Another shell may have put a new file in its place while we waited for the lock.
      guard stat(path, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev
      else { continue }
      if opened.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
      return body(descriptor)
    }
    return EBUSY
  }

  private static func makeDirectory(of path: String) {
    var directory = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      directory += part + "/"
      mkdir(directory, 0o700)
    }
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    lseek(descriptor, 0, SEEK_SET)
    while true {
      let count = Platform.read(descriptor, &chunk)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private static func lastByte(_ descriptor: Int32) -> UInt8? {
    let end = lseek(descriptor, 0, SEEK_END)
    var byte: UInt8 = 0
    return end > 0 && pread(descriptor, &byte, 1, end - 1) == 1 ? byte : nil
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    Platform.write(descriptor, bytes) ? nil : errno
  }
}
