import LosslessJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text with a document on each line.
enum TextLines {
  /// Reads one after the other and keeps none, as a program does that answers each of them, and as
  /// simdjson's streams do.
  static func read(_ text: [UInt8], _ body: (JSON) throws -> Void) throws {
    try text.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = lineEnd(text, start)
        try body(JSON(reading: copy(UnsafeBufferPointer(rebasing: text[start..<end]))))
        start = end + 1
      }
    }
  }

  /// A line with the room that reading wants, as a transport has it.
  static func copy(_ line: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(line.count + 64)
    copy.append(contentsOf: line)
    return copy
  }

  static func lineEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    guard let base = text.baseAddress, let found = memchr(base + start, 0x0A, text.count - start)
    else { return text.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
