import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

@Suite struct MaskingTests {
  @Test(arguments: [
    "password", "Password", "newPassword", "user_password", "userpassword", "passwd", "pwd",
    "passphrase", "secret", "client_secret", "clientSecret", "token", "access_token",
    "accessToken", "refreshToken", "authToken", "id_token", "api_key", "apiKey", "apikey", "APIKey",
    "X-API-Key", "private_key", "secretKey", "authorization", "Proxy-Authorization", "cookie",
    "sessionId", "jwt", "mnemonic", "credentials", "csrfToken", "password_hash", "password2",
    "access_tokens", "rpcpassword",
  ]) func `Names of secrets are known`(name: String) {
    #expect(SecretName().isSecret(name))
  }

  @Test(arguments: [
    "max_tokens", "maxTokens", "token_count", "tokenCount", "tokens", "total_tokens", "token_type",
    "tokenizer", "nextPageToken", "page_token", "progressToken", "workDoneToken",
    "partialResultToken", "continuation_token", "cancellationToken", "eos_token", "semanticTokens",
    "tokenTypes", "tokenModifiers", "password_policy", "passwordRequired", "secret_name", "key",
    "public_key", "publicKey", "keys", "author", "passed", "compass", "secretary", "method", "id",
    "authenticated", "keyboard", "monkey", "session", "cookiecutter", "path",
  ]) func `Look-alikes stay readable`(name: String) {
    #expect(!SecretName().isSecret(name))
  }

  @Test func `Own names and own exceptions count`() {
    let names = SecretName(MaskRules(names: ["license_code"], readable: ["api_key"]))
    #expect(names.isSecret("licenseCode"))
    #expect(!names.isSecret("API-Key"))
    #expect(names.isSecret("password"))
  }

