import LosslessJSON
import Session

extension ExchangeFilter {
  /// Reads the words of a filter; `now` is what `since:10m` counts back from.
  public init(words: [String], now: Double) throws(RecordingError) {
    terms = []
    for word in words where !word.isEmpty { terms.append(try Self.term(word, now)) }
  }

  /// The names before the colon, for completion and messages.
  public static let keys = [
    "method", "status", "dir", "kind", "id", "finding", "code", "http", "slower", "faster",
    "larger", "since", "until", "n",
  ]

  private static func term(_ word: String, _ now: Double) throws(RecordingError) -> Term {
    let isNegated = word.first == "!" && word.count > 1
    let body = isNegated ? String(word.dropFirst()) : word
    guard let colon = body.firstIndex(of: ":") else {
      return Term(.text(body), isNegated: isNegated)
    }
    let key = String(body[..<colon])
    let value = String(body[body.index(after: colon)...])
    guard keys.contains(key) else {
      if let meant = near(key) {
        throw .badFilter(
          word: word,
          message: "there is no \(key): did you mean \(meant): (quote \"\(body)\" with "
            + "text:\(body) to look for it as text)")
      }
      return Term(.text(key == "text" ? value : body), isNegated: isNegated)
    }
    if key == "http", value.hasPrefix("//") { return Term(.text(body), isNegated: isNegated) }
    guard !value.isEmpty else { throw .badFilter(word: word, message: "\(key): needs a value") }
    return Term(try test(key, value, word, now), isNegated: isNegated)
  }

  private static func test(
    _ key: String, _ value: String, _ word: String, _ now: Double
  ) throws(RecordingError) -> Term.Test {
    let choices = value.split(whereSeparator: { $0 == "|" || $0 == "," }).map(String.init)
    switch key {
    case "method": return .method(value.split(separator: "|").map { Glob(String($0)) })
    case "status": return .status(try Set(all(choices, word, status)))
    case "dir":
      guard let isIncoming = ["in": true, "out": false][value] else {
        throw .badFilter(word: word, message: "dir: is in or out")
      }
      return .incoming(isIncoming)
    case "kind": return .kind(Set(try all(choices, word, kinds).flatMap { $0 }))
    case "id": return .id(value.split(separator: "|").map(String.init))
    case "finding":
      if let severity = Finding.Severity(rawValue: value) { return .worst(severity) }
      return .finding(choices.map(Glob.init))
    case "code": return .code(try all(choices, word, integer))
    case "http": return .http(try all(choices, word, statusRange))
    case "slower": return .slower(try duration(value, word))
    case "faster": return .faster(try duration(value, word))
    case "larger": return .larger(try size(value, word))
    case "since": return .since(try time(value, word, now))
    case "until": return .until(try time(value, word, now))
    default: return .number(try range(value, word))
    }
  }

  private static func all<Value>(
    _ choices: [String], _ word: String,
    _ read: (String, String) throws(RecordingError) -> Value
  ) throws(RecordingError) -> [Value] {
    var values: [Value] = []
    for choice in choices { values.append(try read(choice, word)) }
    return values
  }

  /// What tables call a status where that is another word.
  private static let shownNames: [String: ExchangeStatus] = [
    "malformed": .invalid, "timed-out": .timeout,
  ]

  private static func status(
    _ name: String, _ word: String
  ) throws(RecordingError) -> ExchangeStatus {
    if let status = ExchangeStatus(rawValue: name) ?? shownNames[name] { return status }
    let known = ExchangeStatus.allCases.map(\.rawValue).joined(separator: ", ")
    throw .badFilter(word: word, message: "there is no status \(name); there are \(known)")
  }

