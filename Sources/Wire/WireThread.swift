import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Threads for blocking calls.
enum WireThread {
  fileprivate final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs the body on a thread of its own that no signal handler runs on.
  static func start(_ body: @escaping @Sendable () -> Void) throws(WireError) {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    // A fault must still kill the program where it happened.
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&all, fault) }
    pthread_sigmask(SIG_SETMASK, &all, &before)
    let code = create(Body(body))
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard code == 0 else { throw .ioFailed(operation: "pthread_create", errno: code) }
  }

  /// Runs the body on the thread that loads libcurl, once it has; else on one of its own.
  static func startLoaded(_ body: @escaping @Sendable () -> Void) throws(WireError) {
    let context = Unmanaged.passRetained(Body(body))
    if ccurl_take_thread(loadedThreadBody, context.toOpaque()) != 0 { return }
    context.release()
    try start(body)
  }

  private static func create(_ body: Body) -> Int32 {
    let context = Unmanaged.passRetained(body)
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, wireThreadBody, context.toOpaque())
      if let thread, code == 0 { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, wireThreadBody, context.toOpaque())
      if code == 0 { pthread_detach(thread) }
    #endif
    if code != 0 { context.release() }
    return code
  }
}

#if canImport(Darwin)
  private typealias ThreadContext = UnsafeMutableRawPointer
#else
  private typealias ThreadContext = UnsafeMutableRawPointer?
#endif

/// What the system calls on the new thread; a closure in its place crashes the 6.3 compiler.
private func wireThreadBody(_ context: ThreadContext) -> UnsafeMutableRawPointer? {
  let pointer: UnsafeMutableRawPointer? = context
  if let pointer { Unmanaged<WireThread.Body>.fromOpaque(pointer).takeRetainedValue().run() }
  return nil
}

private func loadedThreadBody(_ context: UnsafeMutableRawPointer?) {
  _ = wireThreadBody(context)
}
