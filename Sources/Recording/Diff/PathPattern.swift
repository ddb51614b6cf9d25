public import LosslessJSON

/// Which places in a document are meant: `$.items[*].id`, `.items[*]`, `$..updatedAt`, `$.a["b c"][0]`.
///
/// `[*]` is any element, `.*` any member, `..` any number of steps down; `$` may be left out.
public struct PathPattern: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case member(String)
    case element(Int)
    case anyMember
    case anyElement
    case anyDepth
  }

  /// The pattern as it was written.
  public let text: String
  let steps: [Step]

  /// Reads a pattern.
  public init(_ text: String) throws(RecordingError) {
    self.text = text
    var parser = Parser(text)
    steps = try parser.steps()
  }

  /// Every place.
  public static let everywhere = PathPattern(text: "$..", steps: [.anyDepth])

  private init(text: String, steps: [Step]) { (self.text, self.steps) = (text, steps) }

  /// What the pattern means inside a member of that name; nil if it begins with another.
  func inside(_ name: String) -> PathPattern? {
    guard steps.first == .member(name) else { return nil }
    return PathPattern(text: text, steps: Array(steps.dropFirst()))
  }

  /// The same places, seen from what holds their document as a member of that name.
  func under(_ name: String) -> PathPattern {
    let steps = [.member(name)] + steps
    return PathPattern(text: "$" + steps.map(Self.spelling).joined(), steps: steps)
  }

  /// The pattern of a path, every element as `[*]`.
  public init(generalising path: JSONPath) {
    steps = path.steps.map { step in
      switch step {
      case .member(let name): .member(name)
      case .element: .anyElement
      }
    }
    text = "$" + steps.map(Self.spelling).joined()
  }

  private static func spelling(_ step: Step) -> String {
    switch step {
    case .member(let name): JSONPath([.member(name)]).description
    case .element(let place): "[\(place)]"
    case .anyMember: ".*"
    case .anyElement: "[*]"
    case .anyDepth: "."
    }
  }

  /// Whether the path is one that is meant.
  public func matches(_ path: [JSONPath.Step]) -> Bool { Self.match(steps[...], path[...]) }

  private static func match(_ steps: ArraySlice<Step>, _ path: ArraySlice<JSONPath.Step>) -> Bool {
    guard let step = steps.first else { return path.isEmpty }
    if step == .anyDepth {
      return (path.startIndex...path.endIndex).contains { match(steps.dropFirst(), path[$0...]) }
    }
    guard let place = path.first else { return false }
    let fits =
      switch (step, place) {
      case (.member(let one), .member(let other)): one == other
      case (.element(let one), .element(let other)): one == other
      case (.anyMember, .member), (.anyElement, .element): true
      default: false
      }
    return fits && match(steps.dropFirst(), path.dropFirst())
  }

  private struct Parser {
    let text: String
    let bytes: [UInt8]
    var at = 0

    init(_ text: String) {
      self.text = text
      bytes = Array(text.utf8)
    }

    mutating func steps() throws(RecordingError) -> [Step] {
      if bytes.first == 0x24, bytes.count == 1 || [0x2E, 0x5B].contains(bytes[1]) { at = 1 }
      var steps: [Step] = []
      while at < bytes.count { steps += try step() }
      return steps
    }

    private mutating func step() throws(RecordingError) -> [Step] {
      var found: [Step] = []
      if bytes[at...].starts(with: [0x2E, 0x2E]) {
        found.append(.anyDepth)
        // `..name` is what `.name` is at any depth.
        at += bytes[(at + 2)...].first == 0x5B ? 2 : 1
      }
      if bytes[at...].starts(with: [0x2E, 0x2A]) || bytes[at...].starts(with: Array("[*]".utf8)) {
        let isMember = bytes[at] == 0x2E
        at += isMember ? 2 : 3
        return found + [isMember ? .anyMember : .anyElement]
      }
      if at == 0, ![0x2E, 0x5B].contains(bytes[0]) {
        // A bare name begins a path too.
        return try rest(of: Array(".".utf8) + bytes, shift: 1)
      }
      let end = bytes[(at + 1)...].firstIndex { $0 == 0x2A } ?? bytes.count
      let part = bytes[at..<min(end, nextStep(at))]
      do throws(JSONPath.SyntaxError) {
        let (path, read) = try JSONPath.parsePrefix(part)
        guard read > at, !path.steps.isEmpty else {
          throw JSONPath.SyntaxError(
            offset: 0, message: "expected .name, [0], [*], .* or ..name")
        }
        at = read
        return found + path.steps.map(Self.step)
      } catch {
        throw .badPattern(text, offset: at + error.offset, message: error.message)
      }
    }

    private mutating func rest(of bytes: [UInt8], shift: Int) throws(RecordingError) -> [Step] {
      var parser = Parser(String(decoding: bytes, as: UTF8.self))
      defer { at = self.bytes.count }
      do throws(RecordingError) { return try parser.steps() } catch {
        guard case .badPattern(_, let offset, let message) = error else { throw error }
        throw .badPattern(text, offset: max(0, offset - shift), message: message)
      }
    }

    /// Where the next step that JSONPath does not know may begin.
    private func nextStep(_ start: Int) -> Int {
      var place = start + 1
      var isQuoted = false
      while place < bytes.count {
        if bytes[place] == 0x22 { isQuoted.toggle() }
        if bytes[place] == 0x5C, isQuoted { place += 1 }
        if !isQuoted, place > start, bytes[place] == 0x2E || bytes[place] == 0x5B,
          !(place == start + 1 && bytes[place] == 0x5B)
        {
          return place
        }
        place += 1
      }
      return bytes.count
    }

    private static func step(_ step: JSONPath.Step) -> Step {
      switch step {
      case .member(let name): .member(name)
      case .element(let place): .element(place)
      }
    }
  }
}
