import LosslessJSON
import SeededRandom

/// What strict reading promises.
enum ReadingChecks {
  static func reading(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    let isValid = PlainValidator.accepts(text)
    switch Result(catching: { () throws(JSONReadError) in try JSON(reading: text) }) {
    case .success(let value):
      try expect(isValid, "read, though it is not valid")
      try expect(value.document.bytes.elementsEqual(text), "the document's bytes are others")
      try walk(value)
    case .failure(let error):
      try expect(!isValid, "refused, though it is valid: \(error)")
      try expect((0...text.count).contains(error.position.offset), "an error out of bounds")
      try expect(!error.description.isEmpty, "an error without words")
      let place = TextPosition(offset: error.position.offset, in: text[...])
      try expect(place == error.position, "line and column do not fit the byte")
    }
  }

  /// All values, by the ways that programs take.
  private static func walk(_ value: JSON) throws(BrokenPromise) {
    var open = [value]
    while let next = open.popLast() {
      let range = next.range
      try expect(
        range.lowerBound >= 0 && range.upperBound <= next.document.count && !range.isEmpty,
        "a value out of bounds")
      switch next.kind {
      case .array:
        let elements = Array(next.elements)
        try expect(elements.count == next.count, "count and elements differ")
        open += elements
      case .object:
        let members = Array(next.members)
        try expect(members.count == next.count, "count and members differ")
        for member in members {
          try expect(member.key.isString(member.name), "a key is not its own name")
          try expect(next[member.name] != nil, "a member is not found by its name")
        }
        open += members.map(\.value)
      case .string: try expect(next.string != nil, "a string without text")
      case .number: try expect(next.number == next.text, "a number is not its spelling")
      case .bool: try expect(next.bool != nil, "a truth without value")
      case .null: try expect(next.isNull, "null is not")
      }
    }
  }

  /// Writing a value gives its bytes back.
  static func spelling(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    guard let value = try? JSON(reading: text) else { return }
    let trimmed = text.trimmedBlanks
    try expect(value.bytes.elementsEqual(trimmed), "the value's bytes are not the text's")
    var writer = JSONWriter()
    writer.value(value)
    try expect(writer.bytes == Array(trimmed), "JSONWriter writes other bytes")
    let detached = value.detached()
    try expect(detached == value && detached.hashValue == value.hashValue, "detached is another")
    let line = value.onOneLine
    try expect(!line.bytes.contains { $0 == 0x0A || $0 == 0x0D }, "onOneLine has lines")
    try expect(line == value, "onOneLine is another value")
  }
}

extension ReadingChecks {
  /// Values that stand one after the other are what each is by itself, and what is none is passed.
  static func values(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    let alone = try? JSON(reading: text)
    var values = JSONValues(text + [0x0A] + text + Array("\n[0]".utf8))
    var found: [JSON] = []
    var rounds = 0
    while rounds <= text.count * 2 + 8 {
      rounds += 1
      guard let next = try? values.next() else {
        if values.isAtEnd { break }
        continue
      }
      // Some are kept, so that some documents are used again.
      if alone != nil || random.below(2) == 0 { found.append(next) }
    }
    try expect(values.isAtEnd, "reading values does not end")
    guard let alone else { return }
    try expect(found.count == 3, "\(found.count) values where there are three")
    try expect(found[0] == alone && found[1] == alone, "a value is another beside others")
  }
}

extension [UInt8] {
  /// Without blanks at both ends.
  var trimmedBlanks: ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return [] }
    return self[first...last]
  }
}
