/// A breach of a rule as it is found: what a finding is made of once the places are known.
struct Fault {
  var rule: JSONRule
  /// The bytes it is about.
  var range: Range<Int>
  /// The characters it is about, as they are named in the sentence.
  var subject = ""
  /// Which of the rule's sentences fits.
  var variant = Variant.plain
  /// Where something that belongs to it stands: what is still open, the first of two keys.
  var since: Int?
  /// What to do about it if the rule's own hint says less.
  var remedy: String?

  /// The sentences of rules that have several.
  enum Variant: Sendable {
    case plain
    // Kinds of thing.
    case object, array, tuple, string, key, number, literal, root
    // Quotes that are missing before something, and containers not closed before a comma.
    case opening, openingKey, unclosedObject, unclosedArray
    // Where a separator stands.
    case atEnd, insteadOfColon
    // Escapes.
    case hexEscape, quoteEscape, lineContinuation, unicodeEscape, octalEscape
    // Control characters.
    case newline, tab, outside
    // Bytes that are no UTF-8.
    case latin1, overlong, surrogate, beyondUnicode, tail, cutCharacter
    // Encodings.
    case littleEndian, bigEndian
    // Values one after the other.
    case lines, records
    // Numbers.
    case sign, suffix, exponent, space, expression
    // Texts that are something else.
    case html, xml, markup, headers, eventStream, stackTrace, yaml, log, binary, words
    /// Reading stopped because there was too much to mend.
    case gaveUp
  }
}

/// The faults of a text: the first hundred, the first of every rule, and how many more there were.
struct FaultList {
  static let capacity = 100

  private(set) var kept: [Fault] = []
  private(set) var dropped = 0
  private(set) var droppedRange: Range<Int>?
  private var told = RuleSet()

  /// Whether another fault of that rule would be kept.
  func keepsNext(_ rule: JSONRule) -> Bool {
    kept.count < Self.capacity || !told.contains(rule)
  }

  /// Adds a fault, whose subject is made only if it is kept.
  mutating func add(
    _ rule: JSONRule, _ range: Range<Int>, _ variant: Fault.Variant = .plain, since: Int? = nil,
    subject: @autoclosure () -> String = "", remedy: String? = nil
  ) {
    guard keepsNext(rule) else { return drop(1, range) }
    told.insert(rule)
    kept.append(
      Fault(
        rule: rule, range: range, subject: subject(), variant: variant, since: since,
        remedy: remedy))
  }

  /// Takes everything back: what was found was the consequence of something else.
  mutating func removeAll() { self = FaultList() }

  /// Adds the faults of another list, whose places `map` turns into places of this one's text.
  mutating func add(
    _ other: FaultList, where isWanted: (Fault) -> Bool = { _ in true },
    map: (Range<Int>) -> Range<Int>
  ) {
    for var fault in other.kept {
      fault.range = map(fault.range)
      fault.since = fault.since.map { map($0..<$0).lowerBound }
      guard isWanted(fault) else { continue }
      guard keepsNext(fault.rule) else {
        drop(1, fault.range)
        continue
      }
      told.insert(fault.rule)
      kept.append(fault)
    }
    if let range = other.droppedRange { drop(other.dropped, map(range)) }
  }

  private mutating func drop(_ count: Int, _ range: Range<Int>) {
    dropped += count
    let first = min(droppedRange?.lowerBound ?? range.lowerBound, range.lowerBound)
    droppedRange = first..<max(droppedRange?.upperBound ?? range.upperBound, range.upperBound)
  }

  /// The findings in the order of the text that `text` is, the places named in words being its.
  func findings(in text: ArraySlice<UInt8>) -> [Finding] {
    if kept.isEmpty { return [] }
    let offsets = kept.compactMap(\.since).sorted()
    let places = TextPosition.positions(of: offsets, in: text)
    let order = kept.indices.sorted {
      (kept[$0].range.lowerBound, $0) < (kept[$1].range.lowerBound, $1)
    }
    var findings = order.map { index -> Finding in
      let fault = kept[index]
      let place = fault.since.flatMap { since in places.first { $0.offset == since } }
      return Finding(fault, place)
    }
    if let droppedRange {
      findings.append(
        Finding(Fault(rule: .more, range: droppedRange, subject: String(dropped)), nil))
    }
    return findings
  }
}

extension Finding {
  /// A fault in words; `place` is where its `since` stands.
  init(_ fault: Fault, _ place: TextPosition?) {
    let words = RuleWords(
      rule: fault.rule, subject: fault.subject, variant: fault.variant)
    self.init(
      fault.rule.rawValue, fault.rule.severity, range: fault.range, message: words.message,
      hint: fault.remedy ?? words.hint, section: fault.rule.section)
    write(words.message, place, words.rest)
  }
}

/// A set of rules, as bits: it is asked for every fault of texts that have nothing else.
private struct RuleSet {
  private var bits: (UInt64, UInt64) = (0, 0)

  /// The place of a rule; an enumeration without payloads is its number, in one byte.
  private static func place(_ rule: JSONRule) -> UInt8 { unsafeBitCast(rule, to: UInt8.self) }

  func contains(_ rule: JSONRule) -> Bool {
    let place = Self.place(rule)
    let word = place < 64 ? bits.0 : bits.1
    return word >> UInt64(place & 63) & 1 == 1
  }

  mutating func insert(_ rule: JSONRule) {
    let place = Self.place(rule)
    let bit = UInt64(1) << UInt64(place & 63)
    if place < 64 { bits.0 |= bit } else { bits.1 |= bit }
  }
}
