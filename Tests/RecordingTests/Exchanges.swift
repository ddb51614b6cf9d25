import JSONRPC
import LosslessJSON
import Session
import Wire

@testable import Recording

/// Exchanges made by hand.
enum Exchanges {
  static func call(
    _ number: Int = 1, method: String = "subtract", params: String = "[42, 23]",
    result: String? = "19", error: String? = nil, kind: Exchange.Kind = .call,
    ending: Exchange.Ending = .replied, status: Int? = nil, headers: [HeaderField] = [],
    sent: SentHead? = nil, took: Duration = .microseconds(1234), at: Double = 1_700_000_000.5,
    findings: [Finding] = [], stderr: String = "", id: String? = nil,
    purpose: Exchange.Purpose = .ordinary
  ) -> Exchange {
    let id = id ?? String(number)
    let request = #"{"jsonrpc": "2.0", "method": "\#(method)", "params": \#(params), "id": \#(id)}"#
    var replies: [String] = []
    if let result { replies = [#"{"jsonrpc": "2.0", "result": \#(result), "id": \#(id)}"#] }
    if let error { replies = [#"{"jsonrpc": "2.0", "error": \#(error), "id": \#(id)}"#] }
    return exchange(
      number, kind: kind, request: Array(request.utf8), method: method,
      ids: (try? JSON(reading: id)).map { [RequestID($0)] } ?? [],
      replies: replies.map { Array($0.utf8) }, ending: ending, status: status, headers: headers,
      sent: sent, took: took, at: at, findings: findings, stderr: stderr, purpose: purpose)
  }

  static func exchange(
    _ number: Int = 1, kind: Exchange.Kind = .call, request: [UInt8] = [], method: String? = nil,
    ids: [RequestID] = [], replies: [[UInt8]] = [], ending: Exchange.Ending = .replied,
    status: Int? = nil, headers: [HeaderField] = [], sent: SentHead? = nil,
    took: Duration = .microseconds(1234), at: Double = 1_700_000_000.5,
    findings: [Finding] = [], stderr: String = "", answer: [UInt8]? = nil,
    purpose: Exchange.Purpose = .ordinary
  ) -> Exchange {
    var timings = Timings(start: .now)
    timings.written = .microseconds(100)
    timings.firstByte = .microseconds(900)
    timings.lastByte = took
    return Exchange(
      number: number, kind: kind, purpose: purpose, startedAt: at, request: request, method: method,
      ids: ids, messages: replies.map { message($0, timings) },
      head: status.map { ReplyHead(version: "HTTP/1.1", status: $0, reason: "", headers: headers) },
      timings: timings, wire: sent?.wire, stderr: Array(stderr.utf8), answer: answer,
      ending: ending, findings: findings)
  }

  private static func message(_ bytes: [UInt8], _ timings: Timings) -> ReceivedMessage {
    ReceivedMessage(
      kept: Frame(
        bytes: bytes, kind: .message, firstByte: timings.start + .microseconds(900),
        lastByte: timings.start + .microseconds(1000)))
  }

  static func notification(_ number: Int, method: String, params: String) -> Exchange {
    let text = #"{"jsonrpc": "2.0", "method": "\#(method)", "params": \#(params)}"#
    return exchange(
      number, kind: .serverNotification, method: method, replies: [Array(text.utf8)],
      ending: .received)
  }

  static let header = RecordingHeader(
    program: "rpcscope 0.0", startedAt: 1_700_000_000, target: "stdio:server", transport: "child",
    framing: "lines")
}

extension String {
  /// The bytes of the text.
  var bytes: [UInt8] { Array(utf8) }
}

extension [UInt8] {
  /// The bytes as text.
  var text: String { String(decoding: self, as: UTF8.self) }
}
