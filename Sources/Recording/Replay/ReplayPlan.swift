public import JSONRPC
public import LosslessJSON
import Session

/// Which recorded requests are sent again, in which order, and what has to be changed in each: ids,
/// secrets that were masked, and values that earlier replies bring.
///
/// A plan is a value without I/O: `text(of:…)` makes the bytes of a step once the earlier replies are
/// there.
public struct ReplayPlan: Sendable {
  /// How a session is sent again.
  public struct Options: Sendable {
    /// Whether requests get ids of their own, or keep those recorded.
    public var renewsIDs: Bool
    /// Whether values that requests take from earlier replies are recognised.
    public var recognisesCarried: Bool
    /// Paths in replies, such as `$.result.gid`, whose values are carried wherever they are sent.
    public var carried: [PathPattern]
    /// Methods that are left out, since the dialect's opening and closing send them.
    public var leftOut: Set<String>

    /// New ids, carried values recognised.
    public init(
      renewsIDs: Bool = true, recognisesCarried: Bool = true, carried: [PathPattern] = [],
      leftOut: Set<String> = []
    ) {
      self.renewsIDs = renewsIDs
      self.recognisesCarried = recognisesCarried
      self.carried = carried
      self.leftOut = leftOut
    }

    /// The methods of a dialect's handshake, by the dialect's recorded name.
    public static func handshake(of dialect: String) -> Set<String> {
      if dialect.hasPrefix("mcp") { return ["initialize", "notifications/initialized"] }
      if dialect.hasPrefix("lsp") { return ["initialize", "initialized", "shutdown", "exit"] }
      if dialect.hasPrefix("bsp") {
        return ["build/initialize", "build/initialized", "build/shutdown", "build/exit"]
      }
      return []
    }
  }

  /// A request to send.
  public struct Step: Sendable {
    /// Its place among the steps.
    public let place: Int
    /// The recorded exchange.
    public let recorded: RecordedExchange
    /// How long after the first step it was sent.
    public let offset: Duration
    /// How long after the first step its exchange was over.
    public let end: Duration
    /// The values that it takes from earlier replies.
    public let carried: [CarriedValue]

    /// The recorded exchange's number.
    public var number: Int { recorded.exchange.number }
  }

  /// The requests, in the order in which they were sent.
  public let steps: [Step]
  /// Exchanges that are not sent, each with the reason in words.
  public let leftOut: [(number: Int, reason: String)]
  /// The steps whose replies are needed later.
  public let sources: Set<Int>
  private let options: Options

  /// Plans to send the exchanges of a session, or of several one after the other, again.
  public init(_ exchanges: [RecordedExchange], options: Options = Options()) {
    self.options = options
    var sent: [RecordedExchange] = []
    var leftOut: [(number: Int, reason: String)] = []
    for recorded in Self.inOrder(exchanges) {
      if let reason = Self.reason(recorded.exchange, options) {
        leftOut.append((recorded.exchange.number, reason))
      } else {
        sent.append(recorded)
      }
    }
    var search = CarriedSearch(recognises: options.recognisesCarried, named: options.carried)
    let start = sent.first?.exchange.startedAt ?? 0
    steps = sent.enumerated().map { place, recorded in
      let exchange = recorded.exchange
      let offset = Duration.from(seconds: max(0, exchange.startedAt - start))
      return Step(
        place: place, recorded: recorded, offset: offset,
        end: offset + (exchange.duration ?? .zero), carried: search.take(exchange, step: place))
    }
    self.leftOut = leftOut
    sources = Set(steps.flatMap(\.carried).map(\.from))
  }

  /// A recording has exchanges as they ended; they are sent as they began.
  private static func inOrder(_ exchanges: [RecordedExchange]) -> [RecordedExchange] {
    guard exchanges.allSatisfy({ $0.exchange.startedAt > 0 }) else { return exchanges }
    return exchanges.enumerated().sorted { one, two in
      let (a, b) = (one.element.exchange, two.element.exchange)
      return (a.startedAt, a.number, one.offset) < (b.startedAt, b.number, two.offset)
    }.map(\.element)
  }

  private static func reason(_ exchange: Exchange, _ options: Options) -> String? {
    if exchange.kind.isIncoming { return "the server began it" }
    switch exchange.purpose {
    case .discovery: return "a probe"
    case .handshake: return "the handshake is done anew"
    case .ordinary: break
    }
    if exchange.request.isEmpty { return "nothing was sent" }
    if let method = exchange.method, options.leftOut.contains(method) {
      return "the handshake is done anew"
    }
    return nil
  }

