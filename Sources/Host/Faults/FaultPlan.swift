/// Which faults a server has: for every method, and for single ones.
public struct FaultPlan: Sendable {
  /// A fault with what it was told.
  public struct Rule: Sendable, Equatable {
    /// The fault.
    public var fault: Fault
    /// How long it takes, for those that are about time.
    public var duration: Duration?
    /// How likely it is, from 0 to 1.
    public var probability: Double

    /// A fault that always happens unless told otherwise.
    public init(_ fault: Fault, duration: Duration? = nil, probability: Double = 1) {
      self.fault = fault
      self.duration = duration
      self.probability = probability
    }
  }

  /// Why a rule can't be read.
  public struct SyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence.
    public var description: String
  }

  /// Faults of every method.
  public var everywhere: [Rule] = []
  /// Faults of single methods, which have these instead.
  public var methods: [String: [Rule]] = [:]
  /// Where chance begins: the same seed and the same calls have the same faults.
  public var seed: UInt64 = 1

  /// No faults.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool { everywhere.isEmpty && methods.isEmpty }

  /// The faults of a method.
  func rules(for method: String) -> [Rule] { methods[method] ?? everywhere }
}

extension FaultPlan {
  /// Reads `drop:10%,delay:200ms,html`: faults, each with how long it takes or how likely it is.
  public static func rules(_ list: String) throws(SyntaxError) -> [Rule] {
    var rules: [Rule] = []
    for item in list.split(separator: ",") { rules.append(try rule(String(item))) }
    return rules
  }

  /// Adds `METHOD=FAULT,…`.
  public mutating func add(_ text: String) throws(SyntaxError) {
    guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
      throw SyntaxError(description: "\"\(text)\" is not METHOD=FAULT, as in echo=delay:2s")
    }
    let method = String(text[..<equals])
    methods[method, default: []] += try Self.rules(String(text[text.index(after: equals)...]))
  }

  private static func rule(_ text: String) throws(SyntaxError) -> Rule {
    let words = text.split(separator: ":").map(String.init)
    guard let name = words.first, let fault = Fault(rawValue: name) else {
      throw SyntaxError(description: "\"\(text)\" is no fault; `serve --list-faults` lists them")
    }
    var rule = Rule(fault, duration: fault.defaultDuration)
    for word in words.dropFirst() {
      if word.hasSuffix("%"), let percent = Double(word.dropLast()), (0...100).contains(percent) {
        rule.probability = percent / 100
      } else if rule.duration != nil, let duration = duration(word) {
        rule.duration = duration
      } else {
        let kind = rule.duration == nil ? "10%" : "10% or 200ms"
        throw SyntaxError(description: "\"\(word)\" in \"\(text)\" means nothing; try \(kind)")
      }
    }
    return rule
  }

  /// Reads `200ms`, `1.5s`.
  private static func duration(_ text: String) -> Duration? {
    let (digits, unit) =
      text.hasSuffix("ms") ? (text.dropLast(2), 0.001) : (text.dropLast(1), 1.0)
    guard text.hasSuffix("s"), let number = Double(digits), (0...86_400).contains(number) else {
      return nil
    }
    return .seconds(number * unit)
  }
}
