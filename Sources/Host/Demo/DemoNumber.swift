import JSONRPC
import LosslessJSON

/// A number that stays an integer as long as it is one, so that 42 - 23 is 19 and not 19.0.
enum DemoNumber: Codable, Sendable, Equatable, SchemaProviding {
  case integer(Int)
  case fraction(Double)

  static var jsonSchema: JSON { ["type": "number"] }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(Int.self) {
      self = .integer(whole)
    } else {
      self = .fraction(try container.decode(Double.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .fraction(let value): try container.encode(value)
    }
  }

  var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .fraction(let value): value
    }
  }

  static func + (left: DemoNumber, right: DemoNumber) -> DemoNumber {
    combine(left, right, { $0.addingReportingOverflow($1) }, +)
  }

  static func - (left: DemoNumber, right: DemoNumber) -> DemoNumber {
    combine(left, right, { $0.subtractingReportingOverflow($1) }, -)
  }

  static func * (left: DemoNumber, right: DemoNumber) -> DemoNumber {
    combine(left, right, { $0.multipliedReportingOverflow(by: $1) }, *)
  }

  /// The divisor must not be zero.
  static func / (left: DemoNumber, right: DemoNumber) -> DemoNumber {
    if case .integer(let one) = left, case .integer(let other) = right {
      let (quotient, remainder) = (
        one.dividedReportingOverflow(by: other), one.remainderReportingOverflow(dividingBy: other)
      )
      if !quotient.overflow, !remainder.overflow, remainder.partialValue == 0 {
        return .integer(quotient.partialValue)
      }
    }
    return .fraction(left.double / right.double)
  }

  private static func combine(
    _ left: DemoNumber, _ right: DemoNumber,
    _ exact: (Int, Int) -> (partialValue: Int, overflow: Bool),
    _ rounded: (Double, Double) -> Double
  ) -> DemoNumber {
    if case .integer(let one) = left, case .integer(let other) = right {
      let result = exact(one, other)
      if !result.overflow { return .integer(result.partialValue) }
    }
    return .fraction(rounded(left.double, right.double))
  }
}
