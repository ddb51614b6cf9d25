/// The lines before one message of the `Content-Length` framing, with their line ends.
public struct HeaderBlock: Sendable, Equatable {
  /// What a block says about the size of its message.
  public enum Length: Sendable, Equatable {
    /// The message has that many bytes.
    case bytes(Int)
    /// No line is named `Content-Length`, nor by anything close to it.
    case missing
    /// Several lines are named `Content-Length`, and they differ.
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

  /// What the block says about the size of its message; a misspelt name counts if none is right.
  public var length: Length {
    let values = lengths.map(\.value)
    guard let first = values.first else { return .missing }
    guard values.dropFirst().allSatisfy({ $0.elementsEqual(first) }) else { return .repeated }
    return Self.count(first).map { .bytes($0) } ?? .invalid(Array(first))
  }

  /// The lines that tell a length: those whose name is right, or else the misspelt ones.
  var lengths: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
    let fields = lines.compactMap { Self.field($0) }
    let exact = fields.filter { Name($0.name).isExactLength }
    return exact.isEmpty ? fields.filter { Name($0.name).isLength } : exact
  }

  /// The lines without their ends.
  var lines: [ArraySlice<UInt8>] {
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
  /// The name of a field, and what may be meant by it.
  struct Name {
    private static let length = Array("content-length".utf8)

    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// Whether it is `Content-Length` in any case.
    var isExactLength: Bool {
      bytes.count == Self.length.count && zip(bytes, Self.length).allSatisfy { lowered($0) == $1 }
    }

    /// Whether it is `Content-Length`, or can be nothing else.
    var isLength: Bool { isExactLength || isMisspeltLength }

    /// Whether it is close to `Content-Length`: other signs between the words, or a slip or two.
    var isMisspeltLength: Bool {
      guard !isExactLength, bytes.count <= 20, let first = bytes.first, Byte.isLetter(first),
        bytes.allSatisfy(Self.isLoose)
      else { return false }
      let letters = bytes.filter(Byte.isLetter).map { $0 | 0x20 }
      let wanted = Self.length.filter(Byte.isLetter)
      guard abs(letters.count - wanted.count) <= 2 else { return false }
      return EditDistance.between(letters, wanted) <= 2
    }

    func equals(_ name: StaticString) -> Bool {
      bytes.count == name.utf8CodeUnitCount && begins(name)
    }

    func begins(_ prefix: StaticString) -> Bool {
      let length = prefix.utf8CodeUnitCount
      guard bytes.count >= length else { return false }
      return zip(bytes, UnsafeBufferPointer(start: prefix.utf8Start, count: length))
        .allSatisfy { lowered($0) == $1 }
    }

    private static func isLoose(_ byte: UInt8) -> Bool {
      isNameByte(byte) || byte == Byte.space || byte == UInt8(ascii: ".")
    }
  }

  /// Splits a line without its end at the colon; nil if no field name stands before one.
  ///
  /// A name with blanks in it is none, unless it is a misspelt `Content-Length`.
  static func field(
    _ line: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    guard let colon = line.firstIndex(of: Byte.colon), colon > line.startIndex else { return nil }
    let name = line[..<colon]
    guard name.allSatisfy(isNameByte) || Name(name).isMisspeltLength || isPadded(name) else {
      return nil
    }
    var value = line[(colon + 1)...]
    while let first = value.first, Byte.isBlank(first) { value.removeFirst() }
    while let last = value.last, Byte.isBlank(last) { value.removeLast() }
    return (name, value)
  }

  /// `Content-Length` with blanks before its colon.
  private static func isPadded(_ name: ArraySlice<UInt8>) -> Bool {
    guard let end = name.lastIndex(where: { $0 != Byte.space }) else { return false }
    return Name(name[...end]).isExactLength
  }

  /// Whether a line without its end may open a block: `Content-…` and `X-…` fields only, and what
  /// is close to `Content-Length`.
  ///
  /// Any `WORD: text` would do by the letter, but so do log lines (`INFO: started`).
  static func opensBlock(_ line: ArraySlice<UInt8>) -> Bool {
    guard let field = field(line) else { return false }
    let name = Name(field.name)
    return name.begins("content-") || name.begins("x-") || name.isLength
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    Byte.isLetter(byte) || Byte.isDigit(byte) || byte == Byte.minus || byte == UInt8(ascii: "_")
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    Byte.isLetter(byte) ? byte | 0x20 : byte
  }
}
