public import JSONRPC
public import LosslessJSON
public import Wire

/// A message as it arrived, read once.
public struct ReceivedMessage: Sendable {
  /// The exact bytes, their kind and times.
  public let frame: Frame
  /// The value, or why the text is none by strict reading.
  public let content: Result<JSON, JSONReadError>
  /// What can be read of a text that strict reading refused, and all that is wrong with it; nil for
  /// a valid text.
  public let diagnosis: JSONDiagnosis?
  /// What the value is, strictly read or recovered; nil if there is none.
  public let message: Message?

  /// Larger broken texts are not read past their first error: most were cut off at a limit, and whoever
  /// waits would wait twice as long.
  private static let recoveryLimit = 32 << 20

  init(_ frame: Frame, limits: JSONLimits) {
    self.frame = frame
    do throws(JSONReadError) {
      let json = try JSON(reading: frame.bytes, limits: limits)
      content = .success(json)
      diagnosis = nil
      message = Self.message(json)
    } catch {
      content = .failure(error)
      let diagnosis =
        frame.bytes.count > Self.recoveryLimit
        ? JSONDiagnosis(error) : JSONDiagnosis(of: frame.bytes, limits: limits)
      self.diagnosis = diagnosis
      message = diagnosis.value.map(Self.message)
    }
  }

  /// The value, if the text is one by strict reading.
  public var json: JSON? { if case .success(let json) = content { json } else { nil } }

  /// The value as far as it can be read: of a broken text the recovered one, whose ranges
  /// `diagnosis` maps to the text.
  public var value: JSON? { json ?? diagnosis?.value }

  /// Whether strict reading refused the text.
  public var isBroken: Bool { diagnosis != nil }

  /// What a value is. Unlike a request, a reply with a stray `method` has an outcome.
  private static func message(_ json: JSON) -> Message {
    let message = Message(json)
    switch message {
    case .request(let call), .notification(let call):
      guard call.json["result"] != nil || call.json["error"].map({ !$0.isNull }) ?? false,
        let response = Response(received: call.json)
      else { return message }
      return .response(response)
    default: return message
    }
  }
}

extension ReceivedMessage {
  /// The replies in it: one, or those of an array.
  var responses: [Response] {
    switch message {
    case .response(let response): [response]
    case .batch(let elements):
      elements.compactMap { if case .response(let response) = $0 { response } else { nil } }
    default: []
    }
  }

  /// Whether it is a request or a notification.
  var isUnasked: Bool {
    switch message {
    case .request, .notification: true
    default: false
    }
  }

  /// Whether it is a reply or an array.
  var isReply: Bool {
    switch message {
    case .response, .batch: true
    default: false
    }
  }

  /// Whether it is one reply without an id, as a batch gets that was refused as a whole.
  var isNameless: Bool {
    guard case .response(let response) = message else { return false }
    return response.id == nil || response.id == .null
  }

  var isArray: Bool { value?.kind == .array }

  /// What is wrong or odd with the text.
  var ownDiagnosis: JSONDiagnosis {
    diagnosis ?? json.map { JSONDiagnosis(ofValid: $0) } ?? JSONDiagnosis(of: frame.bytes)
  }
}
