#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from what is no terminal, or from one that can't move its cursor.
///
/// Nothing is drawn but the prompts it is told to write. For one thread at a time.
public final class PlainReader {
  private let input: Int32
  private let output: Int32?
  private let needsMore: (String) -> Bool
  private let wake = WakePipe()
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  private var hasEnded = false
  private let isTerminal: Bool

  /// A reader of a descriptor; prompts go to `output`, if there is one.
  ///
  /// `needsMore` is asked after each line whether the statement goes on, with all of it so far.
  public init(
    input: Int32, output: Int32? = nil, needsMore: @escaping (String) -> Bool = { _ in false }
  ) {
    self.input = input
    self.output = output
    self.needsMore = needsMore
    isTerminal = isatty(input) == 1
  }

  /// Whether a whole line has been read already, so that `readLine` need not wait for it.
  public var hasLine: Bool { buffer[max(start, searched)...].contains(0x0A) }

  /// Reads one statement.
  ///
  /// An interrupt that comes meanwhile ends the reading if the input is a terminal or if
  /// `Signals.shared` was started; a statement cut off by the end of input is given back as it is.
  public func readLine(prompt: String = "", continuationPrompt: String = "") -> ReadOutcome {
    let wake = wake
    _ = wake.drain()
    let interrupt = Signals.shared.onInterrupt { wake.wake() }
    defer { interrupt.cancel() }
    show(prompt)
    var statement: String?
    while true {
      switch nextLine() {
      case .interrupted:
        if isTerminal { show("\n") }
        return .interrupted
      case .end:
        return statement.map(ReadOutcome.line) ?? .endOfInput
      case .line(let bytes):
        let line = String(decoding: bytes, as: UTF8.self)
        let whole = statement.map { $0 + "\n" + line } ?? line
        if !needsMore(whole) { return .line(whole) }
        statement = whole
        show(continuationPrompt)
      }
    }
  }

  /// Reads one line as bytes, without its line end; nil at the end or after an interrupt.
  public func readBytes() -> [UInt8]? {
    if case .line(let bytes) = nextLine() { return Array(bytes) }
    return nil
  }

  private enum Step {
    case line(ArraySlice<UInt8>)
    case end, interrupted
  }

  private func show(_ text: String) {
    if let output, !text.isEmpty { Platform.write(output, text.utf8) }
  }

  private func nextLine() -> Step {
    while true {
      if let newline = findNewline() {
        defer { (start, searched) = (newline + 1, newline + 1) }
        let hasReturn = newline > start && buffer[newline - 1] == 0x0d
        return .line(buffer[start..<(hasReturn ? newline - 1 : newline)])
      }
      searched = buffer.count
      if hasEnded {
        defer { (buffer, start, searched) = ([], 0, 0) }
        return start < buffer.count ? .line(buffer[start...]) : .end
      }
      let ready = Platform.wait([input, wake.readEnd], milliseconds: -1)
      if ready[1] {
        _ = wake.drain()
        if isTerminal { tcflush(input, TCIFLUSH) }
        return .interrupted
      }
      if ready[0] { fill() }
    }
  }

  private func findNewline() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let found = memchr(base + searched, 0x0a, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private func fill() {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    let count = Platform.read(input, &chunk)
    if count > 0 {
      buffer.append(contentsOf: chunk[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      hasEnded = true
    }
  }
}
