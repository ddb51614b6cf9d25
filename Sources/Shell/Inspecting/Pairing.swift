import JSONRPC
import LosslessJSON

/// Finds the request of each reply in a log, by id.
struct Pairing {
  /// Replies to a request that had its reply already: the number of the message that was the first.
  private(set) var answered: [Int: Int] = [:]

  private struct Key: Hashable {
    var id: RequestID
    /// The way that the request went, where it is known.
    var isOut: Bool?
  }

  private var waiting: [Key: [Int]] = [:]
  private var last: [Key: Int] = [:]
  private var waitingCount = 0

  /// Two messages are a request and its reply, whatever their ids.
  mutating func pairUp(_ messages: inout [InspectedMessage]) {
    guard messages.count == 2, messages[0].isCall, !messages[1].isCall else {
      return pair(&messages)
    }
    messages[0].partner = 2
    messages[1].partner = 1
  }

  /// Pairs what can be paired, in the order of the messages.
  mutating func pair(_ messages: inout [InspectedMessage]) {
    for place in messages.indices {
      let message = messages[place]
      for id in message.askedIDs { ask(id, message) }
      if message.isCall { continue }
      guard let request = request(of: message, messages) else { continue }
      messages[place].partner = request
      messages[request - 1].partner = message.number
    }
  }

  private mutating func ask(_ id: RequestID, _ message: InspectedMessage) {
    waiting[Key(id: id, isOut: Self.isOut(message.direction)), default: []].append(message.number)
    waitingCount += 1
  }

  private static func isOut(_ direction: InspectedMessage.Direction?) -> Bool? {
    direction.map { $0 == .out }
  }

  /// The number of the request that a message answers.
  private mutating func request(
    of message: InspectedMessage, _ messages: [InspectedMessage]
  ) -> Int? {
    var found: Int?
    // A reply goes the other way than its request.
    let isOut = Self.isOut(message.direction).map { !$0 }
    for id in message.answeredIDs {
      let key = Key(id: id, isOut: isOut)
      if var numbers = waiting[key], !numbers.isEmpty {
        found = found ?? numbers[0]
        numbers.removeFirst()
        waiting[key] = numbers.isEmpty ? nil : numbers
        waitingCount -= 1
        last[key] = message.number
      } else if found == nil, let earlier = last[key] {
        answered[message.number] = earlier
      }
    }
    if found != nil || answered[message.number] != nil { return found }
    return only(message, messages, isOut)
  }

  /// What has no id that fits, or can't be read, answers the only request that waits.
  private mutating func only(
    _ message: InspectedMessage, _ messages: [InspectedMessage], _ isOut: Bool?
  ) -> Int? {
    guard waitingCount == 1, let (key, numbers) = waiting.first, let number = numbers.first,
      key.isOut == isOut, message.number == number + 1
    else { return nil }
    waiting = [:]
    waitingCount = 0
    return number
  }
}
