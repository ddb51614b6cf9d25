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
  static func read(_ values: consuming JSONValues, _ body: (JSON) throws -> Void) throws {
    var values = values
    try values.forEach(body)
  }

  /// A line with the room that reading wants, as a transport has it.
  static func copy(_ line: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(line.count + 64)
    copy.append(contentsOf: line)
    return copy
  }
}
