/// A way in which a server's reply can be wrong.
///
/// Each has a name: those of mistakes that are met in the wild, and a few that take any text or
/// number (`value:TEXT`, `status:N`). `all` lists them; `serve --list-faults` prints that.
public struct Fault: Sendable {
  /// What a fault is about.
  public enum Group: String, Sendable, CaseIterable {
    /// When the reply comes, and whether.
    case time = "Time and connection"
    /// How messages are told apart.
    case frame = "The frame around the text"
    /// The head of an HTTP reply, and how its body is sent.
    case http = "HTTP"
    /// The text as a whole.
    case text = "The text as a whole"
    /// The grammar of JSON.
    case grammar = "The grammar"
    /// The members of a reply.
    case members = "The members of a reply"
  }

  /// What is said of it where it is wanted: `delay:2s`, `status:404`, `value:TEXT`.
  public enum Parameter: Sendable, Hashable {
    /// Nothing.
    case none
    /// How long it takes, unless said.
    case duration(Duration)
    /// How many, unless said, and what is allowed.
    case number(Int, ClosedRange<Int>)
    /// A text, with an example.
    case text(example: String)
  }

  /// What it changes.
  enum Change: Sendable {
    /// This stands in the place of the result, JSON or not.
    case value(String)
    /// This stands in the place of the member that holds the result or error.
    case outcome(String)
    /// This stands in the place of the reply; `$reply`, `$id` and the like are its parts.
    case text(String)
    /// The text of one reply.
    case reply(@Sendable (ReplyParts, FaultArgument) -> [UInt8])
    /// How it is sent.
    case delivery(@Sendable (inout Delivery, FaultArgument) -> Void)
  }

  /// What it is called.
  public let name: String
  /// What is wrong with the reply, in a few words.
  public let summary: String
  /// What it is about.
  public let group: Group
  /// What may be said of it.
  public let parameter: Parameter
  let change: Change

  init(
    _ name: String, _ summary: String, _ group: Group, takes parameter: Parameter = .none,
    _ change: Change
  ) {
    (self.name, self.summary, self.group) = (name, summary, group)
    (self.parameter, self.change) = (parameter, change)
  }

  /// The fault of that name; nil if there is none.
  public init?(named name: String) {
    guard let known = Self.byName[name] else { return nil }
    self = known
  }

  /// Whether it changes the text of one reply, rather than what is sent as a whole.
  var isOfText: Bool { if case .delivery = change { false } else { true } }
}

extension Fault: Hashable {
  /// Whether both are the same mistake.
  public static func == (one: Fault, other: Fault) -> Bool { one.name == other.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Fault: ExpressibleByStringLiteral {
  /// A fault written in source, which is right or a mistake.
  public init(stringLiteral value: String) {
    guard let fault = Fault(named: value) else { preconditionFailure("\(value) is no fault") }
    self = fault
  }
}

extension Fault: CaseIterable {
  /// All faults, by group.
  public static let allCases = timely + framing + http + texts + grammar + members

  static let byName = Dictionary(allCases.map { ($0.name, $0) }) { first, _ in first }
}
