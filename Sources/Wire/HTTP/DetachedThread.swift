#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread that nobody waits for, with every signal left to the other threads.
enum DetachedThread {
  private final class Start: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread; gives back the system's `errno`, or zero.
  static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
    let context = Unmanaged.passRetained(Start(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // The new thread inherits the mask, so it is set around its creation.
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&all, fault) }
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let failure = pthread_create(
      &thread, &attributes,
      { context in
        let opaque: UnsafeMutableRawPointer? = context
        guard let opaque else { return nil }
        Unmanaged<Start>.fromOpaque(opaque).takeRetainedValue().body()
        return nil
      }, context.toOpaque())
    if failure != 0 { context.release() }
    return failure
  }
}
