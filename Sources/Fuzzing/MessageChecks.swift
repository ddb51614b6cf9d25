import JSONRPC
import LosslessJSON
import SeededRandom

/// What reading messages promises: to take anything.
enum MessageChecks {
  static func messages(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    guard let value = JSONDiagnosis(of: text).value else { return }
    try look(Message(value), value)
    guard let response = Response(received: value) else { return }
    try expect(response.json == value, "a reply is not what came")
    try expect((response.result != nil) == response.ok, "a reply is both or neither")
    try expect((response.error != nil) != response.ok, "a reply is both or neither")
    _ = (response.code, response.message, response.data)
  }

  private static func look(_ message: Message, _ value: JSON) throws(BrokenPromise) {
    switch message {
    case .request(let call):
      try expect(call.json == value && call.id != nil, "a request is not what came")
      _ = (call.params, call.version)
    case .notification(let call):
      try expect(call.json == value && call.id == nil, "a notification is not what came")
    case .response(let response):
      try expect(response.json == value, "a reply is not what came")
    case .other(let json): try expect(json == value, "a message is not what came")
    case .batch(let messages):
      try expect(messages.count == value.count, "a batch lost messages")
      // One level: what is an array in a batch is no batch.
      for (message, element) in zip(messages, value.elements) { try look(message, element) }
    }
  }
}