  private static func kinds(
    _ name: String, _ word: String
  ) throws(RecordingError) -> [Exchange.Kind] {
    switch name {
    case "notification": return [.notification, .serverNotification]
    case "request": return [.call, .serverRequest]
    default:
      if let kind = Exchange.Kind(word: name) { return [kind] }
      let known = ["notification", "request"] + Exchange.Kind.all.map(\.word)
      throw .badFilter(
        word: word,
        message: "there is no kind \(name); there are \(known.joined(separator: ", "))")
    }
  }

  private static func integer(_ text: String, _ word: String) throws(RecordingError) -> Int {
    if let number = Int(text) { return number }
    throw .badFilter(word: word, message: "\(text) is no integer")
  }

  /// `404` or `4xx`.
  private static func statusRange(
    _ text: String, _ word: String
  ) throws(RecordingError) -> ClosedRange<Int> {
    if let number = Int(text) { return number...number }
    if text.count == 3, text.lowercased().hasSuffix("xx"), let first = text.first?.wholeNumberValue
    {
      return (first * 100)...(first * 100 + 99)
    }
    throw .badFilter(word: word, message: "an HTTP status is like 404 or 4xx")
  }

  /// `5`, `5..9`, `5..` or `..9`.
  private static func range(
    _ text: String, _ word: String
  ) throws(RecordingError) -> ClosedRange<Int> {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    if ends.count == 1, let number = Int(text) { return number...number }
    if ends.count == 2 {
      let low = ends[0].isEmpty ? 1 : Int(ends[0])
      let high = ends[1].isEmpty ? Int.max : Int(ends[1])
      if let low, let high, low <= high { return low...high }
    }
    throw .badFilter(word: word, message: "numbers are like n:5, n:5..9 or n:5..")
  }

  /// A time span: `100ms`, `2s`, `1.5m`, `3h`, `2d`, `50us`.
  static func span(_ text: String) -> Double? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    let units: [Substring: Double] = [
      "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "": 1, "m": 60, "min": 60, "h": 3600, "d": 86400,
    ]
    return units[text[digits.endIndex...]].map { $0 * number }
  }

  private static func duration(_ text: String, _ word: String) throws(RecordingError) -> Duration {
    if let seconds = span(text) { return .from(seconds: seconds) }
    throw .badFilter(word: word, message: "a time span is like 100ms, 2s or 5m")
  }

  private static func size(_ text: String, _ word: String) throws(RecordingError) -> Int {
    let digits = text.prefix { $0.isNumber }
    let units: [String: Int] = ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    var unit = text[digits.endIndex...].lowercased()
    if unit.count == 2, unit.hasSuffix("b") { unit.removeLast() }
    if let number = Int(digits), let factor = units[unit], number < 1 << 30 {
      return number * factor
    }
    throw .badFilter(word: word, message: "a size is like 500, 10k or 1m")
  }

  /// A span before now, or a moment in UTC.
  private static func time(
    _ text: String, _ word: String, _ now: Double
  ) throws(RecordingError) -> Double {
    if let moment = CivilTime.parse(text) { return moment }
    if let seconds = span(text) { return now - seconds }
    throw .badFilter(
      word: word, message: "a time is a span before now like 10m, or like 2026-11-21T14:00:52Z")
  }

  /// The key that differs by one letter, if it can hardly mean anything else.
  private static func near(_ key: String) -> String? {
    guard key.count >= 3, key != "text" else { return nil }
    return keys.first { $0.count >= 3 && isNear(Array(key.utf8), Array($0.utf8)) }
  }

  private static func isNear(_ one: [UInt8], _ two: [UInt8]) -> Bool {
    guard abs(one.count - two.count) <= 1, one != two else { return false }
    let head = zip(one, two).prefix { $0 == $1 }.count
    let tail = zip(one[head...].reversed(), two[head...].reversed()).prefix { $0 == $1 }.count
    let rest = max(one.count, two.count) - head - tail
    let isSwap =
      rest == 2 && one.count == two.count && one[head] == two[head + 1]
      && one[head + 1] == two[head]
    return rest <= 1 || isSwap
  }
}
