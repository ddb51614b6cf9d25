/// Tries how far the text after a repair is strict JSON, so that of several repairs the one can be
/// chosen after which the rest fits.
///
/// It looks no further than `reach`, and stops at the first fault.
struct RestScan {
  /// How it ended, the better the greater.
  enum Outcome: Int, Comparable {
    /// Something does not fit.
    case fault
    /// The text ended while something was open.
    case cut
    /// Everything fitted as far as was looked.
    case fits
    /// Everything fitted and is closed at the end of the text.
    case complete

    static func < (left: Outcome, right: Outcome) -> Bool { left.rawValue < right.rawValue }
  }

  /// What may come next.
  enum State { case value, firstValue, afterValue, key, firstKey, afterKey }

  /// So many bytes are looked at.
  static let reach = 1024

  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let limit: Int
  private let isWrapped: Bool
  /// The containers that are open before the place; those after it are in `inner`.
  private let outer: [RecoveringReader.Container]
  private var outerCount: Int
  /// One bit for each container opened on the way, set for objects.
  private var inner: UInt64 = 0
  private var innerCount = 0
  /// Where it stands; at the end, how far it came.
  private(set) var at: Int
  /// Keys with their colons that were passed.
  private(set) var keys = 0
  /// Values that were passed with the comma or bracket after them.
  private(set) var values = 0

  /// Looks on from `place`, with the outermost `open` containers of the reader's.
  init(_ reader: RecoveringReader, at place: Int, open: Int? = nil) {
    base = reader.base
    count = reader.count
    limit = min(reader.count, place + Self.reach)
    isWrapped = reader.callback != nil
    outer = reader.open
    outerCount = open ?? outer.count
    at = place
  }

  /// Reads on until something does not fit or enough was seen.
  mutating func run(_ first: State) -> Outcome {
    var state = first
    while true {
      while at < limit, Characters.isBlank(base[at]) { at += 1 }
      guard at < limit else { return ended(state) }
      guard let next = step(state) else { return .fault }
      state = next
      if state == .afterValue, innerCount == 0, outerCount == 0 { return root() }
      if innerCount == 64 { return .fits }
    }
  }

  private func ended(_ state: State) -> Outcome {
    if limit < count { return .fits }
    return state == .afterValue && innerCount == 0 && outerCount == 0 ? .complete : .cut
  }

  /// After the last bracket: the end, the call's, or the next of several messages.
  private mutating func root() -> Outcome {
    while at < limit, Characters.isBlank(base[at]) { at += 1 }
    if at >= limit { return limit < count ? .fits : .complete }
    switch base[at] {
    case 0x29: return isWrapped ? .complete : .fault
    case 0x5B, 0x7B: return .fits
    default: return .fault
    }
  }

  private mutating func step(_ state: State) -> State? {
    let byte = base[at]
    switch state {
    case .value, .firstValue:
      if state == .firstValue, isCloser(byte) { return close() }
      return value(byte)
    case .key, .firstKey:
      if state == .firstKey, isCloser(byte) { return close() }
      return byte == 0x22 && string() ? .afterKey : nil
    case .afterKey:
      guard byte == 0x3A else { return nil }
      keys += 1
      at += 1
      return .value
    case .afterValue:
      values += 1
      if isCloser(byte) { return close() }
      guard byte == 0x2C, let kind else { return nil }
      at += 1
      return kind == .object ? .key : .value
    }
  }

  private mutating func value(_ byte: UInt8) -> State? {
    switch byte {
    case 0x22: return string() ? .afterValue : nil
    case 0x5B, 0x7B:
      inner = inner << 1 | (byte == 0x7B ? 1 : 0)
      innerCount += 1
      at += 1
      return byte == 0x7B ? .firstKey : .firstValue
    case 0x2D, 0x30...0x39: return number()
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x6E: return word("null")
    default: return nil
    }
  }

  // MARK: - Containers

  private var kind: RecoveringReader.Container.Kind? {
    if innerCount > 0 { return inner & 1 == 1 ? .object : .array }
    return outerCount > 0 ? outer[outerCount - 1].kind : nil
  }

  private func isCloser(_ byte: UInt8) -> Bool { kind.map { $0.closer == byte } ?? false }

  private mutating func close() -> State {
    at += 1
    if innerCount > 0 {
      inner >>= 1
      innerCount -= 1
    } else {
      outerCount -= 1
    }
    return .afterValue
  }

  // MARK: - Scalars

  /// Passes a string; false if a line ends in it. What else is wrong in it is not looked at.
  private mutating func string() -> Bool {
    at += 1
    while at < limit {
      switch base[at] {
      case 0x22:
        at += 1
        return true
      case 0x5C: at += 2
      case 0x0A, 0x0D: return false
      default: at += 1
      }
    }
    at = limit
    return true
  }

  private mutating func number() -> State? {
    var digits = 0
    while at < limit {
      switch base[at] {
      case 0x30...0x39: digits += 1
      case 0x2B, 0x2D, 0x2E, 0x45, 0x65: break
      default: return digits > 0 ? .afterValue : nil
      }
      at += 1
    }
    return .afterValue
  }

  private mutating func word(_ text: StaticString) -> State? {
    for index in 0..<text.utf8CodeUnitCount {
      guard at < limit else { break }
      guard base[at] == text.utf8Start[index] else { return nil }
      at += 1
    }
    return at < limit && Characters.isWord(base[at]) ? nil : .afterValue
  }
}

extension RecoveringReader.Container.Kind {
  /// The bracket that closes it.
  var closer: UInt8 {
    switch self {
    case .object: 0x7D
    case .array: 0x5D
    case .tuple: 0x29
    }
  }
}
