import JSONRPC
public import LosslessJSON
import Session

/// A value in a request's params that an earlier result brought: a session, a cursor, a new item's id.
public struct CarriedValue: Sendable, Equatable {
  /// The number of the exchange whose result has it.
  public var fromNumber: Int
  /// Where in that result.
  public var fromPath: JSONPath
  /// The number of the exchange that sends it.
  public var toNumber: Int
  /// Where in its params.
  public var toPath: JSONPath

  /// A value that is taken from a result.
  public init(fromNumber: Int, fromPath: JSONPath, toNumber: Int, toPath: JSONPath) {
    self.fromNumber = fromNumber
    self.fromPath = fromPath
    self.toNumber = toNumber
    self.toPath = toPath
  }

  /// More values of one document are not looked at.
  private static let mostValues = 10_000

  /// The values that are carried, as far as they can be told: those distinctive enough that appear in
  /// a result first and in a later request's params.
  static func recognised(in exchanges: [Exchange]) -> [CarriedValue] {
    var sources: [JSON: (number: Int, path: JSONPath)] = [:]
    var ours: Set<JSON> = []
    var found: [CarriedValue] = []
    for exchange in exchanges {
      let request = try? JSON(reading: exchange.request)
      if let params = request?["params"] {
        visit(params) { value, path in
          if let source = sources[value] {
            found.append(
              CarriedValue(
                fromNumber: source.number, fromPath: source.path, toNumber: exchange.number,
                toPath: JSONPath(path)))
          } else {
            ours.insert(value)
          }
        }
      }
      if let result = exchange.response?.result {
        visit(result) { value, path in
          // What we said ourselves before is no news of the server's; of several the first counts.
          if sources[value] == nil, !ours.contains(value) {
            sources[value.detached()] = (exchange.number, JSONPath(path))
          }
        }
      }
    }
    return found
  }

  /// Visits the values that are distinctive: long texts, texts with digits, large numbers.
  private static func visit(_ root: JSON, _ body: (JSON, [JSONPath.Step]) -> Void) {
    var left = mostValues
    var open: [(JSON, [JSONPath.Step])] = [(root, [])]
    while let (value, path) = open.popLast(), left > 0 {
      left -= 1
      switch value.kind {
      case .object:
        guard path.count < 64 else { continue }
        for member in value.members { open.append((member.value, path + [.member(member.name)])) }
      case .array:
        guard path.count < 64 else { continue }
        for (place, element) in value.elements.enumerated().prefix(left) {
          open.append((element, path + [.element(place)]))
        }
      default: if isDistinctive(value) { body(value, path) }
      }
    }
  }

  private static func isDistinctive(_ value: JSON) -> Bool {
    let text = value.bytes
    switch value.kind {
    case .number: return text.count >= 5 && !text.suffix(3).allSatisfy { $0 == 0x30 }
    case .string:
      if text.count >= 22 { return true }
      return text.count >= 8 && text.contains { (0x30...0x39).contains($0) }
    default: return false
    }
  }
}
