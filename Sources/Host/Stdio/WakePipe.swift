#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe whose only purpose is to end a wait in `poll`. Its descriptors are closed with it.
final class WakePipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no descriptors are left for a pipe")
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Ends the wait. The byte says why; a full pipe wakes as well, so it may be lost.
  func wake(_ byte: UInt8 = 0) {
    var byte = byte
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes out the bytes that were put in.
  func drain() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(readEnd, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : []
  }
}

/// Starts a thread for calls that block, which must not happen on the threads of tasks.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body)).toOpaque()
  #if canImport(Glibc)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        argument.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, box)
    precondition(status == 0, "no thread can be started")
    pthread_detach(thread)
  #else
    var thread: pthread_t?
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, box)
    precondition(status == 0, "no thread can be started")
    if let thread { pthread_detach(thread) }
  #endif
}
