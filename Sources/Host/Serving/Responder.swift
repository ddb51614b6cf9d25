import JSONRPC
import LosslessJSON
import SeededRandom
import Synchronization

/// Answers messages with a service, and spoils the answers as the plan of faults says.
final class Responder: Sendable {
  let service: Service
  private let plan: FaultPlan
  private let chance: Mutex<Chance>
  /// Answers in the service's place.
  let replay: ReplayMock?
  private let observer: HostObserver?

  /// What tells which calls have a fault.
  private struct Chance {
    var numbers: SplitMix
    /// How many calls there were of a method with faults of its own, and of all others under "".
    var counts: [String: Int] = [:]
  }

  init(
    _ service: Service, faults: FaultPlan, replay: ReplayMock? = nil,
    observer: HostObserver? = nil
  ) {
    self.service = service
    self.replay = replay
    self.observer = observer
    plan = faults
    chance = Mutex(Chance(numbers: SplitMix(seed: faults.seed)))
  }

  /// What to send for a message; nil for nothing.
  func respond(to message: [UInt8], from peer: Peer) async -> Delivery? {
    if let replay {
      let delivery = await replay.respond(to: message, from: peer, observer)
      guard !plan.isEmpty, let delivery, delivery.texts.count == 1 else { return delivery }
      return spoil(delivery.texts[0], to: message)
    }
    let answer = await service.answer(message, from: peer)
    guard !plan.isEmpty else { return answer.map { Delivery([$0]) } }
    return answer.map { spoil($0, to: message) } ?? answerToNotification(message)
  }

  private func spoil(_ answer: [UInt8], to message: [UInt8]) -> Delivery {
    let request = try? JSON(reading: message)
    guard request?.kind == .array, let request, let reply = try? JSON(reading: answer) else {
      let rules = happening(request)
      return Self.delivery(of: rules.reduce(answer) { $1.spoil($0, to: message) }, rules)
    }
    return spoil(batch: reply, answer, to: request)
  }

  /// What is sent although nothing is due; nil for nothing.
  private func answerToNotification(_ message: [UInt8]) -> Delivery? {
    guard let request = try? JSON(reading: message), request.kind == .object,
      happening(request).contains(where: { $0.fault == .answersNotifications })
    else { return nil }
    var delivery = Delivery([Array("{\"jsonrpc\": \"2.0\", \"result\": null, \"id\": null}".utf8)])
    delivery.faults = [.answersNotifications]
    return delivery
  }

  /// Each reply has the faults of its own request; those that concern more than a text, all share.
  private func spoil(batch reply: JSON, _ answer: [UInt8], to request: JSON) -> Delivery {
    var rulesByID: [(id: JSON, request: JSON, rules: [FaultPlan.Rule])] = request.elements
      .compactMap { element in
        element["id"].map { ($0, element, happening(element)) }
      }
    guard rulesByID.contains(where: { !$0.rules.isEmpty }) else { return Delivery([answer]) }
    var shared: [FaultPlan.Rule] = []
    var texts: [[UInt8]] = []
    for element in reply.elements {
      var text = Array(element.bytes)
      if let place = rulesByID.firstIndex(where: { $0.id == element["id"] }) {
        let (_, request, rules) = rulesByID.remove(at: place)
        for rule in rules { text = rule.spoil(text, to: Array(request.bytes)) }
        // What concerns the whole does so once, however many replies have it.
        shared += rules.filter {
          !$0.fault.isOfText && $0.fault != "drop" && !shared.contains($0)
        }
        if rules.contains(where: { $0.fault == "drop" }) { continue }
      }
      texts.append(text)
    }
    let whole = Array("[".utf8) + texts.joined(separator: Array(", ".utf8)) + Array("]".utf8)
    return Self.delivery(of: Array(whole), shared)
  }

  /// The faults of a reply; what can't be read, or names no method, has those of all.
  private func happening(_ request: JSON?) -> [FaultPlan.Rule] {
    let method = request?["method"]?.string ?? ""
    let rules = plan.rules(for: method)
    if rules.isEmpty { return [] }
    return chance.withLock { chance in
      let count = chance.counts[plan.methods[method] == nil ? "" : method, default: 0] + 1
      chance.counts[plan.methods[method] == nil ? "" : method] = count
      return rules.filter { rule in
        rule.calls?.contains(count) ?? true
          && (rule.probability >= 1
            || Double.random(in: 0..<1, using: &chance.numbers) < rule.probability)
      }
    }
  }

  private static func delivery(of text: [UInt8], _ rules: [FaultPlan.Rule]) -> Delivery {
    var delivery = Delivery([text])
    for rule in rules { rule.spoil(&delivery) }
    delivery.faults = rules.map(\.fault)
    return delivery
  }
}
