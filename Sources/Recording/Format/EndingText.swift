import LosslessJSON
import Session
import Wire

/// How an exchange ended, in a line: a word, or an object where there is more to tell.
enum EndingText {
  static func bytes(_ ending: Exchange.Ending) -> [UInt8] {
    var text = LineText()
    switch ending {
    case .pending: text.raw("\"pending\"")
    case .replied: text.raw("\"replied\"")
    case .sent: text.raw("\"sent\"")
    case .received: text.raw("\"received\"")
    case .cancelled: text.raw("\"cancelled\"")
    case .timedOut(let after):
      text.raw("{\"timedOut\":")
      text.seconds(after)
      text.raw("}")
    case .failed(let error):
      text.raw("{\"failed\":")
      WireErrorText.write(error, to: &text)
      text.raw("}")
    }
    return text.bytes
  }

  static func read(_ json: JSON?) -> Exchange.Ending {
    switch json?.string {
    case "pending"?: return .pending
    case "sent"?: return .sent
    case "received"?: return .received
    case "cancelled"?: return .cancelled
    case .some: return .replied
    case nil: break
    }
    if let after = json?["timedOut"]?.double { return .timedOut(.from(seconds: after)) }
    if let failed = json?["failed"] { return .failed(WireErrorText.read(failed)) }
    return .replied
  }
}

extension Duration {
  /// A duration of so many seconds, to the microsecond; what is out of range becomes zero.
  static func from(seconds: Double) -> Duration {
    .microseconds(Int64(RecordedTime.micros(seconds)))
  }
}
