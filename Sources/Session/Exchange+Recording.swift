public import JSONRPC
public import LosslessJSON
public import Wire

extension Exchange {
  /// An exchange put together again from its parts, as a recording or another program's log has them.
  public init(
    number: Int, kind: Kind, purpose: Purpose = .ordinary, startedAt: Double,
    request: [UInt8] = [], method: String? = nil, ids: [RequestID] = [],
    messages: [ReceivedMessage], head: ReplyHead? = nil, timings: Timings,
    wire: WireRecord? = nil, stderr: [UInt8] = [], answer: [UInt8]? = nil, ending: Ending,
    findings: [Finding] = []
  ) {
    self.init(
      number: number, kind: kind, purpose: purpose, startedAt: startedAt, request: request,
      method: method, ids: ids, start: timings.start)
    self.messages = messages
    self.head = head
    self.timings = timings
    self.wire = wire
    self.stderr = stderr
    self.answer = answer
    self.ending = ending
    self.findings = findings
  }

  /// The same exchange with the findings that a live session would have made of it.
  public func checked(version: ProtocolVersion = .v2) -> Exchange {
    let checks = Checks(version: version, mode: .normal)
    let expectation = ReplyCheck(request: request, version: version).expectation
    var copy = self
    copy.findings = checks.findings(of: self, expectation)
    return copy
  }
}

extension ReceivedMessage {
  /// Reads a message that was kept.
  public init(kept frame: Frame, limits: JSONLimits = .standard) {
    self.init(frame, limits: limits)
  }
}
