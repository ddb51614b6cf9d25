public import Wire

/// What is masked in recordings beyond what is known by name anyway.
public struct MaskRules: Sendable, Equatable {
  /// Whether anything is masked at all.
  public var isOn: Bool
  /// Names of members and headers that are secrets too, in any case, `_` and `-` alike.
  public var names: [String]
  /// Names that are to stay readable although they look like secrets.
  public var readable: [String]
  /// Secrets that are known beforehand, such as the credentials given as options: masked wherever
  /// they appear.
  public var values: [String]
  /// Places in messages whose values are secrets; in a batch, in each of its messages.
  public var paths: [PathPattern]
  /// What secrets look like.
  public var patterns: [TextPattern]

  /// The built-in rules and these.
  public init(
    isOn: Bool = true, names: [String] = [], readable: [String] = [], values: [String] = [],
    paths: [PathPattern] = [], patterns: [TextPattern] = []
  ) {
    self.isOn = isOn
    self.names = names
    self.readable = readable
    self.values = values
    self.paths = paths
    self.patterns = patterns
  }

  /// Adds a rule as it is typed: `NAME`, `!NAME` (stays readable), `$.a.path`, `/a regular expression/`.
  public mutating func add(_ rule: String) throws(RecordingError) {
    if rule.count > 2, rule.hasPrefix("/"), rule.hasSuffix("/") {
      patterns.append(try TextPattern(String(rule.dropFirst().dropLast())))
    } else if rule.hasPrefix("$") || rule.hasPrefix(".") || rule.contains("[") {
      paths.append(try PathPattern(rule))
    } else if rule.hasPrefix("!"), rule.count > 1 {
      readable.append(String(rule.dropFirst()))
    } else if !SecretName.words(Array(rule.utf8)).isEmpty {
      names.append(rule)
    } else {
      throw .badPattern(
        rule, offset: 0, message: "a rule is NAME, !NAME, $.a.path or /a regular expression/")
    }
  }

  /// Remembers the secrets that stand in a text, such as a target with a password in its URL.
  public mutating func learn(from text: String) {
    let names = SecretName(self)
    let bytes = Array(text.utf8)
    let hits = bytes.withUnsafeBufferPointer { SecretScanner.hits(in: $0, names) }
    for hit in hits { learn(value: String(decoding: bytes[hit.range], as: UTF8.self)) }
  }

  /// Remembers the secrets in a header field.
  public mutating func learn(from field: HeaderField) {
    let bytes = Array(field.value.utf8)
    for hit in HeaderSecrets.hits(field, SecretName(self)) {
      learn(value: String(decoding: bytes[hit.range], as: UTF8.self))
    }
  }

  /// Remembers the variables of an environment whose names say that they hold secrets.
  public mutating func learn(environment: [String: String]) {
    let names = SecretName(self)
    for (name, value) in environment where names.isSecret(name) { learn(value: value) }
  }

  /// Remembers a secret, and what it is without the escapes of a URL.
  public mutating func learn(value: String) {
    for value in [value, PercentCoding.decoded(value)]
    where !value.isEmpty && !values.contains(value) { values.append(value) }
  }
}

/// Texts of a URL.
enum PercentCoding {
  /// The text with `%41` read as `A`.
  static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      let digits = rest.prefix(2).compactMap(Hex.value)
      if first == 0x25, digits.count == 2 {
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        bytes.append(first)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
