import JSONRPC
import LosslessJSON
import Wire

/// What is said of an exchange once it is over: first of the text that came, then of the reply.
///
/// What the framing and the transport found is the cause of the rest, and stands before it.
struct Checks {
  let version: ProtocolVersion
  let mode: CheckMode

  /// At most so much of a message is kept as the evidence of a finding.
  private static let evidenceLimit = 4096

  /// The findings of an exchange that ended, apart from those that it has already.
  func findings(of exchange: Exchange, _ expectation: ReplyExpectation) -> [Finding] {
    let check = ReplyCheck(
      expectation, request: exchange.request, version: version(of: exchange), mode: mode)
    // What the server said by the way is no reply, if the reply was not waited for to the end.
    switch exchange.ending {
    case .cancelled, .timedOut:
      if !exchange.messages.isEmpty, exchange.messages.allSatisfy(\.isUnasked) { return [] }
    default: break
    }
    guard let place = exchange.replyPlace else {
      // Over HTTP it is over without a body; anything found says why already.
      let isSilent = exchange.ending == .replied && exchange.findings.isEmpty
      return isSilent ? check.reportOnNothing().findings : []
    }
    if exchange.messages.count == 1 {
      let found = findings(check, exchange.messages[0])
      let cuts = [WireRule.bodyCutShort, .httpLengthConflict, .httpLengthInCharacters]
      return exchange.findings.contains { cuts.map(\.rawValue).contains($0.rule) }
        ? Self.withoutCut(found, exchange.messages[0].frame.bytes) : found
    }
    var findings = findings(check, exchange.messages[place])
    for (other, message) in exchange.messages.enumerated() where other != place {
      findings += surplus(message, check, exchange)
    }
    return exchange.kind == .batch ? Self.once(.singleForBatch, findings) : findings
  }

  /// The findings of a message that belongs to no request of ours.
  func findings(ofUnasked received: ReceivedMessage, recent: RecentIDs) -> [Finding] {
    switch received.message {
    case .request, .notification: return received.ownDiagnosis.findings
    default:
      let id = received.responses.first?.id
      let check = ReplyCheck(
        .nothing(stray(id, recent)), version: version == .v1 ? .v1 : nil, mode: mode)
      return findings(check, received)
    }
  }

  private func findings(_ check: ReplyCheck, _ received: ReceivedMessage) -> [Finding] {
    if received.frame.bytes.isEmpty { return check.reportOnNothing().findings }
    let found = check.report(on: received.ownDiagnosis).findings
    return received.frame.findings.contains { $0.rule == WireRule.cutShort.rawValue }
      ? Self.withoutCut(found, received.frame.bytes) : found
  }

  /// The findings of a message besides the one that holds the reply.
  private func surplus(
    _ received: ReceivedMessage, _ check: ReplyCheck, _ exchange: Exchange
  ) -> [Finding] {
    var check = check
    switch received.message {
    // On an event stream those are exchanges of their own.
    case .request, .notification: return []
    case .response(let response) where exchange.kind != .batch:
      let isOurs = response.id.map(exchange.ids.contains) ?? false
      check.expectation = .nothing(isOurs ? .answered(exchange.number) : .unknown)
    default: break
    }
    let bytes = received.frame.bytes
    return findings(check, received).map { finding in
      var finding = finding
      if bytes.count <= Self.evidenceLimit {
        finding.evidence = bytes
      } else {
        finding.range = nil
      }
      return finding
    }
  }

  /// What is typed may be of either version; what is built is the session's.
  private func version(of exchange: Exchange) -> ProtocolVersion? {
    exchange.kind == .call || exchange.kind == .notification || version == .v1 ? version : nil
  }

  private func stray(_ id: RequestID?, _ recent: RecentIDs) -> ReplyExpectation.Stray {
    switch id.flatMap({ recent[$0] }) {
    case .answered(let number)?: .answered(number)
    case .givenUp(let number, _)?: .givenUp(number)
    case nil: .unknown
    }
  }

  /// Without what only says again that the text ends too early, and without the end of the line that
  /// it was cut off at.
  private static func withoutCut(_ findings: [Finding], _ bytes: [UInt8]) -> [Finding] {
    let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
    return findings.filter { finding in
      if finding.rule == JSONRule.truncated.rawValue { return false }
      guard finding.rule == JSONRule.controlCharacter.rawValue else { return true }
      return finding.range.map { $0.lowerBound < end } ?? true
    }
  }

  /// Without repetitions of a rule.
  private static func once(_ rule: RPCRule, _ findings: [Finding]) -> [Finding] {
    var isTold = false
    return findings.filter { finding in
      guard finding.rule == rule.rawValue else { return true }
      defer { isTold = true }
      return !isTold
    }
  }
}
