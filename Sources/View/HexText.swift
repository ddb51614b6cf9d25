public import Terminal

/// Bytes as offsets, hexadecimal figures and ASCII, as `hexdump -C` has them.
public enum HexText {
  /// All of the bytes, in rows as wide as there is room for.
  ///
  /// Of more than `limit` bytes the first are given, and how many were left out.
  public static func dump(_ bytes: [UInt8], width: Int, limit: Int = .max) -> StyledText {
    let rows = Rows(bytes, width: width, offsetDigits: 8)
    let end = min(bytes.count, limit)
    var lines: [StyledText] = []
    for start in stride(from: 0, to: end, by: rows.perRow) {
      lines.append(rows.line(start..<min(start + rows.perRow, end), mark: 0..<0, .plain))
    }
    if end < bytes.count {
      lines.append(StyledText("… \(Units.text(bytes: bytes.count - end)) more", .dim))
    } else {
      lines.append(StyledText(Rows.hex(bytes.count, digits: 8), .dim))
    }
    return StyledText(lines: lines)
  }

  /// The neighbourhood of a range: a few rows, the range marked by colour and carets.
  static func window(_ bytes: [UInt8], _ range: Range<Int>, width: Int, _ role: Role) -> StyledText
  {
    guard !bytes.isEmpty else { return StyledText() }
    let digits = bytes.count > 0xFF_FFFF ? 8 : bytes.count > 0xFFFF ? 6 : 4
    let rows = Rows(bytes, width: width, offsetDigits: digits)
    let place = min(range.lowerBound, bytes.count - 1)
    let first = max(0, place - rows.perRow / 2) / rows.perRow * rows.perRow
    let end = min(
      bytes.count, first + rows.mostInWindow * rows.perRow, max(range.upperBound, place + 1) + 8)
    var lines: [StyledText] = []
    for start in stride(from: first, to: end, by: rows.perRow) {
      let row = start..<min(start + rows.perRow, bytes.count)
      lines.append(rows.line(row, mark: range, role))
      if let marks = rows.marks(row, range, role) { lines.append(marks) }
    }
    return StyledText(lines: lines)
  }

  /// Rows of a hexdump.
  private struct Rows {
    let bytes: [UInt8]
    let perRow: Int
    let offsetDigits: Int

    init(_ bytes: [UInt8], width: Int, offsetDigits: Int) {
      self.bytes = bytes
      self.offsetDigits = offsetDigits
      // Offset, two blanks, figures, a blank in the middle, a blank, the characters between bars.
      perRow = [16, 8].first { offsetDigits + 2 + $0 * 3 + 1 + 1 + $0 + 2 <= width } ?? 4
    }

    /// Enough to see the place and a little after it.
    var mostInWindow: Int { perRow == 16 ? 2 : perRow == 8 ? 3 : 4 }

    func line(_ row: Range<Int>, mark: Range<Int>, _ role: Role) -> StyledText {
      var line = StyledText(Self.hex(row.lowerBound, digits: offsetDigits) + "  ", .dim)
      for place in row.lowerBound..<(row.lowerBound + perRow) {
        if place > row.lowerBound, (place - row.lowerBound) % 8 == 0 { line.append(" ") }
        guard place < row.upperBound else {
          line.append("   ")
          continue
        }
        line.append(Self.hex(Int(bytes[place]), digits: 2), mark.contains(place) ? role : .plain)
        line.append(" ")
      }
      line.append(" |", .dim)
      for place in row {
        let byte = bytes[place]
        let character = (0x20...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "."
        line.append(character, mark.contains(place) ? role : byte == 0x2E ? .plain : .serverText)
      }
      line.append("|", .dim)
      return line
    }

    /// Carets under the bytes of a row that are marked; nil if none are.
    func marks(_ row: Range<Int>, _ range: Range<Int>, _ role: Role) -> StyledText? {
      let isEnd = range.lowerBound >= bytes.count && row.upperBound == bytes.count
      let marked = isEnd ? bytes.count..<(bytes.count + 1) : range.clamped(to: row)
      guard !marked.isEmpty else { return nil }
      var figures = ""
      var characters = ""
      for place in row.lowerBound...(row.lowerBound + perRow) {
        if place > row.lowerBound, (place - row.lowerBound) % 8 == 0 { figures += " " }
        if place == row.lowerBound + perRow, !marked.contains(place) { continue }
        figures += marked.contains(place) ? "^^ " : "   "
        characters += marked.contains(place) ? "^" : " "
      }
      let line = String(repeating: " ", count: offsetDigits + 2) + figures + "  " + characters
      return StyledText(String(line.reversed().drop { $0 == " " }.reversed()), role)
    }

    static func hex(_ value: Int, digits: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
  }
}
