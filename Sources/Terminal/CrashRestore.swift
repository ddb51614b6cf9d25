#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Puts the terminal back when the program crashes, in a handler where hardly anything is allowed.
enum CrashRestore {
  private struct Record {
    var isArmed = false
    var input: Int32 = -1
    var output: Int32 = -1
    var original = termios()
    var isPlain = false
  }

  /// What the handler needs, for the terminal that was last taken.
  ///
  /// A handler may take no lock, so there is none.
  // Guard: written under `TerminalMode`'s lock, read by a handler that returns to no writer.
  private static nonisolated(unsafe) let record: UnsafeMutablePointer<Record> = {
    let record = UnsafeMutablePointer<Record>.allocate(capacity: 1)
    record.initialize(to: Record())
    return record
  }()

  private static let farewell = Array(TerminalMode.switchesOff.utf8)

  /// The handlers from before, by signal.
  ///
  /// Read by the handler, which may take no lock.
  // Guard: each place is filled in by `install` as the handler that reads it is put in force.
  private static nonisolated(unsafe) let before: UnsafeMutablePointer<sigaction> = {
    let before = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)
    before.initialize(repeating: sigaction(), count: 64)
    return before
  }()

  /// Says how the terminal has to be put back.
  static func arm(input: Int32, output: Int32, original: termios, isPlain: Bool) {
    record.pointee = Record(
      isArmed: true, input: input, output: output, original: original, isPlain: isPlain)
  }

  /// Says that there is nothing to put back.
  static func disarm() { record.pointee.isArmed = false }

  /// Handles the signals of a crash, once; what handled them before does so afterwards.
  static func install() {
    _ = (record, before, farewell)
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE] {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handler
      #else
        action.__sigaction_u.__sa_handler = handler
      #endif
      action.sa_flags = Int32(SA_ONSTACK)
      sigaction(number, &action, before + Int(number))
    }
  }

  private static let handler: @convention(c) (Int32) -> Void = { number in
    if CrashRestore.record.pointee.isArmed {
      let record = CrashRestore.record
      tcsetattr(record.pointee.input, TCSANOW, &record.pointee.original)
      if !record.pointee.isPlain {
        CrashRestore.farewell.withUnsafeBytes {
          _ = write(record.pointee.output, $0.baseAddress, $0.count)
        }
      }
    }
    // Returning repeats the fault, which then goes where it would have gone.
    sigaction(number, CrashRestore.before + Int(number), nil)
  }
}
