import Synchronization
public import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where text goes: above the line being typed, or to standard output and error.
///
/// May be used from any thread. What comes from outside must have gone through `SafeText`.
public final class Screen: Sendable {
  /// Colours on standard output.
  public let output: Renderer
  /// Colours on standard error.
  public let error: Renderer
  private let editor = Mutex<LineEditor?>(nil)
  private let outputDescriptor: Int32
  private let errorDescriptor: Int32
  private let writing = Mutex(())

  /// A screen on those descriptors.
  public init(
    color: ColorChoice = .auto, outputDescriptor: Int32 = 1, errorDescriptor: Int32 = 2
  ) {
    output = Renderer(color: color.decide(descriptor: outputDescriptor))
    error = Renderer(color: color.decide(descriptor: errorDescriptor))
    self.outputDescriptor = outputDescriptor
    self.errorDescriptor = errorDescriptor
  }

  /// From now on text is printed above what is typed there.
  func attach(_ editor: LineEditor?) { self.editor.withLock { $0 = editor } }

  /// Whether a person reads along.
  var isInteractive: Bool { editor.withLock { $0 } != nil }

  /// Whether results go to a terminal.
  var isTerminal: Bool { isatty(outputDescriptor) == 1 }

  /// Columns of the screen; 80 where there is none.
  var width: Int {
    isTerminal ? TerminalSize.of(descriptor: outputDescriptor).columns : 80
  }

  /// Keeps one row above what is typed, until it is changed or taken off; only where a person sits.
  func showStatus(_ text: StyledText?) { editor.withLock { $0 }?.showStatus(text) }

  /// Shows a result, with a newline.
  func show(_ text: StyledText) {
    if let editor = editor.withLock({ $0 }) {
      editor.printAbove(text)
    } else {
      write(Array((output.render(text) + "\n").utf8))
    }
  }

  /// Shows something about a result: a log line, a note, an error. Not on standard output when
  /// that is for results.
  func note(_ text: StyledText) {
    if let editor = editor.withLock({ $0 }) {
      editor.printAbove(text)
    } else {
      Self.write(Array((error.render(text) + "\n").utf8), to: errorDescriptor)
    }
  }

  /// Writes bytes as they are to standard output.
  func write(_ bytes: [UInt8]) {
    write { bytes.withUnsafeBufferPointer($0) }
  }

  /// Writes the bytes that come in parts to standard output, and nothing of others between them.
  func write(_ parts: ((UnsafeBufferPointer<UInt8>) -> Void) -> Void) {
    // One result after another, whatever the thread.
    writing.withLock { _ in
      parts { part in
        if let code = Self.write(part, to: outputDescriptor) { endLosingResults(code) }
      }
    }
  }

  /// Results that nobody gets are no reason to go on: ends the program.
  private func endLosingResults(_ code: Int32) -> Never {
    restoreTerminal()
    let status = Self.lostOutput(code, errorDescriptor: errorDescriptor)
    // Not `exit`: libcrypto's ending frees what a thread that ends at the same time frees too.
    _exit(status.rawValue)
  }

  /// Says why standard output took no more, and what to exit with: nothing and `ok` if who reads us
  /// has gone, as `yes | head` ends.
  public static func lostOutput(_ code: Int32, errorDescriptor: Int32 = 2) -> ExitStatus {
    if code == EPIPE { return .ok }
    let reason = Complaint.systemText(code)
    write(Array("rpcscope: cannot write to standard output: \(reason)\n".utf8), to: errorDescriptor)
    return .usage
  }

  /// Writes all of it; the errno of what hindered that, or nil.
  @discardableResult
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBufferPointer { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32? {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let written = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
          continue
        }
        return errno
      }
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(written))
    }
    return nil
  }
}
