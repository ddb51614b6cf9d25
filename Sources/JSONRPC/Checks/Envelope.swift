import LosslessJSON

/// The members of an object, sorted by the names that matter, in one walk.
struct Envelope {
  /// The members that a reply is made of; of duplicates the last, as most readers take it.
  private(set) var jsonrpc: JSON.Member?
  private(set) var result: JSON.Member?
  private(set) var error: JSON.Member?
  private(set) var id: JSON.Member?
  /// What makes a request, or a reply of the 1.1 draft.
  private(set) var method: JSON.Member?
  private(set) var version: JSON.Member?
  /// Members of a name that had come before, at most a few.
  private(set) var duplicates: [JSON.Member] = []
  /// All other members, at most a few, and how many there are.
  var others: [JSON.Member] = []
  private(set) var otherCount = 0

  let object: JSON

  private static let limit = 32

  init(_ object: JSON) {
    self.object = object
    for member in object.members { take(member) }
  }

  private mutating func take(_ member: JSON.Member) {
    let key = member.key
    if key.isString("result") {
      Self.put(member, &result, &duplicates)
    } else if key.isString("id") {
      Self.put(member, &id, &duplicates)
    } else if key.isString("jsonrpc") {
      Self.put(member, &jsonrpc, &duplicates)
    } else if key.isString("error") {
      Self.put(member, &error, &duplicates)
    } else if key.isString("method") {
      Self.put(member, &method, &duplicates)
    } else if key.isString("version") {
      Self.put(member, &version, &duplicates)
    } else {
      otherCount += 1
      if others.count < Self.limit { others.append(member) }
    }
  }

  /// Notes that one of the other members was told to be something else.
  mutating func noteTaken() { otherCount -= 1 }

  private static func put(
    _ member: JSON.Member, _ place: inout JSON.Member?, _ duplicates: inout [JSON.Member]
  ) {
    if place != nil, duplicates.count < limit { duplicates.append(member) }
    place = member
  }
}

extension JSON.Member {
  /// The bytes from the key to the end of the value.
  var range: Range<Int> { key.range.lowerBound..<value.range.upperBound }
}

extension JSON {
  /// The place to point at for the value as a whole: a scalar, or the opening bracket.
  var head: Range<Int> {
    let range = range
    return kind == .object || kind == .array
      ? range.lowerBound..<(range.lowerBound + 1) : range
  }

  /// The spelling, cut to a length that fits a sentence.
  var brief: String {
    let bytes = bytes
    guard bytes.count > 60 else { return String(decoding: bytes, as: UTF8.self) }
    var end = bytes.startIndex + 50
    while bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }

  /// The kind with its article.
  var kindName: String {
    switch kind {
    case .null: "null"
    case .bool: text
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
