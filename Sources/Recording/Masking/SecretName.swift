/// Tells by the name of a member, header or parameter whether its value is a secret.
///
/// A name is split into words (`apiKey`, `API-KEY` and `api_key` are the same two), and the last
/// words decide: `password` and `newPassword` hold secrets, `password_policy`, `max_tokens` and
/// `token_count` do not.
public struct SecretName: Sendable {
  private let secret: Set<String>
  private let readable: Set<String>

  /// The built-in names and those of the rules.
  public init(_ rules: MaskRules = MaskRules()) {
    secret = Set(rules.names.map { Self.words(Array($0.utf8)).joined(separator: " ") })
    readable = Set(rules.readable.map { Self.words(Array($0.utf8)).joined(separator: " ") })
  }

  /// Whether only the built-in names count.
  var isBuiltIn: Bool { secret.isEmpty }

  /// How much is known of a name.
  enum Verdict: Sendable {
    /// Not a secret.
    case plain
    /// A secret, whatever its kind.
    case secret
    /// A secret if it is a string: a token may be a small number that tells nothing.
    case secretText
    /// A secret, and so is every string in it.
    case secretContainer
  }

  /// Whether a value of that name is taken for a secret.
  public func isSecret(_ name: String) -> Bool {
    if case .plain = verdict(Array(name.utf8)) { false } else { true }
  }

  func verdict(_ name: [UInt8]) -> Verdict {
    var words = Self.words(name)
    let whole = words.joined(separator: " ")
    if readable.contains(whole) { return .plain }
    if secret.contains(whole) { return .secretContainer }
    while words.count > 1, let last = words.last, Self.tails.contains(last) || Int(last) != nil {
      words.removeLast()
    }
    guard var last = words.last else { return .plain }
    // `password2` is one as well.
    while last.count > 1, last.last?.isNumber == true { last.removeLast() }
    if Self.containers.contains(last) { return .secretContainer }
    if Self.secrets.contains(last) || Self.endings.contains(where: last.hasSuffix) {
      return .secret
    }
    let before = words.dropLast().last ?? ""
    if Self.pairs.contains("\(before) \(last)") { return .secret }
    if last == "token" {
      return words.dropLast().contains(where: Self.harmless.contains) ? .plain : .secretText
    }
    if last == "tokens" { return Self.owners.contains(before) ? .secretContainer : .plain }
    if Self.glued.contains(last) { return .secretText }
    return .plain
  }

  /// Words that mean a secret at the end of a name.
  private static let secrets: Set<String> = [
    "apikey", "authorization", "bearer", "cookie", "credential", "jwt", "mnemonic", "otp",
    "passcode", "passphrase", "passwd", "password", "privatekey", "pwd", "secret", "secretkey",
    "accesskey", "totp", "seedphrase", "userpass", "passwort", "pswd",
  ]

  /// What a word that is a secret may end with: `userpassword`, `clientsecret`.
  private static let endings = ["password", "passwd", "passphrase", "apikey", "secret"]

  /// Words whose value is often an object or a list of secrets.
  private static let containers: Set<String> = [
    "cookies", "credentials", "passwords", "secrets",
  ]

  /// Words run together that mean a token.
  private static let glued: Set<String> = [
    "accesstoken", "apitoken", "authtoken", "bearertoken", "idtoken", "refreshtoken", "sessid",
    "sessionid", "sessiontoken", "xsrftoken", "csrftoken", "auth", "phpsessid", "jsessionid",
  ]

  /// Two last words that mean a secret together.
  private static let pairs: Set<String> = [
    "access key", "api key", "auth key", "client key", "encryption key", "master key",
    "private key", "recovery phrase", "secret key", "security code", "seed phrase", "session id",
    "session key", "shared key", "signing key", "ssh key", "subscription key", "pin code",
    "api pass", "user pass", "rpc pass", "account key", "storage key id",
  ]

  /// Words that may follow a secret's name without making it something else.
  private static let tails: Set<String> = [
    "again", "b64", "base64", "confirm", "confirmation", "hash", "new", "old", "plain",
    "plaintext", "raw", "repeat", "salt", "value",
  ]

  /// Words that make a token something that is no secret: a place in a list, a piece of text, a coin.
  private static let harmless: Set<String> = [
    "base", "bos", "cancel", "cancellation", "cls", "completion", "continuation", "continue",
    "cursor", "done", "end", "eos", "fee", "first", "gas", "input", "last", "mask", "max", "min",
    "native", "next", "nft", "num", "output", "pad", "page", "pagination", "pool", "prev",
    "previous", "progress", "prompt", "quote", "result", "reward", "semantic", "sep", "skip",
    "special", "staking", "start", "stop", "sync", "total", "unexpected", "unk", "watch",
  ]

  /// Words that make `tokens` secrets; else they are counts and pieces of text.
  private static let owners: Set<String> = [
    "access", "api", "auth", "bearer", "refresh", "session",
  ]

  /// The words of a name, in lower case.
  static func words(_ name: [UInt8]) -> [String] {
    var words: [[UInt8]] = [[]]
    for (place, byte) in name.enumerated() {
      switch byte {
      case 0x41...0x5A:
        let before = place > 0 ? name[place - 1] : 0
        let after = place + 1 < name.count ? name[place + 1] : 0
        let isUpperBefore = (0x41...0x5A).contains(before)
        // `apiKey` breaks before K, `APIKey` too.
        if !isUpperBefore || (0x61...0x7A).contains(after) { words.append([]) }
        words[words.count - 1].append(byte | 0x20)
      case 0x30...0x39, 0x61...0x7A, 0x80...0xFF: words[words.count - 1].append(byte)
      default: words.append([])
      }
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }
}
