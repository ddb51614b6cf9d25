/// The lines before one message of the `Content-Length` framing, with their line ends.
public struct HeaderBlock: Sendable, Equatable {
  /// What a block says about the size of its message.
  public enum Length: Sendable, Equatable {
    /// The message has that many bytes.
    case bytes(Int)
    /// No line is named `Content-Length`.
    case missing
    /// More than one line is named `Content-Length`.
    case repeated
    /// The value is not a count of bytes; it as it came.
    case invalid([UInt8])
  }

  /// The lines as they came, with the blank line at the end if it has come.
  public let bytes: [UInt8]

  /// A block of those lines.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The fields in order; what is no field is left out.
  public var fields: [HeaderField] {
    lines.compactMap { line in
      guard let field = Self.field(line) else { return nil }
      return HeaderField(
        String(decoding: field.name, as: UTF8.self), String(decoding: field.value, as: UTF8.self))
    }
  }

  /// What the block says about the size of its message.
  public var length: Length {
    var found: ArraySlice<UInt8>?
    for line in lines {
      guard let field = Self.field(line), Self.isLength(field.name) else { continue }
      if found != nil { return .repeated }
      found = field.value
    }
    guard let found else { return .missing }
    return Self.count(found).map { .bytes($0) } ?? .invalid(Array(found))
  }

  private var lines: [ArraySlice<UInt8>] {
    bytes.split(separator: Byte.newline).map { $0.last == Byte.carriageReturn ? $0.dropLast() : $0 }
  }

  private static func count(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard Byte.isDigit(byte) else { return nil }
      let (times, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = times.addingReportingOverflow(Int(byte &- 0x30))
      if over || carry { return nil }
      value = sum
    }
    return value
  }
}

extension HeaderBlock {
  /// The marker at which a reader finds its way back: `content-length:`, in any case.
  static let marker = Array("content-length:".utf8)

  /// Splits a line without its end at the colon; nil if no field name stands before one.
  static func field(
    _ line: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    guard let colon = line.firstIndex(of: Byte.colon), colon > line.startIndex else { return nil }
    let name = line[..<colon]
    guard name.allSatisfy(isNameByte) else { return nil }
    var value = line[(colon + 1)...]
    while let first = value.first, Byte.isBlank(first) { value.removeFirst() }
    while let last = value.last, Byte.isBlank(last) { value.removeLast() }
    return (name, value)
  }

  /// Whether a line without its end may open a block: `Content-…` and `X-…` fields only.
  ///
  /// Any `WORD: text` would do by the letter, but so do log lines (`INFO: started`).
  static func opensBlock(_ line: ArraySlice<UInt8>) -> Bool {
    guard let name = field(line)?.name else { return false }
    return begins(name, with: "content-") || begins(name, with: "x-")
  }

  /// Where `content-length:` stands in the bytes.
  static func markerIndex(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= marker.count else { return nil }
    for start in bytes.startIndex...(bytes.endIndex - marker.count)
    where bytes[start] | 0x20 == marker[0] {
      if zip(bytes[start...], marker).allSatisfy({ lowered($0) == $1 }) { return start }
    }
    return nil
  }

  static func isLength(_ name: ArraySlice<UInt8>) -> Bool {
    name.count == marker.count - 1 && zip(name, marker).allSatisfy { lowered($0) == $1 }
  }

  private static func begins(_ name: ArraySlice<UInt8>, with prefix: StaticString) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard name.count > length else { return false }
    return zip(name, UnsafeBufferPointer(start: prefix.utf8Start, count: length))
      .allSatisfy { lowered($0) == $1 }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    Byte.isLetter(byte) || Byte.isDigit(byte) || byte == Byte.minus || byte == UInt8(ascii: "_")
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    Byte.isLetter(byte) ? byte | 0x20 : byte
  }
}
