import LosslessJSON
import Session
public import Wire

/// The secrets that a recording has masks for, and that have to be there before it is sent again.
public struct ReplaySecrets: Sendable {
  /// A secret that was masked.
  public struct Need: Sendable, Equatable {
    /// The mask that stands for it: `<masked 3f9a2c 16-31>`.
    public var mask: String
    /// What it is called where it stands first.
    public var name: String
    /// Whether it stands in header fields only.
    public var isHeader: Bool
    /// The numbers of the exchanges that need it.
    public var numbers: [Int]

    /// The part of the mask that is its own: `3f9a2c`.
    public var tag: String { SecretMask.tag(of: mask) ?? mask }
  }

  /// What the connection gives by itself.
  public struct Given: Sendable {
    /// The names of header fields that its options set.
    public var headers: Set<String>
    /// Whether it proves a user by its options.
    public var hasCredentials: Bool
    /// Whether header fields are sent at all.
    public var isHTTP: Bool
    /// The dialect, whose own header fields need nobody.
    public var dialect: String

    /// What a connection gives.
    public init(headers: [String], hasCredentials: Bool, isHTTP: Bool, dialect: String) {
      self.headers = Set(headers.map { $0.lowercased() })
      self.hasCredentials = hasCredentials
      self.isHTTP = isHTTP
      self.dialect = dialect
    }

    /// Whether a recorded field need not be sent again, since transport, dialect or options do.
    func covers(_ field: HeaderField) -> Bool {
      let name = field.name.lowercased()
      if headers.contains(name) || name.hasPrefix(":") || Self.transport.contains(name) {
        return true
      }
      if name == "authorization" { return hasCredentials }
      if dialect.hasPrefix("mcp") { return name == "accept" || name.hasPrefix("mcp-") }
      return false
    }

    private static let transport: Set<String> = [
      "host", "content-length", "connection", "user-agent", "accept-encoding",
      "transfer-encoding", "expect", "te", "upgrade", "http2-settings", "proxy-connection",
      "proxy-authorization",
    ]
  }

  /// The secrets that are needed, in order of appearance.
  public let needs: [Need]
  private let given: Given

  /// What the steps of a plan need.
  public init(_ plan: ReplayPlan, given: Given) {
    self.given = given
    var needs: [Need] = []
    func need(_ mask: String, _ masked: MaskedRange, _ step: ReplayPlan.Step) {
      let isHeader = masked.part != "request"
      if let place = needs.firstIndex(where: { $0.mask == mask }) {
        if needs[place].numbers.last != step.number { needs[place].numbers.append(step.number) }
        if !isHeader { needs[place].isHeader = false }
        // `value` is what it is called where only its text gave it away.
        if needs[place].name == "value" { needs[place].name = masked.name }
      } else {
        needs.append(
          Need(mask: mask, name: masked.name, isHeader: isHeader, numbers: [step.number]))
      }
    }
    for step in plan.steps {
      let request = step.recorded.exchange.request
      let carried = Self.carriedRanges(step)
      for masked in step.recorded.masked where masked.part == "request" {
        guard masked.range.upperBound <= request.count else { continue }
        if carried.contains(where: { $0.overlaps(masked.range) }) { continue }
        need(String(decoding: request[masked.range], as: UTF8.self), masked, step)
      }
      for (field, masked) in Self.sentFields(step.recorded) where given.isHTTP {
        guard let masked, !given.covers(field) else { continue }
        need(Self.text(field.value, masked.range), masked, step)
      }
    }
    self.needs = needs
  }

  /// What in a request comes from earlier replies, masked or not.
  private static func carriedRanges(_ step: ReplayPlan.Step) -> [Range<Int>] {
    guard !step.carried.isEmpty, let json = ReplayDocument.request(step.recorded.exchange) else {
      return []
    }
    return step.carried.compactMap { (try? $0.toPath.select(in: json))?.range }
  }

  /// The values by their masks, of those given by name, by mask or by the mask's own part; and the
  /// secrets that are still missing.
  public func resolved(
    by values: [String: String]
  ) -> (values: [String: String], missing: [Need]) {
    var found: [String: String] = [:]
    var missing: [Need] = []
    for need in needs {
      let names = [need.mask, need.tag, need.name]
      let named = names.compactMap { values[$0] }.first
      let value =
        named ?? values.first { $0.key.lowercased() == need.name.lowercased() }?.value
      if let value { found[need.mask] = value } else { missing.append(need) }
    }
    return (found, missing)
  }

  /// The header fields of a step's own, that neither transport nor dialect nor options bring, with
  /// the secrets put back. One whose secret is not known is left out.
  public func headers(of step: ReplayPlan.Step, secrets: [String: String]) -> [HeaderField] {
    guard given.isHTTP else { return [] }
    return Self.sentFields(step.recorded).compactMap { field, masked in
      if given.covers(field) { return nil }
      guard let masked else { return field }
      let mask = Self.text(field.value, masked.range)
      guard let value = secrets[mask] else { return nil }
      let bytes = Array(field.value.utf8)
      let new = TextEdit.apply([TextEdit(masked.range, value.utf8)], to: bytes)
      return HeaderField(field.name, String(decoding: new, as: UTF8.self))
    }
  }

  private static func sentFields(
    _ recorded: RecordedExchange
  ) -> [(HeaderField, MaskedRange?)] {
    guard let head = recorded.exchange.wire.flatMap(SentHead.init) else { return [] }
    return head.headers.enumerated().map { place, field in
      let masked = recorded.masked.first { $0.part == "sent[\(place)]" }
      guard let masked, masked.range.upperBound <= field.value.utf8.count else {
        return (field, nil)
      }
      return (field, masked)
    }
  }

  private static func text(_ value: String, _ range: Range<Int>) -> String {
    String(decoding: Array(value.utf8)[range], as: UTF8.self)
  }
}
