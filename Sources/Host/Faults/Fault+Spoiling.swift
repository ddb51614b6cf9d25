import LosslessJSON

extension FaultPlan.Rule {
  /// A proper reply, wrong in this way. Faults that concern more than its text leave it as it is, as
  /// does what is no proper reply any more.
  func spoil(_ reply: [UInt8], to request: [UInt8] = []) -> [UInt8] {
    if case .delivery = fault.change { return reply }
    guard let json = try? JSON(reading: reply), let parts = ReplyParts(json, to: request) else {
      return reply
    }
    switch fault.change {
    case .value(let text): return parts.with(value: parts.fill(Array(text.utf8)))
    case .outcome(let text): return parts.with(outcome: parts.fill(Array(text.utf8)))
    case .text(let text): return parts.fill(Array(text.utf8))
    case .reply(let change): return change(parts, argument)
    case .delivery: return reply
    }
  }

  /// Changes how an answer is sent; faults of its text have done their part before.
  func spoil(_ delivery: inout Delivery) {
    if case .delivery(let change) = fault.change { change(&delivery, argument) }
  }
}
