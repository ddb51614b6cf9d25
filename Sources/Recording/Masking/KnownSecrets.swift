import LosslessJSON

/// Secrets that were met, to be found again wherever else they stand: in another member, on standard
/// error, in a message of the server's.
struct KnownSecrets {
  /// How many are remembered; what comes later is masked by its name only.
  static let capacity = 4096
  /// Shorter ones would be found in ordinary words.
  static let shortest = 6

  /// The secrets by their first bytes.
  private var byStart: [UInt32: [[UInt8]]] = [:]
  /// Whether some secret begins with these two bytes.
  private var mayStart = [UInt64](repeating: 0, count: 1024)
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// Remembers a secret as it is spelt in JSON, and as it is decoded.
  mutating func learn(spelling: [UInt8]) {
    learn(spelling)
    if spelling.contains(0x5C),
      let decoded = try? JSON(reading: [0x22] + spelling + [0x22]).string
    {
      learn(Array(decoded.utf8))
    }
  }

  /// Remembers a secret.
  mutating func learn(_ secret: [UInt8], shortest: Int = KnownSecrets.shortest) {
    guard secret.count >= max(4, shortest), secret.count <= 1 << 16, count < Self.capacity,
      !Self.isCommon(secret)
    else { return }
    let start = Self.start(secret[0], secret[1], secret[2], secret[3])
    if byStart[start]?.contains(secret) == true { return }
    // The longest first, so that one that begins with another is masked whole.
    byStart[start, default: []].append(secret)
    byStart[start]?.sort { $0.count > $1.count }
    let pair = Int(secret[0]) << 8 | Int(secret[1])
    mayStart[pair >> 6] |= 1 << UInt64(pair & 63)
    count += 1
  }

  /// Where known secrets stand.
  func ranges(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard !isEmpty, text.count >= 4 else { return [] }
    var found: [Range<Int>] = []
    var at = 0
    let end = text.count - 3
    while at < end {
      let pair = Int(text[at]) << 8 | Int(text[at + 1])
      if mayStart[pair >> 6] >> UInt64(pair & 63) & 1 == 1, let range = secret(text, at) {
        found.append(range)
        at = range.upperBound
      } else {
        at += 1
      }
    }
    return found
  }

  private func secret(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Range<Int>? {
    let start = Self.start(text[at], text[at + 1], text[at + 2], text[at + 3])
    guard let secrets = byStart[start] else { return nil }
    for secret in secrets where at + secret.count <= text.count {
      if text[at..<(at + secret.count)].elementsEqual(secret) { return at..<(at + secret.count) }
    }
    return nil
  }

  /// Whether a secret is a number, which stands without quotes.
  static func isNumber(_ secret: some Collection<UInt8>) -> Bool {
    secret.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
  }

  private static func start(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Words that stand in the place of a secret and say nothing.
  private static func isCommon(_ secret: [UInt8]) -> Bool {
    guard secret.count < 16 else { return false }
    return common.contains(String(decoding: secret, as: UTF8.self).lowercased())
  }

  private static let common: Set<String> = [
    "password", "passwd", "passphrase", "secret", "default", "required", "undefined", "string",
    "number", "object", "example", "localhost", "optional", "invalid", "missing", "unknown",
    "bearer", "anonymous", "changeme", "redacted", "hidden", "token", "cookie", "session",
    "authorization", "credentials", "apikey", "api_key", "access_token", "refresh_token",
    "id_token", "jsonrpc", "method", "params", "result",
  ]
}
