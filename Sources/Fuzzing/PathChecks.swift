import LosslessJSON
import SeededRandom

/// What paths promise.
enum PathChecks {
  static func path(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    let parsing = Result { () throws(JSONPath.SyntaxError) in
      try JSONPath.parsePrefix(text[...])
    }
    switch parsing {
    case .success((let prefix, let end)):
      try again(prefix)
      try expect((0...text.count).contains(end), "a path ends outside the text")
    case .failure(let error):
      try expect((0...text.count).contains(error.offset), "a fault outside the path")
    }
    if let value = try? JSON(reading: text) { try lead(into: value, &random) }
  }

  /// A path's description is the path.
  private static func again(_ path: JSONPath) throws(BrokenPromise) {
    let parsing = Result { () throws(JSONPath.SyntaxError) in try JSONPath(path.description) }
    switch parsing {
    case .success(let copy): try expect(copy == path, "'\(path)' reads as '\(copy)'")
    case .failure(let error): throw BrokenPromise("'\(path)' does not read: \(error.message)")
    }
  }

  /// A path to a place leads there.
  private static func lead(into root: JSON, _ random: inout SplitMix) throws(BrokenPromise) {
    var steps: [JSONPath.Step] = []
    var value = root
    while value.count > 0, steps.count < 20 {
      let place = random.below(min(value.count, 50))
      if value.kind == .array {
        steps.append(.element(random.below(2) == 0 ? place : place - value.count))
        value = value[place] ?? .null
      } else {
        let name = value.members.dropFirst(place).first { _ in true }?.name ?? ""
        steps.append(.member(name))
        value = value[name] ?? .null
      }
    }
    let path = JSONPath(steps)
    try again(path)
    guard let found = try? path.select(in: root) else {
      throw BrokenPromise("'\(path)' leads nowhere")
    }
    try expect(found.range == value.range, "'\(path)' leads elsewhere")
  }
}
