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
    var start = 0
    while start < text.count {
      let end = lineEnd(text, start)
      try body(JSON(reading: copy(text[start..<end])))
      start = end + 1
    }
  }

  /// A line with the room that reading wants, as a transport has it.
  static func copy(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(line.count + 64)
    copy.append(contentsOf: line)
    return copy
  }

  private static func lineEnd(_ text: [UInt8], _ start: Int) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return bytes.count }
      return UnsafeRawPointer(found) - base
    }
  }
}
