import LosslessJSON
import Session
import Wire

/// Replaces secrets in the parts of exchanges, the same secret by the same mask.
struct SecretMasker {
  /// What was put in the place of what.
  struct Edit {
    /// The bytes of the text as it was.
    var old: Range<Int>
    /// The bytes of the mask in the text as it is now.
    var new: Range<Int>
    var name: String
  }

  var rules: MaskRules { didSet { follow() } }
  private var names: SecretName
  private let mask: SecretMask
  private var known = KnownSecrets()

  init(_ rules: MaskRules, mask: SecretMask = SecretMask()) {
    self.rules = rules
    self.mask = mask
    names = SecretName(rules)
    follow()
  }

  private mutating func follow() {
    names = SecretName(rules)
    for value in rules.values { known.learn(Array(value.utf8), shortest: 4) }
  }

  /// Masks what an exchange holds.
  mutating func mask(_ parts: inout ExchangeParts) {
    guard rules.isOn else { return }
    // All is looked through before anything is replaced: what is a secret here may stand anywhere.
    let inRequest = learn(parts.request)
    let inMessages = parts.messages.map { learn($0) }
    learnRest(parts)
    var checkedEdits: [Edit] = []
    replace(&parts.request, "request", &parts.masked, named: inRequest)
    for place in parts.messages.indices where !(inMessages[place].isEmpty && known.isEmpty) {
      let edits = replace(
        &parts.messages[place], "messages[\(place)]", &parts.masked, named: inMessages[place])
      if place == parts.checked { checkedEdits = edits }
    }
    if parts.answer != nil {
      var answer = parts.answer ?? []
      replace(&answer, "answer", &parts.masked)
      parts.answer = answer
    }
    replace(&parts.stderr, "stderr", &parts.masked)
    replace(&parts.headers, "headers", &parts.masked)
    if var sent = parts.sent {
      sent.line = replaced(sent.line, "line", &parts.masked)
      replace(&sent.headers, "sent", &parts.masked)
      parts.sent = sent
    }
    if !known.isEmpty, let method = parts.method {
      parts.method = replaced(method, "method", &parts.masked)
    }
    for place in parts.findings.indices { mask(&parts.findings[place], moving: checkedEdits) }
  }

  /// Masks a text; tells what was masked.
  mutating func masked(_ text: [UInt8], part: String) -> ([UInt8], [MaskedRange]) {
    guard rules.isOn else { return (text, []) }
    learn(text)
    var text = text
    var masked: [MaskedRange] = []
    replace(&text, part, &masked)
    return (text, masked)
  }

  // MARK: - Learning

  private mutating func learnRest(_ parts: ExchangeParts) {
    if let answer = parts.answer { learn(answer) }
    if !parts.stderr.isEmpty { learn(parts.stderr) }
    for field in parts.headers + (parts.sent?.headers ?? []) {
      for range in headerSecrets(field) {
        known.learn(Array(Array(field.value.utf8)[range.range]))
      }
    }
  }

  /// Remembers the secrets of a text, and tells where they stand.
  @discardableResult
  private mutating func learn(_ text: [UInt8]) -> [SecretScanner.Hit] {
    let hits = text.withUnsafeBufferPointer { found(in: $0) }
    for hit in hits where !hit.needsQuotes || KnownSecrets.isNumber(text[hit.range]) {
      known.learn(spelling: Array(text[hit.range]))
    }
    return hits
  }

  // MARK: - Replacing

  @discardableResult
  private func replace(
    _ text: inout [UInt8], _ part: String, _ masked: inout [MaskedRange],
    named: [SecretScanner.Hit]? = nil
  ) -> [Edit] {
    let hits = hits(in: text, named)
    if hits.isEmpty { return [] }
    let (replaced, edits) = apply(hits, to: text)
    text = replaced
    masked += edits.map { MaskedRange(part: part, range: $0.new, name: $0.name) }
    return edits
  }

  /// What is to be masked, in order and apart: by its name or look, or because it is known.
  private func hits(
    in text: [UInt8], _ named: [SecretScanner.Hit]?
  ) -> [SecretScanner.Hit] {
    text.withUnsafeBufferPointer { text in
      let named = named ?? found(in: text)
      let again = known.ranges(in: text)
      if again.isEmpty { return named }
      return Self.joined(
        named + again.compactMap { SecretScanner.hit(ofKnown: $0, in: text) })
    }
  }

