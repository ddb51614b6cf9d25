import JSONRPC
import LosslessJSON

/// What came of inspecting a text.
struct Inspection: Sendable {
  /// The name of the file, for places in it.
  var source: String
  /// The whole text; ranges are offsets into it.
  var bytes: [UInt8]
  /// What it was read as.
  var form: InputForm
  /// Whether the user said so.
  var isTold: Bool
  /// The messages in it, in order.
  var messages: [InspectedMessage] = []
  /// What is wrong or odd, in the order of the text.
  var findings: [LocatedFinding] = []

  /// Requests that have no reply in the text.
  var unanswered: [InspectedMessage] {
    messages.count > 1 ? messages.filter { $0.isRequest && $0.partner == nil } : []
  }

  /// Whether a client would fail.
  var hasErrors: Bool { findings.contains { $0.finding.severity == .error } }
}

/// A finding whose range is in the whole text.
struct LocatedFinding: Sendable {
  var finding: Finding
  /// The number of the message it is about.
  var number: Int?
}

/// One message of a text that is inspected.
struct InspectedMessage: Sendable {
  /// Which way it went, where the text tells.
  enum Direction: Sendable, Equatable { case out, back }

  /// Counts from 1.
  var number: Int
  /// Where it stands in the whole text.
  var range: Range<Int>
  /// The bytes.
  var bytes: [UInt8]
  /// Where its bytes stand; nil if that is not known.
  var runs: TextRuns?
  /// Which way it went.
  var direction: Direction?
  /// What was made of the text.
  var diagnosis: JSONDiagnosis
  /// What it is, as far as it could be read.
  var message: Message?
  /// The number of the request that it answers, or of the reply to it.
  var partner: Int?

  init(number: Int, range: Range<Int>, bytes: [UInt8], direction: Direction? = nil) {
    self.number = number
    self.range = range
    self.bytes = bytes
    runs = TextRuns(range)
    self.direction = direction
    diagnosis = JSONDiagnosis(of: bytes)
    message = diagnosis.value.map { Message($0) }
  }

  /// How many bytes it has without blanks around.
  var size: Int {
    guard let first = bytes.firstIndex(where: { !Self.isBlank($0) }),
      let last = bytes.lastIndex(where: { !Self.isBlank($0) })
    else { return 0 }
    return last - first + 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether it wants a reply.
  var isRequest: Bool { !askedIDs.isEmpty }

  /// Whether it is a request or a notification.
  var isCall: Bool {
    switch message {
    case .request, .notification: true
    case .batch(let elements):
      elements.contains {
        switch $0 {
        case .request, .notification: true
        default: false
        }
      }
    default: false
    }
  }

  /// The ids that it asks for a reply with.
  var askedIDs: [RequestID] { ids { if case .request(let call) = $0 { call.id } else { nil } } }

  /// The ids that it answers.
  var answeredIDs: [RequestID] {
    ids { if case .response(let response) = $0 { response.id } else { nil } }
  }

  private func ids(of id: (Message) -> RequestID?) -> [RequestID] {
    switch message {
    case .batch(let elements): elements.compactMap(id)
    case let message?: id(message).map { [$0] } ?? []
    case nil: []
    }
  }
}
