import JSONRPC
public import LosslessJSON
import Session

/// A value in a request that an earlier reply brought: a session, a cursor, a new item's id.
public struct CarriedValue: Sendable, Equatable {
  /// The place of the step whose reply has it, among the steps of the plan.
  public var from: Int
  /// Where in that reply: `.result.gid`, `[0].result` of a batch in the order of its requests.
  public var fromPath: JSONPath
  /// The place of the step that sends it.
  public var to: Int
  /// Where in that request: `.params[0]`.
  public var toPath: JSONPath

  /// A value that is taken from a reply.
  public init(from: Int, fromPath: JSONPath, to: Int, toPath: JSONPath) {
    self.from = from
    self.fromPath = fromPath
    self.to = to
    self.toPath = toPath
  }
}

/// Finds the values that later requests take from earlier replies.
struct CarriedSearch {
  /// Whether values are recognised by themselves: distinctive ones.
  let recognises: Bool
  /// Paths in replies whose values are carried, whatever they are.
  let named: [PathPattern]

  private var sources: [JSON: (step: Int, path: JSONPath)] = [:]
  private var ours: Set<JSON> = []

  /// More values of one document are not looked at.
  private static let mostValues = 10_000

  init(recognises: Bool, named: [PathPattern]) {
    (self.recognises, self.named) = (recognises, named)
  }

  var isOn: Bool { recognises || !named.isEmpty }

  /// The values that the next step takes from those before, and what its reply has for later ones.
  mutating func take(_ exchange: Exchange, step: Int) -> [CarriedValue] {
    guard isOn else { return [] }
    var found: [CarriedValue] = []
    if let request = ReplayDocument.request(exchange) {
      for (params, path) in Self.parts("params", of: request) {
        Self.visit(params, path) { value, path in
          if let source = sources[value] {
            found.append(
              CarriedValue(
                from: source.step, fromPath: source.path, to: step, toPath: JSONPath(path)))
          } else if recognises, Self.isDistinctive(value) {
            ours.insert(value.detached())
          }
        }
      }
    }
    if let reply = ReplayDocument.reply(exchange) {
      for (result, path) in Self.parts("result", of: reply) {
        Self.visit(result, path) { note($0, JSONPath($1), step) }
      }
    }
    return found
  }

  /// Notes what a reply brought; of several that brought the same, the first counts.
  private mutating func note(_ value: JSON, _ path: JSONPath, _ step: Int) {
    guard sources[value] == nil else { return }
    let isNamed = named.contains { $0.matches(path.steps) }
    // What we said ourselves before is no news of the server's.
    let isNews = recognises && Self.isDistinctive(value) && !ours.contains(value)
    if isNamed || isNews { sources[value.detached()] = (step, path) }
  }

  /// The members of that name: of one message, or of each of a batch.
  private static func parts(_ name: String, of json: JSON) -> [(JSON, [JSONPath.Step])] {
    guard json.kind == .array else { return json[name].map { [($0, [.member(name)])] } ?? [] }
    return json.elements.enumerated().compactMap { place, element in
      element.kind == .object
        ? element[name].map { ($0, [.element(place), .member(name)]) } : nil
    }
  }

  /// Visits the strings and numbers of a value, in order.
  private static func visit(
    _ root: JSON, _ path: [JSONPath.Step], _ body: (JSON, [JSONPath.Step]) -> Void
  ) {
    var left = mostValues
    var open: [(JSON, [JSONPath.Step])] = [(root, path)]
    while let (value, path) = open.popLast(), left > 0 {
      left -= 1
      switch value.kind {
      case .object:
        guard path.count < 64 else { continue }
        // What a protocol says about itself is not taken from results.
        let members = value.members.filter { $0.name != "_meta" }
        for member in members.reversed() {
          open.append((member.value, path + [.member(member.name)]))
        }
      case .array:
        guard path.count < 64 else { continue }
        for (place, element) in value.elements.prefix(left).enumerated().reversed() {
          open.append((element, path + [.element(place)]))
        }
      case .string, .number: body(value, path)
      default: break
      }
    }
  }

  /// Whether a value is hardly the same by chance: long texts, texts with digits, large numbers.
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

/// What was sent and what came, as documents in which values are looked up.
enum ReplayDocument {
  static func request(_ exchange: Exchange) -> JSON? { try? JSON(reading: exchange.request) }

  /// The reply; of a batch all replies, in the order of its requests.
  static func reply(_ exchange: Exchange) -> JSON? {
    guard exchange.kind == .batch else { return exchange.response?.json }
    let rows = BatchPairing(exchange).rows.filter { $0.requestPlace != nil }
    return rows.isEmpty ? nil : JSON.array(rows.map { $0.response?.json ?? .null })
  }
}
