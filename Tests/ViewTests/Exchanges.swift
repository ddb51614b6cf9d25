import JSONRPC
import LosslessJSON
import Wire

@testable import Session

/// Exchanges made by hand, with figures that never change.
enum Exchanges {
  static let start = ContinuousClock.now

  static func call(
    _ method: String, params: JSON? = nil, reply: String? = nil, number: Int = 1,
    kind: Exchange.Kind = .call, ending: Exchange.Ending = .replied, status: Int? = nil,
    reason: String = "OK", took: Duration? = .microseconds(1234), findings: [Finding] = []
  ) -> Exchange {
    var members: [(String, JSON)] = [("jsonrpc", "2.0"), ("method", JSON(method))]
    if let params { members.append(("params", params)) }
    if kind == .call { members.append(("id", JSON(number))) }
    let request = kind == .serverNotification ? [] : Array(JSON.object(members).bytes)
    return exchange(
      request, method: method, ids: kind == .call ? [RequestID(JSON(number))] : [],
      replies: reply.map { [$0] } ?? [], number: number, kind: kind, ending: ending, status: status,
      reason: reason, took: took, findings: findings)
  }

  static func exchange(
    _ request: [UInt8], method: String? = nil, ids: [RequestID] = [], replies: [String] = [],
    number: Int = 1, kind: Exchange.Kind = .call, ending: Exchange.Ending = .replied,
    status: Int? = nil, reason: String = "OK", took: Duration? = .microseconds(1234),
    findings: [Finding] = []
  ) -> Exchange {
    var exchange = Exchange(
      number: number, kind: kind, startedAt: 1_700_000_000, request: request, method: method,
      ids: ids, start: start)
    exchange.messages = replies.map { message(Array($0.utf8)) }
    exchange.ending = ending
    exchange.timings.lastByte = took
    if let status {
      exchange.head = ReplyHead(version: "HTTP/1.1", status: status, reason: reason, headers: [])
    }
    exchange.findings = findings
    return exchange
  }

  static func message(_ bytes: [UInt8], kind: Frame.Kind = .message) -> ReceivedMessage {
    ReceivedMessage(
      Frame(bytes: bytes, kind: kind, firstByte: start, lastByte: start), limits: .standard)
  }

  static func batch(_ requests: String, _ replies: String...) -> Exchange {
    let json = try? JSON(reading: requests)
    return exchange(
      Array(requests.utf8),
      ids: json.map { $0.elements.compactMap { $0["id"].map { RequestID($0) } } } ?? [],
      replies: replies, kind: .batch)
  }
}
