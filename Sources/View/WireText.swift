public import Terminal
public import Wire

/// What went over the wire: libcurl's remarks behind `*`, what was sent behind `>`, what came
/// behind `<`.
public struct WireText: Sendable {
  private let width: Int
  private let bodyLimit: Int

  /// Text for a screen of that width; of a body at most so many bytes are shown.
  public init(width: Int, bodyLimit: Int = .max) {
    self.width = width
    self.bodyLimit = bodyLimit
  }

  /// A whole record in its order.
  public func draw(_ record: WireRecord) -> StyledText {
    var lines: [StyledText] = []
    for chunk in record.chunks { lines += self.lines(chunk) }
    if record.dropped > 0 {
      lines.append(
        StyledText("… \(Units.text(bytes: record.dropped)) more went over and were not kept", .dim))
    }
    return StyledText(lines: lines)
  }

  /// The headers of a record alone; nil if it has none.
  public func headers(_ record: WireRecord) -> StyledText? {
    let chunks = record.chunks.filter { $0.kind == .headerOut || $0.kind == .headerIn }
    return chunks.isEmpty ? nil : StyledText(lines: chunks.flatMap { lines($0) })
  }

  /// The head of a reply as far as it is known without a record.
  public func head(_ head: ReplyHead) -> StyledText {
    let status = "\(head.version) \(head.status) \(head.reason)"
    let fields = head.headers.map { "\($0.name): \($0.value)" }
    return StyledText(
      lines: ([status] + fields).map { header($0, isIn: true, isFirst: $0 == status) })
  }

  /// What went over a stream, of which only the messages are kept: the framing is put around what
  /// was sent once more.
  public func stream(
    request: [UInt8], framing: FramingName, replies: [[UInt8]]
  ) -> [StyledText] {
    var lines = [
      StyledText(
        "* messages framed by \(framing.rawValue); what stood around those that came is not kept",
        .dim)
    ]
    if !request.isEmpty {
      let framed = framing.make().wrap(request)
      let lead = framed.count - request.count
      if framing == .headers, lead > 0 {
        for row in Self.rows(Array(framed[..<lead])) {
          lines.append(header(String(decoding: row, as: UTF8.self), isIn: false, isFirst: false))
        }
        lines += body(request, isIn: false)
      } else {
        lines += body(framed, isIn: false)
      }
    }
    for reply in replies { lines += body(reply, isIn: true) }
    return lines
  }

  /// Bytes that were sent, or came.
  public func body(_ bytes: [UInt8], isIn: Bool) -> [StyledText] {
    let mark = isIn ? StyledText("< ", .incoming) : StyledText("> ", .outgoing)
    let shown = Array(bytes.prefix(bodyLimit))
    var lines: [StyledText]
    if shown.isEmpty {
      lines = []
    } else if TextNature(of: shown, around: 0..<min(shown.count, 32)) == .binary {
      lines = HexText.dump(shown, width: width - 2).lines.map { mark + $0 }
    } else {
      let text = StyledText(SafeText.escape(bytes: shown, .keepNewlines))
      lines = text.lines.map { mark + $0 }
      // The last line's end is no line of its own.
      if shown.last == 0x0A { lines.removeLast() }
    }
    if bytes.count > shown.count {
      let left = Units.text(bytes: bytes.count - shown.count)
      lines.append(mark + StyledText("… \(left) more", .dim))
    }
    return lines
  }

  private func lines(_ chunk: WireRecord.Chunk) -> [StyledText] {
    switch chunk.kind {
    case .info:
      return Self.rows(chunk.bytes).map { StyledText("* \(SafeText.escape(bytes: $0))", .dim) }
    case .headerOut, .headerIn:
      let isIn = chunk.kind == .headerIn
      var isFirst = true
      return Self.rows(chunk.bytes).map { row in
        defer { isFirst = row.isEmpty }
        return header(String(decoding: row, as: UTF8.self), isIn: isIn, isFirst: isFirst)
      }
    case .dataOut, .dataIn: return body(chunk.bytes, isIn: chunk.kind == .dataIn)
    }
  }

  private func header(_ line: String, isIn: Bool, isFirst: Bool) -> StyledText {
    var text = isIn ? StyledText("<", .incoming) : StyledText(">", .outgoing)
    if line.isEmpty { return text }
    text.append(" ")
    if !isFirst, let colon = line.firstIndex(of: ":") {
      text.append(SafeText.escape(String(line[..<colon])), .key)
      text.append(SafeText.escape(String(line[colon...])))
    } else {
      text.append(SafeText.escape(line), isFirst ? .strong : .plain)
    }
    return text
  }

  /// The lines of a run of header bytes or remarks, without their ends.
  private static func rows(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var rows = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if rows.last?.isEmpty == true { rows.removeLast() }
    return rows.map { $0.last == 0x0D ? $0.dropLast() : $0 }
  }
}
