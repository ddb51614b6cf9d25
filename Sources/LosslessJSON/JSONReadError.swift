/// Why a text is not one JSON value (RFC 8259), and where.
public struct JSONReadError: Error, Sendable, Equatable {
  /// What is wrong. A closed set.
  public enum Problem: Sendable, Equatable {
    /// There is nothing but blanks.
    case empty
    /// The text stops inside something that was opened; more text could complete it.
    case unexpectedEnd(Unfinished)
    /// Something else stands where `expected` should.
    case unexpected(found: UInt8, expected: Expected)
    /// More text follows the value.
    case trailingText(found: UInt8)
    /// A word that is none of `true`, `false`, `null`.
    case badLiteral(String)
    /// A number that the grammar does not allow.
    case badNumber(NumberFault)
    /// A backslash followed by something that is no escape.
    case badEscape
    /// A raw control character in a string; it must be escaped.
    case controlCharacter(UInt8)
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// More containers are open than the limit allows.
    case tooDeep(limit: Int)
    /// The text, a string or a number has more bytes than the limit.
    case tooLarge(limit: Int)
    /// There are more values and keys with escapes than the index holds.
    case tooManyValues(limit: Int)
  }

  /// What the text stopped inside of.
  public enum Unfinished: Sendable, Equatable {
    /// A string.
    case string
    /// A number that needs another digit.
    case number
    /// One of the words `true`, `false`, `null`.
    case literal
    /// An object or an array.
    case container
  }

  /// What the grammar allows at a place.
  public enum Expected: String, Sendable, Equatable {
    /// A value.
    case value = "a value"
    /// A value or the end of an array that is still empty.
    case valueOrEnd = "a value or ']'"
    /// The key of another member.
    case key = "a key in double quotes"
    /// A key or the end of an object that is still empty.
    case keyOrEnd = "a key in double quotes or '}'"
    /// The colon after a key.
    case colon = "':'"
    /// What follows an element.
    case commaOrBracket = "',' or ']'"
    /// What follows a member.
    case commaOrBrace = "',' or '}'"
  }

  /// What is wrong with a number.
  public enum NumberFault: Sendable, Equatable {
    /// A zero before other digits.
    case leadingZero
    /// No digit after a sign.
    case noDigits
    /// No digit after the decimal point.
    case noFraction
    /// No digit after `e` or `E`.
    case noExponent
  }

  /// What is wrong.
  public var problem: Problem
  /// The place of the first byte that is wrong.
  public var position: TextPosition
  /// For an unexpected end, where the innermost thing that is still open begins.
  public var openedAt: TextPosition?

  /// Whether more text could make the value whole.
  public var isUnfinished: Bool {
    switch problem {
    case .unexpectedEnd, .empty: true
    default: false
    }
  }
}

extension JSONReadError: CustomStringConvertible {
  /// One sentence without the place.
  public var message: String { lead + (openedAt.map { " at \($0.words)" } ?? "") }

  /// The sentence up to where what is still open began.
  var lead: String {
    switch problem {
    case .empty: "there is no JSON value, only blanks"
    case .unexpectedEnd(let what): "the text ends inside \(Self.name(what))\(sinceText)"
    case .unexpected(let found, let expected):
      "expected \(expected.rawValue), found \(Self.name(found))"
    case .trailingText(let found): "more text follows the value, beginning with \(Self.name(found))"
    case .badLiteral(let word): "'\(word)' is no JSON value"
    case .badNumber(let fault): Self.sentence(fault)
    case .badEscape: "a backslash must be followed by one of \"\\/bfnrt or u and four hex digits"
    case .controlCharacter(let byte):
      "a raw control character (\(Self.hex(byte))) in a string must be escaped"
    case .invalidUTF8: "these bytes are not UTF-8"
    case .tooDeep(let limit): "more than \(limit) objects and arrays are open"
    case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
    case .tooManyValues(let limit): "more than \(limit) values"
    }
  }

  /// The sentence with its place: `line 1, column 5 (byte 4): expected ':', found '}'`.
  public var description: String {
    "\(position.words) (byte \(position.offset)): \(message)"
  }

  private var sinceText: String { openedAt == nil ? "" : " that was opened" }

  private static func name(_ what: Unfinished) -> String {
    switch what {
    case .string: "a string"
    case .number: "a number"
    case .literal: "a word"
    case .container: "an object or array"
    }
  }

  private static func sentence(_ fault: NumberFault) -> String {
    switch fault {
    case .leadingZero: "a number must not begin with 0 and another digit"
    case .noDigits: "a minus sign must be followed by a digit"
    case .noFraction: "a decimal point must be followed by a digit"
    case .noExponent: "an exponent must have a digit"
    }
  }

  private static func name(_ byte: UInt8) -> String {
    switch byte {
    case 0x21...0x7E: "'\(Character(UnicodeScalar(byte)))'"
    case 0x20: "a blank"
    default: "byte \(hex(byte))"
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
