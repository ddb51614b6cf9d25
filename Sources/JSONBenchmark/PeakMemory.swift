#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The most memory this process ever had.
enum PeakMemory {
  /// In bytes.
  static var bytes: Int {
    #if canImport(Glibc)
      // Not `getrusage`: its figure survives from before this program was started in the process.
      var status = [UInt8](repeating: 0, count: 8192)
      let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
      defer { close(descriptor) }
      let count = read(descriptor, &status, status.count)
      let text = String(decoding: status.prefix(max(count, 0)), as: UTF8.self)
      let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 } ?? 0
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
