import LosslessJSON
import Recording

/// Values that results had, by the names they stood under: what later calls are likely to want.
///
/// Bounded: of each name the newest values, of the names those that were seen last.
struct SeenValues: Sendable {
  /// A value with the method whose result it was in.
  struct Value: Sendable {
    var value: JSON
    var method: String
  }

  static let mostNames = 1000
  static let mostValues = 50
  /// Values of one result that are looked at.
  private static let mostOfResult = 2000
  private static let longestText = 120
  private static let deepest = 12

  private var byName: [String: [Value]] = [:]
  private var lastSeen: [String: Int] = [:]
  private var clock = 0
  private let secrets = SecretName()

  /// Takes a result; a lone value of it has that name, if it has one of its own.
  mutating func take(_ result: JSON, of method: String, named name: String? = nil) {
    var found = Found(limit: Self.mostOfResult)
    let subject = NameWords.subject(of: method)
    let own = name.flatMap { $0 == "result" ? nil : NameWords.key($0) }
    let names = (own.map { [$0] } ?? []) + Self.names(of: subject)
    collect(result, names, about: subject, depth: 0, &found)
    clock += 1
    for name in found.order { keep(found.values[name] ?? [], under: name, of: method) }
    if byName.count > Self.mostNames {
      let old = lastSeen.sorted { $0.value < $1.value }.prefix(byName.count - Self.mostNames)
      for (name, _) in old { (byName[name], lastSeen[name]) = (nil, nil) }
    }
  }

  /// The values that a param of that name may want, the newest first.
  func values(for name: String, of method: String) -> [Value] {
    let words = NameWords.of(name)
    var keys = [NameWords.key(words)]
    if words.count == 1, Self.generic.contains(words[0]) {
      keys.insert(NameWords.key(NameWords.subject(of: method) + words), at: 0)
    }
    for key in keys { if let values = byName[key], !values.isEmpty { return values } }
    return []
  }

  /// Members that are told apart by what they belong to.
  private static let generic: Set<String> = ["id", "ids", "name", "uuid", "ref", "handle", "key"]

  /// Names of a lone value that a method about something gives.
  private static func names(of subject: [String]) -> [String] {
    if subject.isEmpty { return [] }
    let whole = NameWords.key(subject)
    if whole.hasSuffix("id") { return [whole] }
    return [whole, whole + " id"]
  }

  private struct Found {
    var limit: Int
    var order: [String] = []
    var values: [String: [JSON]] = [:]
  }

  private func collect(
    _ value: JSON, _ names: [String], about subject: [String], depth: Int, _ found: inout Found
  ) {
    guard found.limit > 0, depth < Self.deepest else { return }
    switch value.kind {
    case .string, .number:
      found.limit -= 1
      guard value.bytes.count <= Self.longestText, value.string != "" else { return }
      for name in names {
        if found.values[name] == nil { found.order.append(name) }
        found.values[name, default: []].append(value.detached())
      }
    case .array:
      for element in value.elements {
        if found.limit <= 0 { return }
        collect(element, names, about: subject, depth: depth + 1, &found)
      }
    case .object:
      for member in value.members {
        if found.limit <= 0 { return }
        if secrets.isSecret(member.name) { continue }
        let words = NameWords.of(member.name)
        var names = [NameWords.key(words)]
        if words.count == 1, Self.generic.contains(words[0]), !subject.isEmpty {
          names.append(NameWords.key(subject) + " " + names[0])
        }
        collect(
          member.value, names, about: member.value.isContainer ? words : subject,
          depth: depth + 1, &found)
      }
    case .bool, .null: break
    }
  }

  private mutating func keep(_ values: [JSON], under name: String, of method: String) {
    var known: Set<[UInt8]> = []
    var kept: [Value] = []
    for value in values.map({ Value(value: $0, method: method) }) + (byName[name] ?? []) {
      guard kept.count < Self.mostValues else { break }
      if known.insert(Array(value.value.bytes)).inserted { kept.append(value) }
    }
    byName[name] = kept
    lastSeen[name] = clock
  }
}
