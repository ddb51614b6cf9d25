import LosslessJSON

extension EnvelopeCheck {
  /// Judges an array of replies.
  mutating func batch(_ array: JSON) -> ReplyOutcome {
    var rollCall = RollCall(check.expectation)
    for element in array.elements {
      let outcome = envelope(element, isElement: true)
      rollCall.items.append(outcome)
      answer(element, outcome, &rollCall)
    }
    switch check.expectation {
    case .call:
      findings.add(
        .batchForSingle, at: array.head, in: quoted, "an array in reply to a single request",
        hint: "answer a single request with a single object, without brackets around it")
    case .notification: notificationAnswered(array)
    case .batch(let batch) where batch.ids.isEmpty && batch.others == 0:
      notificationAnswered(array)
    case .batch: absentees(array, &rollCall)
    case .anything, .unknown, .nothing: if array.count == 0 { empty(array) }
    }
    return .batch(
      BatchOutcome(
        items: rollCall.items, missing: rollCall.reported, unmatched: rollCall.unmatched))
  }

  /// Who has answered so far.
  private struct RollCall {
    var items: [ReplyOutcome] = []
    var waiting: [RequestID: Int] = [:]
    var asked: Set<RequestID> = []
    var order: [RequestID] = []
    /// Replies that have no id by which they could be told: each may be a missing one.
    var nameless = 0
    var unmatched: [RequestID] = []
    var reported: [RequestID] = []
    let isBatch: Bool

    init(_ expectation: ReplyExpectation) {
      guard case .batch(let batch) = expectation else {
        isBatch = false
        return
      }
      isBatch = true
      order = batch.ids
      asked = Set(batch.ids)
      for id in batch.ids { waiting[id, default: 0] += 1 }
    }
  }

  private mutating func answer(
    _ element: JSON, _ outcome: ReplyOutcome, _ rollCall: inout RollCall
  ) {
    guard rollCall.isBatch else { return }
    guard let json = element["id"] else {
      rollCall.nameless += 1
      return
    }
    let id = RequestID(json)
    if let due = rollCall.waiting[id] {
      rollCall.waiting[id] = due == 1 ? nil : due - 1
      return
    }
    if id == .null, case .error = outcome {
      // What is no request is owed such an error (2.0 section 7, examples).
      rollCall.nameless += 1
      return
    }
    if case .invalidResponse = outcome, !isAllowed(json) { return rollCall.nameless += 1 }
    rollCall.unmatched.append(id)
    if rollCall.asked.contains(id) {
      findings.add(
        .idDuplicate, at: json.head, in: quoted, "a second reply with id \(json.brief)",
        hint: "each request of a batch is answered once")
    } else {
      findings.add(
        .idUnknown, at: json.head, in: quoted,
        "a reply with id \(json.brief), which is no request's of this batch",
        hint: json.isNull
          ? "null is for errors about a request whose id could not be read"
          : "copy the id with its type")
    }
  }

  /// Reports the requests of a batch that have no reply.
  private mutating func absentees(_ array: JSON, _ rollCall: inout RollCall) {
    if array.count == 0 { empty(array) }
    var left = rollCall.waiting
    let missing = rollCall.order.filter { id in
      guard let due = left[id] else { return false }
      left[id] = due == 1 ? nil : due - 1
      return true
    }
    if case .batch(let batch) = check.expectation, rollCall.nameless > missing.count + batch.others,
      batch.notifications > 0, missing.isEmpty
    {
      notificationAnswered(array)
    }
    guard missing.count > rollCall.nameless else { return }
    rollCall.reported = missing
    if array.count == 0 { return }
    let names = missing.prefix(8).map(\.json.brief).joined(separator: ", ")
    let more = missing.count > 8 ? " and \(missing.count - 8) more" : ""
    findings.add(
      .batchMissing, at: (array.range.upperBound - 1)..<array.range.upperBound, in: quoted,
      "no reply to the request\(missing.count == 1 ? "" : "s") with id \(names)\(more)",
      hint: "the array must have a reply for each request with an id, in any order")
  }

  private mutating func empty(_ array: JSON) {
    findings.add(
      .batchEmpty, at: array.range, in: quoted, "an empty array, which is no reply to anything",
      hint: "answer an empty batch with one error -32600, and notifications with nothing at all")
  }

  private mutating func notificationAnswered(_ array: JSON) {
    let last = findings.all.last
    if last?.rule == RPCRule.answerToNotification.rawValue { return }
    findings.add(
      .answerToNotification, at: array.head, in: quoted,
      array.count == 0
        ? "an empty array in reply to notifications, which must have no reply"
        : "a reply to notifications, which must have none",
      hint: "if a batch has only notifications, nothing at all is sent back")
  }

  /// Judges one reply to a batch: an error with id null refuses it as a whole, which is allowed.
  mutating func singleForBatch(
    _ reply: JSON, _ outcome: ReplyOutcome, _ batch: ReplyExpectation.Batch
  ) {
    switch outcome {
    case .invalidResponse, .error(nil, _): return
    case .error(let id?, _) where id == .null:
      if batch.ids.isEmpty, batch.others == 0 {
        findings.add(
          .answerToNotification, at: reply.head, in: quoted,
          "a reply to notifications, which must have none",
          hint: "if a batch has only notifications, nothing at all is sent back")
      }
      return
    default: break
    }
    findings.add(
      .singleForBatch, at: reply.head, in: quoted, "one reply object to a batch",
      hint: "answer a batch with an array, even of one; a server without batches (MCP, LSP and"
        + " others have none) says so with one error and id null")
  }
}
