import Recording
import Terminal

/// What makes a difference between two sessions and how differences are shown: the same options for
/// `diff` and `replay`, on the command line and in the shell.
public struct ComparisonOptions: Sendable {
  /// Paths that make no difference.
  public var ignored: [String] = []
  /// Paths of values that tell which element of an array is which.
  public var keys: [String] = []
  /// Paths of arrays whose order makes no difference.
  public var sets: [String] = []
  /// Values that vary: `KIND`, `PATH` or `KIND:PATH`.
  public var varying: [String] = []
  /// By how much numbers may differ: `0.5` or `1%`.
  public var tolerance: String?
  /// How much slower makes a difference: `2x`; nil if time makes none.
  public var latency: String?
  /// Whether findings make no difference.
  public var ignoresFindings = false
  /// Old and new beside each other.
  public var isSideBySide = false
  /// One JSON object a line.
  public var isJSON = false
  /// A file for a report in JUnit's XML.
  public var junit: String?
  /// Whether exchanges without a difference are listed too.
  public var listsSame = true

  /// Everything makes a difference but ids and times.
  public init() {}

  /// The options that take a value, with the name of the value and what they do.
  static let valued: [Command.Option] = [
    .init(name: "--ignore", value: "PATH", summary: "values there make no difference"),
    .init(name: "--key", value: "PATH", summary: "elements with the same value there are the same"),
    .init(name: "--set", value: "PATH", summary: "the order in the array there means nothing"),
    .init(
      name: "--vary", value: "[KIND:]PATH|KIND",
      summary: "values there vary: time, uuid, hash, counter, any"),
    .init(name: "--tolerance", value: "N|N%", summary: "numbers may differ by that much"),
    .init(name: "--latency", value: "2x", summary: "so much slower is a difference"),
    .init(name: "--junit", value: "FILE", summary: "write a report in JUnit's XML"),
  ]

  /// The options that take none.
  static let flags: [Command.Option] = [
    .init(name: "--no-findings", value: "", summary: "findings make no difference"),
    .init(name: "--side-by-side", value: "", summary: "old and new beside each other"),
    .init(name: "--json", value: "", summary: "one JSON object a line"),
    .init(name: "--quiet", value: "", summary: "only what is different"),
  ]

  /// Takes an option off the beginning of the words of a command; false if none of these stands
  /// there.
  mutating func take(_ words: inout ArraySlice<String>) throws(Complaint) -> Bool {
    guard let name = words.first else { return false }
    switch name {
    case "--no-findings": ignoresFindings = true
    case "--side-by-side": isSideBySide = true
    case "--json": isJSON = true
    case "--quiet", "-q": listsSame = false
    default:
      guard Self.valued.contains(where: { $0.name == name }) else { return false }
      words.removeFirst()
      guard let value = words.first else { throw Complaint("a value must follow \(name)") }
      set(name, value)
    }
    words.removeFirst()
    return true
  }

  private mutating func set(_ name: String, _ value: String) {
    switch name {
    case "--ignore": ignored.append(value)
    case "--key": keys.append(value)
    case "--set": sets.append(value)
    case "--vary": varying.append(value)
    case "--tolerance": tolerance = value
    case "--latency": latency = value
    default: junit = value
    }
  }

  // MARK: - Reading

  /// The same, read.
  func comparison() throws(Complaint) -> ExchangeDiff.Options {
    var json = JSONDiff.Options(
      keys: try Self.patterns(keys), sets: try Self.patterns(sets),
      ignored: try Self.patterns(ignored))
    for word in varying { json.varying.append(try Self.varying(word)) }
    if let tolerance { json.tolerance = try Self.tolerance(tolerance) }
    var options = ExchangeDiff.Options(json: json, comparesFindings: !ignoresFindings)
    if let latency {
      options.latencyFactor = try Self.factor(latency)
      options.comparesLatency = true
    }
    return options
  }

  private static func patterns(_ texts: [String]) throws(Complaint) -> [PathPattern] {
    var patterns: [PathPattern] = []
    for text in texts { patterns.append(try pattern(text)) }
    return patterns
  }

  private static func pattern(_ text: String) throws(Complaint) -> PathPattern {
    try Complaint.wrapping { () throws(RecordingError) in try PathPattern(text) }
  }

  private static func varying(_ word: String) throws(Complaint) -> JSONDiff.Options.Varying {
    if let kind = VaryingValue(rawValue: word) { return .init(.everywhere, kind) }
    if let colon = word.firstIndex(of: ":"),
      let kind = VaryingValue(rawValue: String(word[..<colon]))
    {
      return .init(try pattern(String(word[word.index(after: colon)...])), kind)
    }
    return .init(try pattern(word), .any)
  }

  private static func tolerance(
    _ word: String
  ) throws(Complaint) -> JSONDiff.Options.Tolerance {
    let isRelative = word.hasSuffix("%")
    guard let number = Double(isRelative ? String(word.dropLast()) : word), number >= 0,
      number.isFinite
    else { throw Complaint("\(word) is no tolerance", hint: "a number such as 0.5, or 1%") }
    return isRelative ? .init(relative: number / 100) : .init(absolute: number)
  }

  private static func factor(_ word: String) throws(Complaint) -> Double {
    guard let factor = Double(word.hasSuffix("x") ? String(word.dropLast()) : word), factor >= 1,
      factor.isFinite
    else { throw Complaint("\(word) is no factor of time", hint: "such as 2x or 1.5x") }
    return factor
  }
}
