#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps the inputs that the threads are at when the program crashes.
///
/// What runs in the handler only reads memory and calls `open` and `write`.
enum CrashReport {
  /// What each thread is at.
  /// Guard: `install` alone writes it, before any thread is started.
  nonisolated(unsafe) private(set) static var slots: [WorkSlot] = []
  /// The seed of the run, which names the files.
  /// Guard: `install` alone writes it, before any thread is started.
  nonisolated(unsafe) private(set) static var seed: UInt64 = 0
  /// The file for each thread's input.
  /// Guard: `install` alone writes it, before any thread is started.
  nonisolated(unsafe) private static var paths: [UnsafeMutablePointer<CChar>] = []

  static func install(workers: Int, seed: UInt64) {
    slots = (0..<workers).map { _ in WorkSlot() }
    self.seed = seed
    paths = slots.indices.compactMap { strdup("fuzz-\(seed)-crash-\($0).input") }
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handleCrash
      #else
        action.__sigaction_u.__sa_handler = handleCrash
      #endif
      // The second time it is the default's turn. The stack may be what overflowed.
      action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND) | Int32(SA_ONSTACK)
      sigaction(number, &action, nil)
    }
  }

  /// For each thread, as the handler can't run on a stack that overflowed.
  static func useOwnSignalStack() {
    let size = 256 << 10
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
  }

  fileprivate static func keepInputs() {
    say("fuzz: crashed; the inputs at work are kept in:\n")
    for (slot, path) in zip(slots, paths) where slot.index >= 0 {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      if descriptor >= 0 {
        write(descriptor, slot.text.baseAddress, slot.text.count)
        close(descriptor)
      }
      say("  ")
      write(2, path, strlen(path))
      say(" (while at: ")
      let name = slot.checkName
      write(2, name.utf8Start, name.utf8CodeUnitCount)
      say(")\n")
    }
    say("  again: fuzz --input FILE\n")
  }

  private static func say(_ text: StaticString) {
    write(2, text.utf8Start, text.utf8CodeUnitCount)
  }
}

private func handleCrash(_ number: Int32) {
  CrashReport.keepInputs()
  raise(number)
}