  /// What is a secret by its name, its look or its place, in order and apart.
  private func found(in text: UnsafeBufferPointer<UInt8>) -> [SecretScanner.Hit] {
    let named = SecretScanner.hits(in: text, names)
    if rules.paths.isEmpty, rules.patterns.isEmpty { return named }
    var all = named + SecretPlaces.hits(in: text, rules.paths)
    for pattern in rules.patterns {
      all += pattern.ranges(in: text).filter { !SecretMask.isMask(text, $0) }
        .map { SecretScanner.Hit(range: $0, name: "pattern") }
    }
    return Self.joined(all)
  }

  /// Secrets that overlap, as one.
  private static func joined(_ hits: [SecretScanner.Hit]) -> [SecretScanner.Hit] {
    let sorted = hits.sorted { one, other in
      (one.range.lowerBound, -one.range.count) < (other.range.lowerBound, -other.range.count)
    }
    var joined: [SecretScanner.Hit] = []
    for hit in sorted {
      guard let last = joined.last, hit.range.lowerBound < last.range.upperBound else {
        joined.append(hit)
        continue
      }
      let end = max(last.range.upperBound, hit.range.upperBound)
      joined[joined.count - 1].range = last.range.lowerBound..<end
    }
    return joined
  }

  private func apply(_ hits: [SecretScanner.Hit], to text: [UInt8]) -> ([UInt8], [Edit]) {
    var new: [UInt8] = []
    new.reserveCapacity(text.count + hits.count * 16)
    var edits: [Edit] = []
    var copied = 0
    for hit in hits where hit.range.lowerBound >= copied {
      new += text[copied..<hit.range.lowerBound]
      let quote = [UInt8](repeating: 0x5C, count: hit.slashes) + [0x22]
      if hit.needsQuotes { new += quote }
      let start = new.count
      new += mask.text(text[hit.range])
      edits.append(Edit(old: hit.range, new: start..<new.count, name: hit.name))
      if hit.needsQuotes { new += quote }
      copied = hit.range.upperBound
    }
    new += text[copied...]
    return (new, edits)
  }

  private func replaced(
    _ text: String, _ part: String, _ masked: inout [MaskedRange]
  ) -> String {
    var bytes = Array(text.utf8)
    return replace(&bytes, part, &masked).isEmpty ? text : String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Headers

  private func replace(
    _ fields: inout [HeaderField], _ part: String, _ masked: inout [MaskedRange]
  ) {
    for place in fields.indices {
      let own = headerSecrets(fields[place])
      let label = "\(part)[\(place)]"
      if own.isEmpty {
        fields[place].value = replaced(fields[place].value, label, &masked)
        continue
      }
      let (value, edits) = apply(own, to: Array(fields[place].value.utf8))
      fields[place].value = String(decoding: value, as: UTF8.self)
      masked += edits.map { MaskedRange(part: label, range: $0.new, name: $0.name) }
    }
  }

  private func headerSecrets(_ field: HeaderField) -> [SecretScanner.Hit] {
    HeaderSecrets.hits(field, names)
  }

  // MARK: - Findings

  private func mask(_ finding: inout Finding, moving edits: [Edit]) {
    var ignored: [MaskedRange] = []
    finding.message = replaced(finding.message, "", &ignored)
    finding.hint = replaced(finding.hint, "", &ignored)
    if let evidence = finding.evidence {
      var evidence = evidence
      let made = replace(&evidence, "", &ignored)
      finding.evidence = evidence
      finding.range = finding.range.map { Self.moved($0, made) }
    } else {
      finding.range = finding.range.map { Self.moved($0, edits) }
    }
  }

  /// Where bytes stand after the edits.
  static func moved(_ range: Range<Int>, _ edits: [Edit]) -> Range<Int> {
    let start = moved(range.lowerBound, edits, isEnd: false)
    return start..<max(start, moved(range.upperBound, edits, isEnd: true))
  }

  private static func moved(_ place: Int, _ edits: [Edit], isEnd: Bool) -> Int {
    var shift = 0
    for edit in edits {
      if place >= edit.old.upperBound {
        shift = edit.new.upperBound - edit.old.upperBound
      } else if place > edit.old.lowerBound {
        return isEnd ? edit.new.upperBound : edit.new.lowerBound
      } else {
        break
      }
    }
    return place + shift
  }
}
