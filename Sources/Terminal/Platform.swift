#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// System calls in the shape that this module uses them.
enum Platform {
  /// Reads what is there, at most a buffer full; -1 and `errno` after a failure.
  static func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { bytes in
      #if canImport(Glibc)
        Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      #else
        Darwin.read(descriptor, bytes.baseAddress, bytes.count)
      #endif
    }
  }

  /// Writes all of the bytes; false and `errno` after a failure.
  @discardableResult
  static func write(_ descriptor: Int32, _ bytes: some Sequence<UInt8>) -> Bool {
    let done = bytes.withContiguousStorageIfAvailable { writeAll(descriptor, $0) }
    return done ?? Array(bytes).withUnsafeBufferPointer { writeAll(descriptor, $0) }
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = UnsafeRawBufferPointer(bytes)
    while let start = rest.baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, start, rest.count)
      #else
        let count = Darwin.write(descriptor, start, rest.count)
      #endif
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Waits until one of the descriptors can be read; which of them can.
  ///
  /// A negative descriptor is never ready. No time limit if `milliseconds` is negative.
  static func wait(_ descriptors: [Int32], milliseconds: Int32) -> [Bool] {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let count = poll(&entries, nfds_t(entries.count), milliseconds)
    return entries.map { count > 0 && $0.revents != 0 }
  }

  /// Runs `body` on a thread of its own.
  static func startThread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        Unmanaged<ThreadBody>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }
    #else
      var thread: pthread_t?
      let run: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
        Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }
    #endif
    guard pthread_create(&thread, nil, run, box.toOpaque()) == 0 else {
      box.release()
      return
    }
    #if canImport(Glibc)
      pthread_detach(thread)
    #else
      if let thread { pthread_detach(thread) }
    #endif
  }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// A pipe that wakes a thread out of waiting for input.
final class WakePipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Wakes the reader; safe in a signal handler.
  func wake(_ byte: UInt8 = 0) {
    var byte = byte
    #if canImport(Glibc)
      _ = Glibc.write(writeEnd, &byte, 1)
    #else
      _ = Darwin.write(writeEnd, &byte, 1)
    #endif
  }

  /// Takes all that was written.
  func drain() -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: 256)
    var all: [UInt8] = []
    while true {
      let count = Platform.read(readEnd, &chunk)
      if count <= 0 { return all }
      all.append(contentsOf: chunk[..<count])
    }
  }
}
