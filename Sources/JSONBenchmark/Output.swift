#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing without buffers of the C library.
enum Output {
  static func text(_ text: String) { send(text, to: 1) }
  static func error(_ text: String) { send(text, to: 2) }

  /// Whether all of it could be written.
  @discardableResult
  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, start, rest.count)
      #else
        let count = Darwin.write(descriptor, start, rest.count)
      #endif
      if count < 0, errno != EINTR { return false }
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(max(count, 0)))
    }
    return true
  }

  private static func send(_ text: String, to descriptor: Int32) {
    var text = text
    _ = text.withUTF8 { write($0, to: descriptor) }
  }
}

/// Gathers what is small before it is written, as the C library does.
struct OutputBuffer {
  private static let capacity = 64 << 10

  private let descriptor: Int32
  private var bytes: [UInt8] = []

  init(descriptor: Int32) {
    self.descriptor = descriptor
    bytes.reserveCapacity(Self.capacity)
  }

  mutating func write(_ more: UnsafeBufferPointer<UInt8>) {
    if bytes.count + more.count > Self.capacity { flush() }
    if more.count > Self.capacity / 2 {
      Output.write(more, to: descriptor)
    } else {
      bytes.append(contentsOf: more)
    }
  }

  mutating func flush() {
    bytes.withUnsafeBufferPointer { _ = Output.write($0, to: descriptor) }
    bytes.removeAll(keepingCapacity: true)
  }
}
