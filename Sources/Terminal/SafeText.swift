/// The one function between bytes from outside and the screen.
///
/// Whatever could move the cursor, change the direction of text, hide, or is not text at all is
/// shown as an escape that can be read back: `\u001b` (in pairs beyond the basic plane, as JSON
/// has them) for a character, `\xff` for a byte that is no UTF-8.
public enum SafeText {
  /// What is left as it is, and what else is escaped.
  public struct Options: OptionSet, Sendable {
    /// The set as bits.
    public let rawValue: Int
    /// A set of those bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    // As CByteScan numbers them.

    /// Newlines stay; a carriage return directly before one still shows.
    public static let keepNewlines = Options(rawValue: 1)
    /// Tabs stay.
    public static let keepTabs = Options(rawValue: 2)
    /// A backslash is doubled, so that an escape can't be confused with text that looks like one.
    public static let escapeBackslash = Options(rawValue: 4)
    /// Carriage returns stay, wherever they stand; for text that is not shown as it is, such as the
    /// source of what is laid out anew.
    public static let keepReturns = Options(rawValue: 8)
    /// Newlines and tabs stay.
    public static let text: Options = [.keepNewlines, .keepTabs]
  }

  /// Text that is safe to show, from text.
  public static func escape(_ text: String, _ options: Options = []) -> String {
    var text = text
    let escaped = text.withUTF8 { bytes -> [UInt8]? in
      CommonLetters.end(bytes, from: 0, options) == bytes.count ? nil : escapeBytes(bytes, options)
    }
    return escaped.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// Text that is safe to show, from bytes that may be anything.
  public static func escape(bytes: some Sequence<UInt8>, _ options: Options = []) -> String {
    func convert(_ buffer: UnsafeBufferPointer<UInt8>) -> String {
      if CommonLetters.end(buffer, from: 0, options) == buffer.count {
        return String(decoding: buffer, as: UTF8.self)
      }
      return String(decoding: escapeBytes(buffer, options), as: UTF8.self)
    }
    return bytes.withContiguousStorageIfAvailable(convert)
      ?? Array(bytes).withUnsafeBufferPointer(convert)
  }

  /// Bytes of text that is safe to show; for large replies, which need no string.
  public static func escaped(_ bytes: [UInt8], _ options: Options = []) -> [UInt8] {
    bytes.withUnsafeBufferPointer { escapedIfNeeded($0, options) } ?? bytes
  }

  /// Bytes of text that is safe to show, or nil if these are that already.
  public static func escapedIfNeeded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ options: Options = []
  ) -> [UInt8]? {
    CommonLetters.end(bytes, from: 0, options) == bytes.count ? nil : escapeBytes(bytes, options)
  }

  /// How many bytes from the first on need no change, or many of them: what stands there is text that
  /// is safe to show, in whole characters.
  ///
  /// It takes a tenth of a second for a gigabyte, so that it pays to ask for much at once.
  public static func safeCount(
    _ bytes: UnsafeBufferPointer<UInt8>, _ options: Options = []
  ) -> Int {
    CommonLetters.end(bytes, from: 0, options)
  }

  /// Whether a character is shown as it is when it stands alone.
  public static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x7f { return value >= 0x20 }
    if value < 0x300 { return value >= 0xa0 && value != 0xad }
    if CommonLetters.contains(value) { return true }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return false
    case .format: return CharacterWidth.isVisibleFormat(value)
    default: return !properties.isDefaultIgnorableCodePoint
    }
  }
}

extension SafeText {
  /// The character that ends there, in a run of text that needs no change.
  private static func lastScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, before end: Int
  ) -> Unicode.Scalar? {
    var lead = end - 1
    while lead > 0, bytes[lead] & 0xc0 == 0x80 { lead -= 1 }
    return UTF8Decoder.decode(bytes, at: lead)?.0
  }

  private static func escapeBytes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ options: Options
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8 + 64)
    var position = 0
    var previous: Unicode.Scalar?
    while position < bytes.count {
      let run = CommonLetters.end(bytes, from: position, options)
      if run > position {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<run]))
        previous = lastScalar(bytes, before: run)
        position = run
        continue
      }
      let byte = bytes[position]
      if byte < 0x80 {
        appendASCII(byte, to: &output)
        previous = Unicode.Scalar(byte)
        position += 1
      } else if let (scalar, length) = UTF8Decoder.decode(bytes, at: position) {
        let end = position + length
        if isShown(scalar, after: previous, before: { UTF8Decoder.decode(bytes, at: end)?.0 }) {
          output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<end]))
        } else {
          appendEscape(scalar, to: &output)
        }
        previous = scalar
        position = end
      } else {
        output.append(contentsOf: [0x5c, 0x78, hexDigit(byte >> 4), hexDigit(byte & 15)])
        previous = nil
        position += 1
      }
    }
    return output
  }

  private static func appendASCII(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case 0x5c: output.append(contentsOf: [0x5c, 0x5c])
    default: appendEscape(Unicode.Scalar(byte), to: &output)
    }
  }

  /// Whether a character is shown, given its neighbours: joiners and selectors belong to emoji.
  private static func isShown(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: () -> Unicode.Scalar?
  ) -> Bool {
    switch scalar.value {
    case 0x200D:
      guard let previous, let next = next() else { return false }
      return isPicturePart(previous) && next.properties.isEmoji && next.value > 0x7f
    case 0xFE0E, 0xFE0F:
      return previous.map { $0.properties.isEmoji } ?? false
    default:
      return isSafe(scalar)
    }
  }

  private static func isPicturePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || (scalar.properties.isEmoji && scalar.value > 0x7f)
  }

  private static func appendEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    for unit in UTF16.encode(scalar)! {
      output.append(contentsOf: [0x5c, 0x75])
      for shift in [12, 8, 4, 0] { output.append(hexDigit(UInt8(unit >> UInt16(shift) & 15))) }
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }
}