  // MARK: - Texts

  /// What a step's text became.
  public struct Text: Sendable {
    /// The bytes to send.
    public var bytes: [UInt8]
    /// The ids that were renewed, by the recorded ones.
    public var ids: [(old: RequestID, new: RequestID)] = []
    /// Carried values with what was put in.
    public var carried: [(value: CarriedValue, new: JSON)] = []
    /// Carried values whose source is not there: the recorded ones were kept.
    public var notCarried: [CarriedValue] = []
  }

  /// What later steps need to know of those before.
  public struct Context: Sendable {
    /// The new replies, by the places of their steps.
    public var replies: [Int: JSON] = [:]
    /// The secrets, by their masks or by their names.
    public var secrets: [String: String] = [:]
    /// The ids that earlier steps got, by the recorded ones.
    public var ids: [RequestID: RequestID] = [:]

    /// Nothing is known yet but the secrets.
    public init(
      replies: [Int: JSON] = [:], secrets: [String: String] = [:],
      ids: [RequestID: RequestID] = [:]
    ) {
      self.replies = replies
      self.secrets = secrets
      self.ids = ids
    }
  }

  /// The bytes of a step: the recorded ones but for what has to change. `nextID` gives ids that are
  /// free.
  public func text(of step: Step, in context: Context, nextID: () -> RequestID) -> Text {
    let request = step.recorded.exchange.request
    var text = Text(bytes: request)
    var edits: [TextEdit] = []
    if let json = try? JSON(reading: request) {
      if options.renewsIDs {
        for id in Self.ids(json) {
          let new = nextID()
          text.ids.append((RequestID(id), new))
          edits.append(TextEdit(id.range, new.json.bytes))
        }
        if let place = Self.cancelled(json), let new = context.ids[RequestID(place)] {
          edits.append(TextEdit(place.range, new.json.bytes))
        }
      }
      for carried in step.carried {
        let target = try? carried.toPath.select(in: json)
        let source = context.replies[carried.from].flatMap { try? carried.fromPath.select(in: $0) }
        if let target, let source {
          edits.append(TextEdit(target.range, source.onOneLineIfNeeded.bytes))
          text.carried.append((carried, source.detached()))
        } else {
          text.notCarried.append(carried)
        }
      }
    }
    for masked in step.recorded.masked where masked.part == "request" {
      guard masked.range.upperBound <= request.count else { continue }
      let mask = String(decoding: request[masked.range], as: UTF8.self)
      guard let value = context.secrets[mask] ?? context.secrets[masked.name] else { continue }
      // As it is spelt between quotes.
      if !edits.contains(where: { $0.range.overlaps(masked.range) }) {
        edits.append(TextEdit(masked.range, JSON(value).bytes.dropFirst().dropLast()))
      }
    }
    text.bytes = TextEdit.apply(edits, to: request)
    return text
  }

  private static func ids(_ json: JSON) -> [JSON] {
    switch JSONRPC.Message(json) {
    case .request: [json["id"]].compactMap { $0 }
    case .batch: json.elements.flatMap { $0.kind == .object ? ids($0) : [] }
    default: []
    }
  }

  /// The id of an earlier request that this one takes back.
  private static func cancelled(_ json: JSON) -> JSON? {
    guard json.kind == .object, let method = json["method"]?.string else { return nil }
    switch method {
    case "$/cancelRequest", "rpc.cancel": return json["params"]?["id"]
    case "notifications/cancelled": return json["params"]?["requestId"]
    default: return nil
    }
  }
}

/// Bytes put in the place of others.
struct TextEdit {
  var range: Range<Int>
  var bytes: [UInt8]

  init(_ range: Range<Int>, _ bytes: some Sequence<UInt8>) {
    self.range = range
    self.bytes = Array(bytes)
  }

  /// The text with all edits made; of two that overlap the first in the text counts.
  static func apply(_ edits: [TextEdit], to text: [UInt8]) -> [UInt8] {
    if edits.isEmpty { return text }
    var new: [UInt8] = []
    new.reserveCapacity(text.count + 64)
    var copied = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where edit.range.lowerBound >= copied {
      new += text[copied..<edit.range.lowerBound]
      new += edit.bytes
      copied = edit.range.upperBound
    }
    return new + text[copied...]
  }
}
