/// What was said of a fault: how long, how many, or which text.
public enum FaultArgument: Sendable, Hashable {
  /// Nothing.
  case none
  /// How long it takes.
  case duration(Duration)
  /// A count, a status, a size.
  case number(Int)
  /// Bytes.
  case text([UInt8])

  var duration: Duration? { if case .duration(let duration) = self { duration } else { nil } }

  var number: Int { if case .number(let number) = self { number } else { 0 } }

  var text: [UInt8] { if case .text(let text) = self { text } else { [] } }

  /// `NAME=VALUE`.
  var pair: (name: String, value: [UInt8]) {
    let parts = text.split(
      separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    return (String(decoding: parts[0], as: UTF8.self), parts.count > 1 ? Array(parts[1]) : [])
  }
}

extension Fault.Parameter {
  /// What holds unless something is said.
  var standard: FaultArgument {
    switch self {
    case .none, .text: .none
    case .duration(let duration): .duration(duration)
    case .number(let number, _): .number(number)
    }
  }

  /// What may be said, as an example; nil for nothing.
  public var example: String? {
    switch self {
    case .none: nil
    case .duration: "200ms"
    case .number(let number, _): "\(number)"
    case .text(let example): example
    }
  }
}
