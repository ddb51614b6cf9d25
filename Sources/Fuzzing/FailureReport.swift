#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Says what was found, keeps the input, and ends the program.
enum FailureReport {
  enum Failure {
    case broken(check: StaticString, promise: String)
    case stuck(seconds: Double)
  }

  static func end(_ failure: Failure, _ slot: WorkSlot, _ index: Int) -> Never {
    keep(failure, slot, index)
    _exit(1)
  }

  /// Says it and keeps the input.
  static func keep(_ failure: Failure, _ slot: WorkSlot, _ index: Int) {
    let seed = CrashReport.seed
    let path = "fuzz-\(seed)-\(index).input"
    let text = slot.text
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor >= 0 {
      write(descriptor, text.baseAddress, text.count)
      close(descriptor)
    }
    switch failure {
    case .broken(let check, let promise): Console.error("fuzz: \(check): \(promise)")
    case .stuck(let seconds):
      Console.error("fuzz: \(slot.checkName): took more than \(seconds) s")
    }
    Console.error(
      """
        input \(index) of seed \(seed), \(text.count) bytes, kept in \(path)
        again: fuzz --input \(path)
        or, with the same files: fuzz --seed \(seed) --only \(index) …
      """)
  }
}

/// Lines on standard error.
enum Console {
  static func error(_ line: String) {
    var text = line + "\n"
    _ = text.withUTF8 { write(2, $0.baseAddress, $0.count) }
  }
}
