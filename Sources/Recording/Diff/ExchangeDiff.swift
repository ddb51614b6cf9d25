import JSONRPC
public import LosslessJSON
public import Session
import Wire

/// What is different between two exchanges: how they ended, what came, what was found, how long it took.
public struct ExchangeDiff: Sendable {
  /// How exchanges are compared.
  public struct Options: Sendable {
    /// How results, errors and params are compared.
    public var json: JSONDiff.Options
    /// How much slower counts as a difference: by that factor …
    public var latencyFactor: Double
    /// … and by that much.
    public var latencyFloor: Duration
    /// Whether latency counts at all.
    public var comparesLatency: Bool
    /// Whether findings count.
    public var comparesFindings: Bool

    /// Values and findings count; latency does not unless told so.
    public init(
      json: JSONDiff.Options = JSONDiff.Options(), latencyFactor: Double = 2,
      latencyFloor: Duration = .milliseconds(50), comparesLatency: Bool = false,
      comparesFindings: Bool = true
    ) {
      self.json = json
      self.latencyFactor = latencyFactor
      self.latencyFloor = latencyFloor
      self.comparesLatency = comparesLatency
      self.comparesFindings = comparesFindings
    }
  }

  /// The parts of a reply that are compared apart.
  public enum Part: String, Sendable, CaseIterable {
    case result, error, message, params
  }

  /// A value that is in one exchange only, or is different.
  public struct PartDiff: Sendable {
    /// Which part.
    public var part: Part
    /// The place of the reply in a batch, or of the message among several; nil if there is but one.
    public var place: Int?
    /// The value in the old exchange.
    public var old: JSON?
    /// The value in the new one.
    public var new: JSON?
    /// What is different, if both have it.
    public var diff: JSONDiff?

    /// Whether the data are the same.
    public var isSame: Bool {
      if let diff { return diff.isSame }
      return old == nil && new == nil
    }
  }

  /// How each came out, if that is different.
  public let status: (old: ExchangeStatus, new: ExchangeStatus)?
  /// The HTTP status of each, if that is different.
  public let http: (old: Int?, new: Int?)?
  /// The bytes of what came, if one of them is no JSON and they are different.
  public let bodies: (old: [UInt8], new: [UInt8])?
  /// Values that are different in some way, respelled ones included.
  public let parts: [PartDiff]
  /// Rules found in the new one only.
  public let addedFindings: [String]
  /// Rules found in the old one only.
  public let removedFindings: [String]
  /// How long each took.
  public let latency: (old: Duration?, new: Duration?)
  /// Whether that is a difference by the options.
  public let isLatencyDifferent: Bool

  /// Whether nothing that counts is different.
  public var isSame: Bool {
    status == nil && http == nil && bodies == nil && parts.allSatisfy(\.isSame)
      && addedFindings.isEmpty && removedFindings.isEmpty && !isLatencyDifferent
  }

  /// Compares two exchanges.
  public init(from old: Exchange, to new: Exchange, options: Options = Options()) {
    let (before, after) = (ExchangeStatus(old), ExchangeStatus(new))
    // Given up by whoever waited or by the clock: nothing came either way.
    let isSilent = [before, after].allSatisfy { [.timeout, .cancelled].contains($0) }
    status = before == after || isSilent ? nil : (before, after)
    let (one, two) = (old.head?.status, new.head?.status)
    // A stream against a URL is no difference of status.
    http = one == two || one == nil || two == nil ? nil : (one, two)
    bodies = Self.bodies(old, new)
    parts = Self.parts(old, new, options.json)
    if options.comparesFindings {
      let (one, two) = Self.rules(old, new)
      addedFindings = Self.surplus(two, over: one)
      removedFindings = Self.surplus(one, over: two)
    } else {
      (addedFindings, removedFindings) = ([], [])
    }
    latency = (old.duration, new.duration)
    isLatencyDifferent = options.comparesLatency && Self.differs(latency, options)
  }

  private static func differs(
    _ latency: (old: Duration?, new: Duration?), _ options: Options
  ) -> Bool {
    guard let old = latency.old, let new = latency.new else { return false }
    return new - old > options.latencyFloor
      && new.inSeconds > old.inSeconds * options.latencyFactor
  }

