public import JSONRPC
public import LosslessJSON
import Session

/// Which recorded requests are sent again, in which order, and what has to be changed in each: ids,
/// secrets that were masked, and values that earlier replies bring.
///
/// A plan is a value without I/O: `text(of:…)` makes the bytes of a step once the earlier results are
/// there.
public struct ReplayPlan: Sendable {
  /// How a session is sent again.
  public struct Options: Sendable {
    /// Whether requests get ids of their own, or keep those recorded.
    public var renewsIDs: Bool
    /// Whether values that requests take from earlier results are recognised.
    public var recognisesCarried: Bool
    /// Values that are carried, named by the user; they win over recognised ones.
    public var carried: [CarriedValue]
    /// Methods that are left out, since the dialect's opening and closing send them.
    public var leftOut: Set<String>

    /// New ids, carried values recognised.
    public init(
      renewsIDs: Bool = true, recognisesCarried: Bool = true, carried: [CarriedValue] = [],
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
      return []
    }
  }

  /// A request to send.
  public struct Step: Sendable {
    /// The recorded exchange.
    public let recorded: RecordedExchange
    /// How long after the first step it was sent.
    public let offset: Duration
    /// The values that it takes from earlier results.
    public let carried: [CarriedValue]

    /// The recorded exchange's number.
    public var number: Int { recorded.exchange.number }
  }

  /// A secret that was masked and has to be given.
  public struct MissingSecret: Sendable, Equatable {
    /// The mask that stands for it.
    public var mask: String
    /// What it is called where it stands first.
    public var name: String
    /// The numbers of the exchanges that need it.
    public var numbers: [Int]
  }

  /// The requests, in order.
  public let steps: [Step]
  /// Exchanges that are not sent, each with the reason in words.
  public let leftOut: [(number: Int, reason: String)]
  /// The secrets that have to be given.
  public let secrets: [MissingSecret]
  private let options: Options

  /// Plans to send the exchanges of one session again.
  public init(_ exchanges: [RecordedExchange], options: Options = Options()) {
    self.options = options
    var sent: [RecordedExchange] = []
    var leftOut: [(number: Int, reason: String)] = []
    for recorded in exchanges {
      if let reason = Self.reason(recorded.exchange, options) {
        leftOut.append((recorded.exchange.number, reason))
      } else {
        sent.append(recorded)
      }
    }
    let found = options.recognisesCarried ? CarriedValue.recognised(in: sent.map(\.exchange)) : []
    let start = sent.first?.exchange.startedAt ?? 0
    steps = sent.map { recorded in
      let number = recorded.exchange.number
      let named = options.carried.filter { $0.toNumber == number }
      let others = found.filter { carried in
        carried.toNumber == number && !named.contains { $0.toPath == carried.toPath }
      }
      return Step(
        recorded: recorded,
        offset: .from(seconds: max(0, recorded.exchange.startedAt - start)),
        carried: named + others)
    }
    self.leftOut = leftOut
    secrets = Self.secrets(sent)
  }

  private static func reason(_ exchange: Exchange, _ options: Options) -> String? {
    if exchange.kind.isIncoming { return "the server began it" }
    if exchange.purpose == .discovery { return "a probe" }
    if exchange.request.isEmpty { return "nothing was sent" }
    if let method = exchange.method, options.leftOut.contains(method) {
      return "the handshake sends it"
    }
    return nil
  }

  private static func secrets(_ exchanges: [RecordedExchange]) -> [MissingSecret] {
    var secrets: [MissingSecret] = []
    for recorded in exchanges {
      for masked in recorded.masked where masked.part == "request" {
        let request = recorded.exchange.request
        guard masked.range.upperBound <= request.count else { continue }
        let mask = String(decoding: request[masked.range], as: UTF8.self)
        let number = recorded.exchange.number
        if let place = secrets.firstIndex(where: { $0.mask == mask }) {
          if secrets[place].numbers.last != number { secrets[place].numbers.append(number) }
        } else {
          secrets.append(MissingSecret(mask: mask, name: masked.name, numbers: [number]))
        }
      }
    }
    return secrets
  }

  // MARK: - Texts

  /// What a step's text became.
  public struct Text: Sendable {
    /// The bytes to send.
    public var bytes: [UInt8]
    /// Carried values whose source is not there: the recorded ones were kept.
    public var notCarried: [CarriedValue]
  }

  /// The bytes of a step: the recorded ones but for what has to change.
  ///
  /// `results` are the new results by the recorded numbers of their exchanges, `secrets` the values by
  /// mask or by name, `nextID` gives ids that are free.
  public func text(
    of step: Step, results: [Int: JSON], secrets: [String: String],
    nextID: () -> RequestID
  ) -> Text {
    var edits: [(range: Range<Int>, bytes: [UInt8])] = []
    var notCarried: [CarriedValue] = []
    let request = step.recorded.exchange.request
    if let json = try? JSON(reading: request) {
      if options.renewsIDs {
        for id in Self.ids(json) { edits.append((id.range, Array(nextID().json.bytes))) }
      }
      for carried in step.carried {
        let target = json["params"].flatMap { try? carried.toPath.select(in: $0) }
        let source = results[carried.fromNumber].flatMap { try? carried.fromPath.select(in: $0) }
        if let target, let source {
          edits.append((target.range, Array(source.onOneLineIfNeeded.bytes)))
        } else {
          notCarried.append(carried)
        }
      }
    }
    for masked in step.recorded.masked where masked.part == "request" {
      guard masked.range.upperBound <= request.count else { continue }
      let mask = String(decoding: request[masked.range], as: UTF8.self)
      guard let value = secrets[mask] ?? secrets[masked.name] else { continue }
      let isCarried = edits.contains { $0.range.overlaps(masked.range) }
      // As it is spelt between quotes.
      if !isCarried {
        edits.append((masked.range, Array(JSON(value).bytes.dropFirst().dropLast())))
      }
    }
    return Text(bytes: Self.apply(edits, to: request), notCarried: notCarried)
  }

  private static func ids(_ json: JSON) -> [JSON] {
    switch JSONRPC.Message(json) {
    case .request: [json["id"]].compactMap { $0 }
    case .batch: json.elements.flatMap { $0.kind == .object ? ids($0) : [] }
    default: []
    }
  }

  private static func apply(
    _ edits: [(range: Range<Int>, bytes: [UInt8])], to text: [UInt8]
  ) -> [UInt8] {
    var new: [UInt8] = []
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