  /// Texts with their secrets; `«…»` stands around what has to be masked.
  @Test(arguments: [
    #"{"password": "«hunter2»", "user": "bob"}"#,
    #"{"password":"«a\"b»","x":1}"#,
    #"{"a": {"apiKey" : "«k»"}, "b": 2}"#,
    #"{"token": 17, "x": "token"}"#,
    #"{"pin_code": 1}"#.replacing("1", with: "«1»"),
    #"{"password": null, "secret": true, "token": ""}"#,
    #"{"credentials": {"user": "«bob»", "n": [1, "«x»"]}, "user": "bo"}"#,
    #"{"method": "$/progress", "params": {"token": "indexing", "value": 1}}"#,
    #"["token:«s3cret»", "gid"]"#,
    #"{"url": "https://bob:«pw»@host/x", "at": "a@b"}"#,
    #"{"url": "https://«tok»@host/?q=1&api_key=«abcd»&x=2"}"#,
    #"{"text": "{\"password\": \"«in \\\"side»\", \"n\": 1}", "z": 1}"#,
    #"{"header": "Authorization: Bearer «abcdefgh12345678»"}"#,
    #"{"header": "Authorization: Bearer «swordfish»", "x": 1}"#,
    "curl -H 'Authorization: token «swordfish»' https://h.io/v3/«0123456789abcdef0123456789abcdef»/x",
    "https://h.io/v1/users and https://h.io/v1/a-very-long-name-of-a-resource",
    // Broken texts.
    #"{"password": "«never closed»"#,
    #"{"password": «bare», "x": 1"#,
    #"{password: '«single»', token: "«quoted»"}"#,
    #"{"user": "bob, "password": "«hunter2»"}"#,
    "]]{\"secret\":\n  \"«x»\"",
    // Words on standard error.
    "connecting with password=«hunter2» as bob",
    "export API_KEY=«abcd1234»; run --token «abc» --max-tokens 5",
    "Unexpected token: }", "the password: must be longer", #"unexpected token: "}""#,
    "jwt «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N»!",
    "key «ghp_abcdefghijklmnopqrstuvwxyz0123456789» and sk-learn",
  ]) func `Secrets are masked in any text`(marked: String) throws {
    let text = marked.replacing("«", with: "").replacing("»", with: "")
    var masker = SecretMasker(MaskRules(), mask: SecretMask(key: 1))
    let (masked, ranges) = masker.masked(text.bytes, part: "request")
    // What the mask is made of differs; its place and number do not.
    var expected = ""
    var isInside = false
    for letter in marked {
      switch letter {
      case "«": isInside = true
      case "»":
        isInside = false
        expected += "*"
      default: if !isInside { expected.append(letter) }
      }
    }
    var shown = masked.text
    for mask in Set(ranges.map { Array(masked[$0.range]).text }) {
      shown = shown.replacing("\"\(mask)\"", with: "\"*\"").replacing(mask, with: "*")
    }
    // Quotes are put around a number or a bare word.
    #expect(shown == expected || shown.replacing("\"*\"", with: "*") == expected)
    #expect(ranges.count == marked.count { $0 == "«" })
    if (try? JSON(reading: text)) != nil { #expect((try? JSON(reading: masked)) != nil) }
  }

  @Test func `The same secret has the same mask, another has another`() {
    var masker = SecretMasker(MaskRules())
    let (masked, ranges) = masker.masked(
      #"{"a": {"token": "same-secret"}, "b": {"token": "same-secret"}, "c": {"token": "other-one"}}"#
        .bytes, part: "request")
    let masks = ranges.map { Array(masked[$0.range]).text }
    #expect(masks.count == 3)
    #expect(masks[0] == masks[1])
    #expect(masks[0] != masks[2])
    #expect(masks[0].hasSuffix(" 8-15>"))
    var another = SecretMasker(MaskRules())
    let (other, otherRanges) = another.masked(#"{"token": "same-secret"}"#.bytes, part: "request")
    #expect(Array(other[otherRanges[0].range]).text != masks[0])
  }

  @Test func `A secret is found wherever it stands in the exchange`() throws {
    let exchange = Exchanges.call(
      params: #"{"password": "correct horse"}"#, result: #"{"echo": "you said correct horse"}"#,
      status: 200,
      headers: [
        HeaderField("Set-Cookie", "sid=abcdef123; Path=/"), HeaderField("X-Note", "correct horse"),
        HeaderField("Authorization", "Bearer tokentoken1"),
      ],
      sent: SentHead(
        line: "POST /?token=querysecret HTTP/1.1",
        headers: [
          HeaderField("Cookie", "a=cookieone; b=cookietwo"),
          HeaderField("Authorization", "Basic Ym9iOnB3"), HeaderField("X-Api-Key", "kkkkkk"),
        ]),
      findings: [
        Finding(
          "rpc.x", .error, range: 0..<1, evidence: "password: correct horse".bytes,
          message: "saw correct horse")
      ],
      stderr: "login with correct horse\ncookie abcdef123\n")
    var parts = ExchangeParts(exchange)
    var masker = SecretMasker(MaskRules())
    masker.mask(&parts)
    let line = ExchangeLine.bytes(exchange, parts).text
    for secret in [
      "correct horse", "abcdef123", "tokentoken1", "querysecret", "cookieone", "cookietwo",
      "Ym9iOnB3", "kkkkkk",
    ] {
      #expect(!line.contains(secret), "\(secret) in \(line)")
    }
    #expect(line.contains("Basic <masked"))
    #expect(line.contains("; Path=/"))
    let read = try #require(RecordedExchange(try JSON(reading: line)))
    for masked in read.masked where masked.part == "request" {
      #expect(Array(read.exchange.request[masked.range]).text.hasPrefix("<masked "))
    }
    #expect(read.masked.contains { $0.part == "messages[0]" && $0.name == "value" })
    #expect(read.masked.contains { $0.part == "sent[0]" })
  }

  @Test func `A finding keeps to its bytes behind a mask`() throws {
    let reply = #"{"jsonrpc": "2.0", "result": {"secret": "x"}, "id": 7}"#
    let place = try #require(Array(reply.utf8).lastIndex(of: 0x37))
    let exchange = Exchanges.exchange(
      request: [], replies: [reply.bytes],
      findings: [Finding("rpc.id-mismatch", .error, range: place..<(place + 1), message: "m")])
    var parts = ExchangeParts(exchange)
    var masker = SecretMasker(MaskRules())
    masker.mask(&parts)
    let range = try #require(parts.findings[0].range)
    #expect(Array(parts.messages[0][range]).text == "7")
  }

  @Test func `Values given beforehand are masked everywhere`() {
    var masker = SecretMasker(MaskRules(values: ["swordfish"]))
    let (masked, _) = masker.masked(#"["swordfish", {"x": "a swordfish b"}]"#.bytes, part: "r")
    #expect(!masked.text.contains("swordfish"))
  }

  /// Rules as they are typed, texts with their secrets between `«` and `»`.
  @Test(arguments: [
    ("$.params.pin", #"{"params": {"pin": 17, "pint": 17, "a": {"pin": "x"}}}"#, ["17"]),
    ("$..pin", #"[{"params": {"pin": "abc", "b": [{"pin": "def"}]}}]"#, ["abc", "def"]),
    ("$.params[1]", #"{"params": ["bob", {"a": [1, "x"]}]}"#, [#"{"a": [1, "x"]}"#]),
    (
      "/[A-Z]{2}[0-9]{20}/", #"{"iban": "DE00123456780000012345", "x": "DE1"}"#,
      ["DE00123456780000012345"]
    ),
    ("/card (\\d{4})/", #"["card 1234 of 4321"]"#, ["1234"]),
    ("licence", #"{"Licence": "abc", "licences": "d"}"#, ["abc"]),
  ]) func `Rules of the user's own count`(rule: String, text: String, secrets: [String]) throws {
    var rules = MaskRules()
    try rules.add(rule)
    var masker = SecretMasker(rules, mask: SecretMask(key: 1))
    let (masked, ranges) = masker.masked(text.bytes, part: "r")
    #expect(ranges.count == secrets.count)
    _ = try JSON(reading: masked)
    var rest = text
    for secret in secrets {
      let place = try #require(rest.firstRange(ofText: secret))
      rest = String(rest[..<place]) + "*" + rest[place...].dropFirst(secret.count)
    }
    var shown = masked.text
    for range in ranges.reversed() {
      let bytes = Array(shown.utf8)
      let isQuoted = text.contains("\"\(secrets[0])\"") || rule.hasPrefix("/")
      let cut =
        isQuoted
        ? range.range : (range.range.lowerBound - 1)..<(range.range.upperBound + 1)
      shown = Array(bytes[..<cut.lowerBound] + [0x2A] + bytes[cut.upperBound...]).text
    }
    #expect(shown == rest)
  }

  @Test func `A look-alike stays readable on demand`() throws {
    var rules = MaskRules()
    try rules.add("!api_key")
    var masker = SecretMasker(rules)
    let text = #"{"apiKey": "k17", "password": "x"}"#
    #expect(masker.masked(text.bytes, part: "r").0.text.contains("k17"))
  }

  @Test(arguments: ["/[/", "$[", "", "%"]) func `A rule that can't be read is refused`(
    rule: String
  ) {
    var rules = MaskRules()
    #expect(throws: RecordingError.self) { try rules.add(rule) }
  }

  @Test func `What options and surroundings tell is masked everywhere`() {
    var rules = MaskRules()
    rules.learn(from: "https://ada:p%40ss%20word@h/?api_key=querykey1")
    rules.learn(from: HeaderField("Cookie", "a=cookievalue; b=othercookie"))
    rules.learn(from: HeaderField("X-Plain", "plain-value"))
    rules.learn(environment: ["GH_TOKEN": "tokenvalue", "PATH": "/usr/bin"])
    var masker = SecretMasker(rules)
    let text = "p@ss word querykey1 cookievalue othercookie tokenvalue plain-value /usr/bin"
    let masked = masker.masked(text.bytes, part: "r").0.text
    #expect(masked.hasSuffix(" plain-value /usr/bin"))
    for secret in text.split(separator: " ").prefix(6) where secret != "word" {
      #expect(!masked.contains(secret), "\(secret) in \(masked)")
    }
  }

  @Test func `A number that is a secret is found again, and JSON stays JSON`() throws {
    var rules = MaskRules()
    try rules.add("$.pin")
    var masker = SecretMasker(rules)
    let first = masker.masked(#"{"pin": 48151623}"#.bytes, part: "r").0
    _ = try JSON(reading: first)
    let text = #"{"a": [48151623, 1], "b": "x 48151623", "c": 481516234, "d": "{\"e\":48151623}"}"#
    let masked = masker.masked(text.bytes, part: "r").0
    let json = try JSON(reading: masked)
    #expect(json["a"]?[0]?.string?.hasPrefix("<masked ") == true)
    #expect(json["b"]?.string?.hasPrefix("x <masked ") == true)
    #expect(json["c"]?.int == 481_516_234)
    let inner = try JSON(reading: json["d"]?.string ?? "")
    #expect(inner["e"]?.string?.hasPrefix("<masked ") == true)
  }

  @Test func `Nothing is masked when masking is off`() {
    var masker = SecretMasker(MaskRules(isOn: false))
    let text = #"{"password": "hunter2"}"#.bytes
    #expect(masker.masked(text, part: "r").0 == text)
  }

  @Test func `Every cut of a text keeps its secret`() {
    let text = #"{"user": "bob", "password": "correct horse battery", "n": 1}"#.bytes
    for count in 0...text.count {
      for start in [0, 1, 9] where start < count {
        var masker = SecretMasker(MaskRules())
        let (masked, _) = masker.masked(Array(text[start..<count]), part: "r")
        #expect(!masked.text.contains("correct hor"), "\(start) \(count)")
      }
    }
  }
}
