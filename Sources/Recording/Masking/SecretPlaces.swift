import LosslessJSON

/// Finds the values at the places that rules name.
struct SecretPlaces {
  private let patterns: [PathPattern]
  private var hits: [SecretScanner.Hit] = []

  /// The values in a message at places that are meant; none in a text that is no JSON.
  static func hits(in text: UnsafeBufferPointer<UInt8>, _ patterns: [PathPattern])
    -> [SecretScanner.Hit]
  {
    guard !patterns.isEmpty, let json = try? JSON(reading: Array(text)) else { return [] }
    var places = SecretPlaces(patterns)
    if json.kind == .array {
      for element in json.elements { places.look(element, []) }
    }
    places.look(json, [])
    return places.hits.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private init(_ patterns: [PathPattern]) { self.patterns = patterns }

  private mutating func look(_ value: JSON, _ path: [JSONPath.Step]) {
    if patterns.contains(where: { $0.matches(path) }) { return take(value, path) }
    switch value.kind {
    case .object:
      for member in value.members { look(member.value, path + [.member(member.name)]) }
    case .array:
      for (place, element) in value.elements.enumerated() {
        look(element, path + [.element(place)])
      }
    default: break
    }
  }

  private mutating func take(_ value: JSON, _ path: [JSONPath.Step]) {
    if value.isNull { return }
    let name = JSONPath(path).description
    let range = value.range
    let isString = value.kind == .string
    let inner = isString ? (range.lowerBound + 1)..<(range.upperBound - 1) : range
    if !inner.isEmpty {
      hits.append(SecretScanner.Hit(range: inner, name: name, needsQuotes: !isString))
    }
  }
}
