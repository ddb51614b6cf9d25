import LosslessJSON

extension HeaderBlock {
  private static let section = "LSP base protocol, Header Part"

  /// What is wrong or odd about the lines themselves.
  ///
  /// A plain block, as nearly all are, is passed by without looking closer.
  var findings: [Finding] {
    isPlain ? [] : lineFeedFindings + nameFindings + lengthFindings + charsetFindings
  }

  /// Whether it is one `Content-Length` line with digits, in CR LF.
  private var isPlain: Bool {
    let head = Array("Content-Length: ".utf8)
    guard bytes.starts(with: head), bytes.count > head.count + 4 else { return false }
    let end = bytes.count - 4
    return bytes[end...].elementsEqual([0x0D, 0x0A, 0x0D, 0x0A])
      && bytes[head.count..<end].allSatisfy(Byte.isDigit) && end - head.count < 18
  }

  private var lineFeedFindings: [Finding] {
    var last: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if byte == Byte.newline, last != Byte.carriageReturn {
        return [
          WireRule.headerLineFeed.finding(
            "a header line ends in LF alone", range: index..<(index + 1), evidence: bytes,
            hint: "the server must end header lines with CR LF (\\r\\n); on Windows and in Python "
              + "write to the binary stream", section: Self.section)
        ]
      }
      last = byte
    }
    return []
  }

  private var nameFindings: [Finding] {
    let used = lengths
    return lines.compactMap { line -> Finding? in
      guard let field = Self.field(line) else { return nil }
      let name = Name(field.name)
      if name.isExactLength || name.equals("content-type") { return nil }
      let text = String(decoding: field.name, as: UTF8.self)
      if used.contains(where: { $0.name.startIndex == field.name.startIndex }) {
        return WireRule.headerMisspelt.finding(
          "the header '\(text)' is taken for Content-Length, which is how it must be written",
          range: field.name.startIndex..<field.name.endIndex, evidence: bytes,
          hint: "most clients would find no length here", section: Self.section)
      }
      return WireRule.headerUnknown.finding(
        "the header '\(text)' is none of this framing's; it is skipped",
        range: field.name.startIndex..<field.name.endIndex, evidence: bytes,
        hint: "only Content-Length and Content-Type are defined", section: Self.section)
    }
  }

  private var charsetFindings: [Finding] {
    for line in lines {
      guard let field = Self.field(line), Name(field.name).equals("content-type") else { continue }
      let type = MediaType(String(decoding: field.value, as: UTF8.self))
      guard let charset = type.charset, !MediaType.isUTF8(charset) else { continue }
      return [
        WireRule.headerCharset.finding(
          "Content-Type names the charset \(charset), where only UTF-8 is allowed",
          range: line.startIndex..<line.endIndex, evidence: bytes,
          hint: "the message is read as UTF-8", section: Self.section)
      ]
    }
    return []
  }

  private var lengthFindings: [Finding] {
    let lengths = lengths
    guard let first = lengths.first else {
      return [
        finding(
          .lengthMissing,
          "no Content-Length is told: where the message ends is guessed from its "
            + "brackets", lines.first.map { ($0, $0) },
          "the server must send `Content-Length: N` before each message")
      ]
    }
    if case .repeated = length {
      let values = lengths.map { String(decoding: $0.value, as: UTF8.self) }
      return [
        finding(
          .lengthConflict,
          "Content-Length is told \(lengths.count) times, differently: "
            + values.joined(separator: ", "), lengths.last, "the brackets tell where it ends")
      ]
    }
    var found: [Finding] = []
    if lengths.count > 1 {
      found = [
        finding(
          .lengthRepeated, "Content-Length is told \(lengths.count) times, the same each time",
          lengths.last, "")
      ]
    }
    if case .invalid(let value) = length { found.append(invalid(value, first)) }
    return found
  }

  private func invalid(
    _ value: [UInt8], _ field: (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)
  ) -> Finding {
    Self.isNegative(value)
      ? finding(
        .lengthNegative, "Content-Length \(Self.whyInvalid(value))", field,
        "the server must send the number of bytes of the UTF-8 text")
      : finding(
        .lengthNotANumber, "Content-Length \(Self.whyInvalid(value))", field,
        "only digits may stand there")
  }

  private static func isNegative(_ value: [UInt8]) -> Bool {
    value.first == Byte.minus && value.count > 1 && value.dropFirst().allSatisfy(Byte.isDigit)
  }

  /// Why a value is no count of bytes: `is not a number: many`.
  static func whyInvalid(_ value: [UInt8]) -> String {
    if value.isEmpty { return "is empty" }
    let text = String(decoding: value.prefix(40), as: UTF8.self)
    if isNegative(value) { return "is negative: \(text)" }
    return value.allSatisfy(Byte.isDigit)
      ? "is larger than any message" : "is not a number: \(text)"
  }

  private func finding(
    _ rule: WireRule, _ message: String,
    _ field: (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)?, _ hint: String
  ) -> Finding {
    rule.finding(
      message, range: field.map { $0.name.startIndex..<$0.value.endIndex }, evidence: bytes,
      hint: hint, section: Self.section)
  }
}
