/// The text that stands for a secret: `<masked 3f9a2c 16-31>`.
///
/// The first part is the same for the same secret within a file and means nothing outside it (its
/// key is random and never written); the second tells how long the secret is, roughly.
public struct SecretMask: Sendable {
  private let key: (UInt64, UInt64)

  /// Masks of one file.
  public init() {
    key = (.random(in: .min ... .max), .random(in: .min ... .max))
  }

  init(key: UInt64) { self.key = (key, ~key) }

  /// The mask of a secret.
  public func text(_ secret: some Collection<UInt8>) -> [UInt8] {
    var hash = KeyedHash(key.0, key.1)
    for byte in secret { hash.add(byte) }
    let tag = Hex.text(hash.value & 0xFF_FFFF, digits: 6)
    return Array("<masked \(tag) \(Self.lengthClass(secret.count))>".utf8)
  }

  static func lengthClass(_ count: Int) -> String {
    switch count {
    case ..<8: "1-7"
    case ..<16: "8-15"
    case ..<32: "16-31"
    case ..<64: "32-63"
    default: "64+"
    }
  }

  private static let start = Array("<masked ".utf8)

  /// Whether a mask stands anywhere in a text.
  public static func stands(in text: String) -> Bool {
    guard text.utf8.count > 16 else { return false }
    let bytes = Array(text.utf8)
    guard let place = bytes.withUnsafeBufferPointer({ ByteNeedle(start).first(in: $0) }) else {
      return false
    }
    let tag = bytes[(place + start.count)...].prefix(7)
    return tag.count == 7 && tag.last == 0x20 && tag.dropLast().allSatisfy(Hex.isDigit)
  }

  /// Whether the bytes are a mask already.
  static func isMask(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    text[range].starts(with: start)
  }
}

/// A hash that can't be foretold without its key (SipHash-1-3), the same in one process or another.
struct KeyedHash {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var tail: UInt64 = 0
  private var count: UInt64 = 0

  init(_ k0: UInt64, _ k1: UInt64) {
    v0 = k0 ^ 0x736f_6d65_7073_6575
    v1 = k1 ^ 0x646f_7261_6e64_6f6d
    v2 = k0 ^ 0x6c79_6765_6e65_7261
    v3 = k1 ^ 0x7465_6462_7974_6573
  }

  mutating func add(_ byte: UInt8) {
    tail |= UInt64(byte) << (8 * (count & 7))
    count += 1
    guard count & 7 == 0 else { return }
    v3 ^= tail
    round()
    v0 ^= tail
    tail = 0
  }

  var value: UInt64 {
    var copy = self
    let last = tail | count << 56
    copy.v3 ^= last
    copy.round()
    copy.v0 ^= last
    copy.v2 ^= 0xFF
    for _ in 0..<3 { copy.round() }
    return copy.v0 ^ copy.v1 ^ copy.v2 ^ copy.v3
  }

  private mutating func round() {
    func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
    v0 = v0 &+ v1
    v1 = rotate(v1, 13) ^ v0
    v0 = rotate(v0, 32)
    v2 = v2 &+ v3
    v3 = rotate(v3, 16) ^ v2
    v0 = v0 &+ v3
    v3 = rotate(v3, 21) ^ v0
    v2 = v2 &+ v1
    v1 = rotate(v1, 17) ^ v2
    v2 = rotate(v2, 32)
  }
}