  /// The rules found; what is about the transport only where both had the same kind.
  private static func rules(_ old: Exchange, _ new: Exchange) -> (old: [String], new: [String]) {
    let isSameTransport = (old.head == nil) == (new.head == nil)
    func rules(_ exchange: Exchange) -> [String] {
      exchange.findings.map(\.rule).filter { rule in
        isSameTransport || !rule.hasPrefix("http.") && !rule.hasPrefix("frame.")
      }
    }
    return (rules(old), rules(new))
  }

  private static func surplus(_ one: [String], over other: [String]) -> [String] {
    var left = other
    return one.filter { rule in
      guard let place = left.firstIndex(of: rule) else { return true }
      left.remove(at: place)
      return false
    }
  }

  private static func bodies(_ old: Exchange, _ new: Exchange) -> (old: [UInt8], new: [UInt8])? {
    guard let one = old.reply, let two = new.reply, one.json == nil || two.json == nil,
      one.frame.bytes != two.frame.bytes
    else { return nil }
    let bodies = (
      old: MaskedText.levelled(withoutID(one, old)), new: MaskedText.levelled(withoutID(two, new))
    )
    return bodies.old == bodies.new ? nil : bodies
  }

  /// The bytes of a broken reply without the id that was asked for, where its place is certain.
  private static func withoutID(_ message: ReceivedMessage, _ exchange: Exchange) -> [UInt8] {
    let bytes = message.frame.bytes
    guard exchange.ids.count == 1, let range = ReplyID.range(of: exchange.ids[0], in: bytes) else {
      return bytes
    }
    return TextEdit.apply([TextEdit(range, "ID".utf8)], to: bytes)
  }

  // MARK: - Parts

  private struct Value {
    let part: Part
    let place: Int?
    let json: JSON

    init(part: Part, place: Int?, json: JSON) {
      (self.part, self.place) = (part, place)
      self.json = MaskedText.levelled(json)
    }
  }

  private static func parts(
    _ old: Exchange, _ new: Exchange, _ options: JSONDiff.Options
  ) -> [PartDiff] {
    let rooted = Dictionary(
      uniqueKeysWithValues: Part.allCases.map { ($0, options.rooted(at: $0.rawValue)) })
    let before = values(old)
    var after = values(new)
    var parts: [PartDiff] = []
    for value in before {
      let place = after.firstIndex { $0.part == value.part && $0.place == value.place }
      let partner = place.map { after.remove(at: $0) }
      var part = PartDiff(part: value.part, place: value.place, old: value.json, new: partner?.json)
      if let partner {
        let diff = JSONDiff(
          from: value.json, to: partner.json, options: rooted[value.part] ?? options)
        if diff.changes.isEmpty { continue }
        part.diff = diff
      }
      parts.append(part)
    }
    return parts
      + after.map { PartDiff(part: $0.part, place: $0.place, old: nil, new: $0.json) }
  }

  /// What an exchange brought, ids left out: replies of a batch in the order of their requests.
  private static func values(_ exchange: Exchange) -> [Value] {
    if exchange.kind.isIncoming {
      return exchange.messages.enumerated().compactMap { place, received in
        guard let json = received.json else { return nil }
        return Value(
          part: json["method"] == nil ? .message : .params,
          place: exchange.messages.count > 1 ? place : nil, json: json["params"] ?? json)
      }
    }
    if exchange.kind == .batch {
      return BatchPairing(exchange).rows.enumerated().compactMap { place, row in
        row.response.map { value($0, place: row.requestPlace ?? place) }
      }
    }
    if let response = exchange.response { return [value(response, place: nil)] }
    return exchange.reply?.json.map { [Value(part: .message, place: nil, json: $0)] } ?? []
  }

  private static func value(_ response: Response, place: Int?) -> Value {
    switch response.outcome {
    case .result(let json): Value(part: .result, place: place, json: json)
    case .error(let error): Value(part: .error, place: place, json: error.json)
    }
  }
}
