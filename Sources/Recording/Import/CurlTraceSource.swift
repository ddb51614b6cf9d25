import LosslessJSON
import Session
import Wire

/// What curl writes with `--trace` or, less exactly, `--trace-ascii`.
public enum CurlTraceSource: RecordingSource {
  /// What it is called.
  public static var name: String { "curl trace" }

  /// Whether one of the first lines is one of curl's headings.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    LineSplit.lines(Array(start)).prefix(200).contains { line in
      guard let heading = Heading(line) else { return false }
      return heading.kind != .info
    }
  }

  enum Kind { case info, sendHeader, sendData, receiveHeader, receiveData, other }

  /// `=> Send header, 123 bytes (0x7b)`, perhaps behind a time and a connection.
  struct Heading {
    var kind: Kind
    var seconds: Double?
    /// How many bytes follow.
    var size: Int?

    init?(_ line: ArraySlice<UInt8>) {
      let text = String(decoding: line.prefix(200), as: UTF8.self)
      guard let mark = ["=> ", "<= ", "== "].compactMap({ text.firstRange(ofText: $0) }).min(),
        text.distance(from: text.startIndex, to: mark) <= 40
      else { return nil }
      let prefix = text[..<mark].split(separator: " ").first
      seconds = prefix.flatMap { Self.clock($0) }
      guard prefix == nil || seconds != nil || text[..<mark].hasPrefix("[") else { return nil }
      let rest = text[mark...]
      size = rest.split(separator: " ").dropLast(2).last.flatMap { Int($0) }
      if rest.hasPrefix("=> Send header") {
        kind = .sendHeader
      } else if rest.hasPrefix("=> Send data") {
        kind = .sendData
      } else if rest.hasPrefix("<= Recv header") {
        kind = .receiveHeader
      } else if rest.hasPrefix("<= Recv data") {
        kind = .receiveData
      } else if rest.hasPrefix("== Info") {
        kind = .info
      } else {
        kind = .other
      }
    }

    /// Seconds since midnight of `14:00:52.123456`.
    private static func clock(_ text: Substring) -> Double? {
      let parts = text.split(separator: ":")
      guard parts.count == 3, let hours = Int(parts[0]), let minutes = Int(parts[1]),
        let seconds = Double(parts[2])
      else { return nil }
      return Double(hours * 3600 + minutes * 60) + seconds
    }
  }

  /// Reads the trace.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    var reader = Reader()
    for line in LineSplit.lines(bytes) { reader.take(line) }
    reader.end()
    var notes: [String] = []
    if reader.isASCII {
      notes.append("--trace-ascii shows bytes beyond ASCII as dots; --trace keeps them")
    }
    if reader.isCoded { notes.append("compressed replies are kept as they came") }
    if reader.others > 0 {
      notes.append("requests that are no JSON-RPC and left out: \(reader.others)")
    }
    return ImportedSession(
      source: name,
      header: RecordingHeader(
        program: "curl", startedAt: 0, target: reader.target, transport: "http", framing: "HTTP"),
      exchanges: reader.exchanges, notes: notes)
  }

  /// What is put together line by line.
  private struct Reader {
    var exchanges: [RecordedExchange] = []
    var isASCII = false
    var isCoded = false
    var others = 0
    var target = ""
    private var kind = Kind.info
    private var sentHead: [UInt8] = []
    private var sentData: [UInt8] = []
    private var replyHead: [UInt8] = []
    private var replyData: [UInt8] = []
    private var begin: Double?
    private var latest: Double?
    /// How many bytes the block that is read has, and how many were read of it.
    private var size: Int?
    private var position = 0

    mutating func take(_ line: ArraySlice<UInt8>) {
      if let heading = Heading(line) {
        endBlock()
        size = heading.size
        if heading.kind == .sendHeader, kind != .sendHeader { end() }
        if let seconds = heading.seconds {
          if begin == nil, heading.kind == .sendHeader { begin = seconds }
          latest = seconds
        }
        kind = heading.kind
        return
      }
      guard let colon = line.firstIndex(of: 0x3A), (4...8).contains(line[..<colon].count),
        let offset = Int(String(decoding: line[..<colon], as: UTF8.self), radix: 16)
      else { return }
      breakLine(at: offset)
      add(decode(line[(colon + 1)...].dropFirst()))
    }

    private mutating func add(_ data: [UInt8]) {
      position += data.count
      switch kind {
      case .sendHeader: sentHead += data
      case .sendData: sentData += data
      case .receiveHeader: replyHead += data
      case .receiveData: replyData += data
      case .info, .other: break
      }
    }

    /// As text, curl begins a new line where the bytes have CR LF, and leaves those two out.
    private mutating func breakLine(at offset: Int) {
      if offset == position + 2 { add([0x0D, 0x0A]) }
    }

    private mutating func endBlock() {
      if let size { breakLine(at: size) }
      (size, position) = (nil, 0)
    }

    /// The bytes of a dumped line: hexadecimal in 48 columns and text behind, or text alone.
    private mutating func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
      var bytes: [UInt8] = []
      let columns = Array(text.prefix(48))
      var at = 0
      while at + 1 < columns.count, let high = Hex.value(columns[at]),
        let low = Hex.value(columns[at + 1]), at + 2 >= columns.count || columns[at + 2] == 0x20
      {
        bytes.append(high << 4 | low)
        at += 3
      }
      let isHex = !bytes.isEmpty && columns.count >= 48 && columns[at...].allSatisfy { $0 == 0x20 }
      if isHex { return bytes }
      isASCII = true
      return Array(text)
    }

    mutating func end() {
      endBlock()
      defer {
        (sentHead, sentData, replyHead, replyData) = ([], [], [], [])
        (begin, latest) = (nil, nil)
      }
      guard !sentHead.isEmpty else { return }
      var trip = HTTPRoundTrip()
      let record = WireRecord(chunks: [WireRecord.Chunk(kind: .headerOut, bytes: sentHead)])
      trip.sent = SentHead(record)
      trip.request = sentData
      trip.head = head()
      trip.reply = body(trip.head)
      if let begin, let latest { trip.lastByte = .from(seconds: max(0, latest - begin)) }
      if trip.head == nil { trip.ending = .failed(.closed(.byPeer)) }
      guard trip.isCall else {
        others += 1
        return
      }
      if target.isEmpty,
        let host = trip.sent?.headers.first(where: { $0.name.lowercased() == "host" })
      {
        let path = trip.sent?.line.split(separator: " ").dropFirst().first ?? "/"
        target = "http://\(host.value)\(path)"
      }
      exchanges.append(trip.exchange(exchanges.count + 1))
    }

    /// The last head that came; interim ones stand before it.
    private func head() -> ReplyHead? {
      var head: ReplyHead?
      for line in LineSplit.lines(replyHead) where !line.isEmpty {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
          let parts = text.split(separator: " ", maxSplits: 2)
          head = ReplyHead(
            version: String(parts[0]), status: parts.count > 1 ? Int(parts[1]) ?? 0 : 0,
            reason: parts.count > 2 ? String(parts[2]) : "", headers: [])
        } else if let colon = text.firstIndex(of: ":") {
          let value = text[text.index(after: colon)...].drop { $0 == " " }
          head?.headers.append(HeaderField(String(text[..<colon]), String(value)))
        }
      }
      return head
    }

    private mutating func body(_ head: ReplyHead?) -> [UInt8]? {
      guard head != nil else { return nil }
      if head?.header("Content-Encoding") != nil { isCoded = true }
      guard head?.header("Transfer-Encoding")?.lowercased() == "chunked" else { return replyData }
      return Self.unchunked(replyData) ?? replyData
    }

    /// The contents of chunks; nil if the bytes are none.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
      var body: [UInt8] = []
      var at = 0
      while let newline = bytes[at...].firstIndex(of: 0x0A) {
        let digits = bytes[at..<newline].prefix(while: Hex.isDigit)
        guard !digits.isEmpty, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
          size <= bytes.count
        else { return nil }
        at = newline + 1
        if size == 0 { return body }
        guard at + size <= bytes.count else { return nil }
        body += bytes[at..<(at + size)]
        at += size
        while at < bytes.count, bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
      }
      return nil
    }
  }
}

extension String {
  /// Where a text begins, or nil.
  func firstRange(ofText text: String) -> String.Index? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at }
      at = index(after: at)
    }
    return nil
  }
}
