import JSONRPC
import LosslessJSON
import Session
public import Wire

/// The parts of an exchange that may hold secrets, as they will be written.
struct ExchangeParts {
  var method: String?
  var request: [UInt8]
  var messages: [[UInt8]]
  var answer: [UInt8]?
  var stderr: [UInt8]
  /// The reply's header fields.
  var headers: [HeaderField]
  /// The request line and header fields that were sent, if the transport told.
  var sent: SentHead?
  var findings: [Finding]
  /// The message that the findings' ranges are about.
  let checked: Int?
  /// What was masked, in the bytes as written.
  var masked: [MaskedRange] = []

  init(_ exchange: Exchange) {
    method = exchange.method
    request = exchange.request
    messages = exchange.messages.map(\.frame.bytes)
    answer = exchange.answer
    stderr = exchange.stderr
    headers = exchange.head?.headers ?? []
    sent = exchange.wire.flatMap(SentHead.init)
    findings = exchange.findings
    checked = Self.checkedMessage(of: exchange)
  }

  private static func checkedMessage(of exchange: Exchange) -> Int? {
    let place = exchange.messages.lastIndex { received in
      switch received.message {
      case .response, .batch: true
      default: false
      }
    }
    return place ?? exchange.messages.indices.last
  }
}

/// The head of an HTTP request as it was sent.
public struct SentHead: Sendable, Equatable {
  /// The request line, such as `POST /rpc HTTP/1.1`.
  public var line: String
  /// The header fields in order.
  public var headers: [HeaderField]

  /// A head of those parts.
  public init(line: String, headers: [HeaderField]) {
    self.line = line
    self.headers = headers
  }

  /// The last head in a record of what went over the wire; nil if there is none.
  public init?(_ wire: WireRecord) {
    guard let chunk = wire.chunks.last(where: { $0.kind == .headerOut }) else { return nil }
    let lines = chunk.bytes.split(separator: 0x0A).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
    guard let first = lines.first else { return nil }
    line = first
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.dropFirst().firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      return HeaderField(String(line[..<colon]), String(value))
    }
  }

  /// The record of a wire over which just this head went.
  var wire: WireRecord {
    let lines = [line] + headers.map { "\($0.name): \($0.value)" } + ["", ""]
    let bytes = Array(lines.joined(separator: "\r\n").utf8)
    return WireRecord(chunks: [WireRecord.Chunk(kind: .headerOut, bytes: bytes)])
  }
}
