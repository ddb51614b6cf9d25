/// Splits any text into pieces of JSON, well-formed or not, for colouring what is being typed or
/// what came broken. The pieces laid end to end are the text again.
public struct JSONLexer: Sendable {
  /// A piece of the text.
  public struct Token: Sendable, Equatable {
    /// Its bytes, as offsets into the text.
    public var range: Range<Int>
    /// What it is, as far as one can tell.
    public var role: JSONRole
  }

  /// Splits the text.
  public static func tokens(_ bytes: ArraySlice<UInt8>) -> [Token] {
    var lexer = JSONLexer(bytes: bytes)
    while lexer.at < bytes.endIndex { lexer.next() }
    return lexer.found
  }

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private var found: [Token] = []

  private init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  private mutating func next() {
    let start = at
    let byte = bytes[at]
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D:
      skip { $0 == 0x20 || (0x09...0x0D).contains($0) }
      add(start, .blank)
    case 0x22:
      skipString()
      add(start, isKey(at) ? .key : .string)
    case 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A:
      at += 1
      add(start, .punctuation)
    default:
      skip(Self.isWordByte)
      if at == start { at += 1 }
      add(start, Self.role(bytes[start..<at]))
    }
  }

  private mutating func skip(_ accepts: (UInt8) -> Bool) {
    while at < bytes.endIndex, accepts(bytes[at]) { at += 1 }
  }

  private mutating func skipString() {
    at += 1
    while at < bytes.endIndex, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
    at = min(at + 1, bytes.endIndex)
  }

  private func isKey(_ end: Int) -> Bool {
    let rest = bytes[end...].drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return rest.first == 0x3A
  }

  private mutating func add(_ start: Int, _ role: JSONRole) {
    found.append(
      Token(range: (start - bytes.startIndex)..<(at - bytes.startIndex), role: role))
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F, 0x80...0xFF: true
    default: false
    }
  }

  private static func role(_ word: ArraySlice<UInt8>) -> JSONRole {
    guard let value = try? JSON(reading: Array(word)) else { return .invalid }
    return value.kind == .number ? .number : .literal
  }
}
