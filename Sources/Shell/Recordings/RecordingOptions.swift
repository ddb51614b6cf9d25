public import Recording

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether and where sessions are kept, and what is masked in them.
public struct RecordingOptions: Sendable {
  /// Where a session goes.
  public enum Place: Sendable {
    /// Into a new file of a folder, of which so many are kept.
    case folder(RecordingFolder, keeping: Int = 100)
    /// To the end of a file.
    case file(String)
  }

  /// Where sessions go; nil if they are not kept.
  public var place: Place?
  /// The program and its version, for the first line of a recording.
  public var program: String
  /// What is masked; the secrets of a connection are added to it.
  public var mask = MaskRules()
  /// How many sessions the folder keeps.
  public private(set) var keeping = 100

  /// Sessions are not kept unless there is a place for them.
  public init(_ place: Place? = nil, program: String = "rpcscope") {
    self.place = place
    self.program = program
  }

  /// What the environment says: `RPCSCOPE_RECORD` is `on`, `off` or a file, `RPCSCOPE_KEEP` how many
  /// sessions are kept, `RPCSCOPE_MASK` rules with blanks between them.
  ///
  /// With `isKept` sessions are kept in the user's folder unless it says otherwise.
  public init(
    environment: (String) -> String? = RecordingOptions.variable, isKept: Bool, program: String
  ) throws(Complaint) {
    self.program = program
    if let count = environment("RPCSCOPE_KEEP") {
      keeping = try Self.count(count, "RPCSCOPE_KEEP: ")
    }
    for rule in environment("RPCSCOPE_MASK")?.split(separator: " ") ?? [] {
      try addMask(String(rule))
    }
    if isKept { place = try place(environment("RPCSCOPE_RECORD") ?? "on", isRequired: false) }
  }

  /// A variable of the program's own environment.
  public static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The place that `on`, `off` or the name of a file means.
  func place(_ word: String, isRequired: Bool = true) throws(Complaint) -> Place? {
    switch word {
    case "off": return nil
    case "on":
      let folder = RecordingFolder.standard.map { Place.folder($0, keeping: keeping) }
      if folder == nil, isRequired {
        throw Complaint("there is no home in which sessions are kept", hint: "HOME is not set")
      }
      return folder
    default: return .file(word)
    }
  }

  /// Changes how many sessions the folder keeps.
  mutating func keep(_ word: String) throws(Complaint) {
    keeping = try Self.count(word)
    if case .folder(let folder, _)? = place { place = .folder(folder, keeping: keeping) }
  }

  /// Adds a rule as it is typed: `NAME`, `!NAME`, `$.a.path`, `/a regular expression/`.
  public mutating func addMask(_ rule: String) throws(Complaint) {
    do throws(RecordingError) { try mask.add(rule) } catch {
      var complaint = Complaint(error)
      complaint.hint = "a rule is NAME, !NAME (stays readable), $.a.path or /a regular expression/"
      throw complaint
    }
  }

  private static func count(_ word: String, _ place: String = "") throws(Complaint) -> Int {
    if let count = Int(word), count > 0 { return count }
    throw Complaint("\(place)\(word) is no number of sessions", hint: "1 or more")
  }
}
