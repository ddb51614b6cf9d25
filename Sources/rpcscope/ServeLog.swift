import ArgumentParser
import Host
import Synchronization
import Terminal
import View

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether and where `serve` writes what is exchanged.
struct ServeLogging: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Log nothing.") var quiet = false
  @Option(
    help: ArgumentHelp("Append the log to this file, with nothing cut.", valueName: "file"))
  var log: String?

  func makeLog() throws -> ServeLog? {
    guard let log else { return quiet ? nil : ServeLog(descriptor: 2, maxBytes: 2_000) }
    let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ServeFailure("can't write \(log): \(String(cString: strerror(errno)))", status: 2)
    }
    return ServeLog(descriptor: descriptor, maxBytes: .max)
  }
}

/// Writes what a server takes and sends, as the client's log has it: `-->` and `<--`.
final class ServeLog: Sendable {
  private let descriptor: Int32
  private let maxBytes: Int
  /// Held while a line is written, so that lines stay whole.
  private let pen = Mutex(())

  init(descriptor: Int32, maxBytes: Int) {
    self.descriptor = descriptor
    self.maxBytes = maxBytes
  }

  var observer: HostObserver { { [self] event in write(event) } }

  /// Writes a line for people.
  func say(_ sentence: String) { write(line: sentence) }

  private func write(_ event: HostEvent) {
    switch event {
    case .received(let peer, let message): write(line: "\(peer) --> \(text(message))")
    case .answered(let peer, let texts, let status, let duration, let faults):
      var notes = [status, Units.text(duration)].compactMap { $0 }
      if !faults.isEmpty { notes.append(faults.map(\.name).joined(separator: "+")) }
      let shown = texts.map(text).joined(separator: " ")
      write(
        line: "\(peer) <-- \(shown.isEmpty ? "nothing" : shown) (\(notes.joined(separator: ", ")))")
    case .refused(let peer, let reason): write(line: "\(peer) refused: \(reason)")
    }
  }

  /// What came from outside, fit for a terminal, and no longer than it may be.
  private func text(_ bytes: [UInt8]) -> String {
    let cut = bytes.count - min(bytes.count, maxBytes)
    return SafeText.escape(bytes: bytes.prefix(maxBytes)) + (cut > 0 ? " … \(cut) B more" : "")
  }

  private func write(line: String) {
    let bytes = Array((SafeText.escape(line) + "\n").utf8)
    pen.withLock { _ in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { buffer in
          #if canImport(Glibc)
            Glibc.write(descriptor, buffer.baseAddress, buffer.count)
          #else
            Darwin.write(descriptor, buffer.baseAddress, buffer.count)
          #endif
        }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}
