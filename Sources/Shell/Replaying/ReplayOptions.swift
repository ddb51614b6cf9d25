import Recording
import Terminal

/// How a recording is sent again: the same options for `rpcscope replay` and `.replay`.
public struct ReplayOptions: Sendable {
  /// What makes a difference, and how it is shown.
  public var comparison = ComparisonOptions()
  /// Whether requests keep their recorded ids.
  public var keepsIDs = false
  /// Whether requests are sent no sooner than they were.
  public var isPaced = false
  /// How many may be under way at once; nil for as it was.
  public var concurrency: Int?
  /// Whether the first difference ends it.
  public var stops = false
  /// Paths in replies whose values later requests take; `none` has none recognised.
  public var carried: [String] = []
  /// Secrets as `NAME=VALUE` or `NAME=@FILE`.
  public var secrets: [String] = []
  /// Whether masks are sent as they are.
  public var keepsMasks = false
  /// Whether the new replies are put into the recording.
  public var updates = false

  /// As fast as it goes, in the order of then, with new ids.
  public init() {}

  /// The options of `.replay` that are not those of every comparison.
  static let list: [Command.Option] = [
    .init(name: "--keep-ids", value: "", summary: "send the recorded ids"),
    .init(name: "--pace", value: "recorded|none", summary: "send no sooner than then"),
    .init(name: "--concurrency", value: "N", summary: "N at once instead of as it was"),
    .init(name: "--stop", value: "", summary: "end at the first difference"),
    .init(
      name: "--carry", value: "PATH|none", summary: "later requests take the value there"),
    .init(name: "--secret", value: "NAME=@FILE", summary: "what was masked under that name"),
    .init(name: "--keep-masks", value: "", summary: "send masks as they are"),
    .init(name: "--update", value: "", summary: "accept the new replies"),
  ]

  /// Takes the options off the beginning of the words of a command.
  mutating func take(_ words: inout ArraySlice<String>) throws(Complaint) {
    while let name = words.first, name.hasPrefix("-") {
      if try comparison.take(&words) { continue }
      words.removeFirst()
      switch name {
      case "--keep-ids": keepsIDs = true
      case "--stop": stops = true
      case "--keep-masks": keepsMasks = true
      case "--update": updates = true
      case "--pace", "--concurrency", "--carry", "--secret":
        guard let value = words.popFirst() else {
          throw Complaint("a value must follow \(name)")
        }
        try set(name, value)
      default:
        throw Complaint("there is no option \(name)", hint: "`.help replay` lists them")
      }
    }
  }

  private mutating func set(_ name: String, _ value: String) throws(Complaint) {
    switch name {
    case "--pace": isPaced = try Self.pace(value)
    case "--concurrency": concurrency = try Self.concurrency(value)
    case "--carry": carried.append(value)
    default: secrets.append(value)
    }
  }

  /// `recorded` or `none`.
  public static func pace(_ word: String) throws(Complaint) -> Bool {
    switch word {
    case "recorded": return true
    case "none": return false
    default: throw Complaint("\(word) is no pace", hint: "recorded or none")
    }
  }

  /// A number from 1 to 1000.
  public static func concurrency(_ word: String) throws(Complaint) -> Int {
    guard let number = Int(word), (1...1000).contains(number) else {
      throw Complaint("\(word) is no number of requests at once", hint: "1 to 1000")
    }
    return number
  }

  // MARK: - Reading

  func plan(dialect: String) throws(Complaint) -> ReplayPlan.Options {
    var options = ReplayPlan.Options(
      renewsIDs: !keepsIDs, leftOut: ReplayPlan.Options.handshake(of: dialect))
    for word in carried {
      if word == "none" {
        options.recognisesCarried = false
      } else {
        options.carried.append(
          try Complaint.wrapping { () throws(RecordingError) in try PathPattern(word) })
      }
    }
    return options
  }

  /// The secrets by name, files read.
  func givenSecrets() throws(Complaint) -> [String: String] {
    var values: [String: String] = [:]
    for word in secrets {
      guard let sign = word.endOfName else {
        throw Complaint("'\(word)' is no secret", hint: "--secret NAME=@FILE, or NAME=VALUE")
      }
      let name = String(word[..<sign])
      let value = String(word[word.index(after: sign)...])
      values[name] = value.hasPrefix("@") ? try Self.contents(String(value.dropFirst())) : value
    }
    return values
  }

  /// A file's text without the newline at its end.
  private static func contents(_ path: String) throws(Complaint) -> String {
    do throws(FileText.Fault) {
      var bytes = try path == "-" ? FileText.read(descriptor: 0, name: "-") : FileText.read(path)
      while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw Complaint(error.message)
    }
  }
}

extension String {
  /// The `=` that ends a name: the first, of which there must be something before.
  fileprivate var endOfName: String.Index? {
    firstIndex(of: "=").flatMap { $0 > startIndex ? $0 : nil }
  }
}
