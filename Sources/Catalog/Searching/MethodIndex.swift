/// Finds methods by what was typed of their names, however many there are.
///
/// Letters are compared without regard to case where nothing fits as it was typed.
public struct MethodIndex: Sendable {
  /// How names fit what was typed.
  public enum Fit: Sendable, Equatable {
    /// They begin so.
    case beginning
    /// Parts of them begin so: `getVer` fits `aria2.getVersion`, `a.tell` fits `aria2.tellStatus`.
    case segments
    /// They contain it.
    case part
    /// They have its letters in that order.
    case letters
    /// None does.
    case none
  }

  /// The methods that fit, by their places in the catalog.
  public struct Matches: Sendable {
    /// How they fit.
    public var fit: Fit
    /// Places: of beginnings in the order of the names, else the best first.
    public var places: [Int32]
  }

  /// The most matches that are not beginnings.
  static let mostNear = 200

  /// The names one after another, and where each begins.
  private let names: [UInt8]
  /// The same in lower case.
  private let folded: [UInt8]
  private let starts: [Int32]
  /// Which letters each name has.
  private let letters: [UInt64]
  /// Places in the order of the names in lower case.
  private let sorted: [Int32]

  /// How many names there are.
  public var count: Int { sorted.count }

  init(_ methods: [Method]) {
    var names: [UInt8] = []
    var starts: [Int32] = [0]
    starts.reserveCapacity(methods.count + 1)
    for method in methods {
      names.append(contentsOf: method.name.utf8)
      starts.append(Int32(clamping: names.count))
    }
    let folded = names.map(Self.fold)
    var letters: [UInt64] = []
    letters.reserveCapacity(methods.count)
    for place in methods.indices {
      letters.append(Self.letters(folded[Int(starts[place])..<Int(starts[place + 1])]))
    }
    var sorted = Array(0..<Int32(clamping: methods.count))
    folded.withUnsafeBufferPointer { text in
      // The first eight letters as a number decide nearly always.
      let heads = methods.indices.map { place in
        Self.head(text[Int(starts[place])..<Int(starts[place + 1])])
      }
      sorted.sort { one, other in
        let (a, b) = (heads[Int(one)], heads[Int(other)])
        if a != b { return a < b }
        let left = text[Int(starts[Int(one)])..<Int(starts[Int(one) + 1])]
        let right = text[Int(starts[Int(other)])..<Int(starts[Int(other) + 1])]
        return left.lexicographicallyPrecedes(right)
      }
    }
    (self.names, self.folded, self.starts) = (names, folded, starts)
    (self.letters, self.sorted) = (letters, sorted)
  }

  // MARK: - Looking up

  /// The methods whose names fit, in the best way in which any does.
  public func matches(_ typed: String) -> Matches {
    let wanted = Array(typed.utf8)
    let beginnings = beginnings(wanted)
    if !beginnings.isEmpty { return Matches(fit: .beginning, places: beginnings) }
    return near(wanted.map(Self.fold))
  }

  /// Whether a name begins so.
  public func hasBeginning(_ typed: String) -> Bool {
    let wanted = Array(typed.utf8)
    let range = range(of: wanted.map(Self.fold))
    return sorted[range].contains { begins(Int($0), wanted) }
  }

  /// The only name that begins so, letter by letter.
  public func only(_ typed: String) -> Int? {
    let wanted = Array(typed.utf8)
    var found: Int?
    for place in sorted[range(of: wanted.map(Self.fold))] where begins(Int(place), wanted) {
      if found != nil { return nil }
      found = Int(place)
    }
    return found
  }

  private func beginnings(_ wanted: [UInt8]) -> [Int32] {
    let range = range(of: wanted.map(Self.fold))
    if range.isEmpty || wanted.isEmpty { return Array(sorted[range]) }
    let exact = sorted[range].filter { begins(Int($0), wanted) }
    return exact.isEmpty ? Array(sorted[range]) : exact
  }

  /// The part of the order in which names begin so.
  private func range(of wanted: [UInt8]) -> Range<Int> {
    let start = firstPlace { folded(at: $0).lexicographicallyPrecedes(wanted) }
    let end = firstPlace(from: start) { place in
      let name = folded(at: place).prefix(wanted.count)
      return name.elementsEqual(wanted)
    }
    return start..<end
  }

  /// The first place of the order for which that does not hold any more.
  private func firstPlace(from start: Int = 0, while holds: (Int) -> Bool) -> Int {
    var (low, high) = (start, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(Int(sorted[middle])) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func folded(at place: Int) -> ArraySlice<UInt8> {
    folded[Int(starts[place])..<Int(starts[place + 1])]
  }

  private func begins(_ place: Int, _ wanted: [UInt8]) -> Bool {
    let start = Int(starts[place])
    guard Int(starts[place + 1]) - start >= wanted.count else { return false }
    for offset in wanted.indices where names[start + offset] != wanted[offset] { return false }
    return true
  }

  // MARK: - Groups

  /// Beginnings that the methods have in common up to their next dot or slash, with how many have
  /// each; nil where there would be fewer than two, or hardly fewer than methods.
  public func groups(_ matches: Matches, typed: String) -> [(beginning: String, count: Int)]? {
    guard matches.fit == .beginning else { return nil }
    for isSeparator in [Self.isDot, Self.isUnderscore] {
      let groups = groups(matches.places, from: typed.utf8.count, isSeparator)
      let most = min(Self.mostNear, matches.places.count / 2)
      if groups.count > 1, groups.count <= most { return groups }
    }
    return nil
  }

  private func groups(
    _ places: [Int32], from offset: Int, _ isSeparator: (UInt8) -> Bool
  ) -> [(beginning: String, count: Int)] {
    var groups: [(beginning: String, count: Int)] = []
    var at = 0
    while at < places.count, groups.count <= Self.mostNear {
      let name = folded(at: Int(places[at]))
      let rest = name.dropFirst(offset)
      guard let end = rest.dropFirst().firstIndex(where: isSeparator).map({ $0 + 1 }) else {
        // One without a further part stands for itself.
        groups.append((String(decoding: names[name.indices], as: UTF8.self), 1))
        at += 1
        continue
      }
      let head = Array(name[name.startIndex..<end])
      // Names are in order, so that those of a group stand together.
      var (low, high) = (at, places.count)
      while low < high {
        let middle = (low + high) / 2
        let other = folded(at: Int(places[middle])).prefix(head.count)
        if other.elementsEqual(head) { low = middle + 1 } else { high = middle }
      }
      let start = Int(starts[Int(places[at])])
      groups.append(
        (String(decoding: names[start..<(start + head.count)], as: UTF8.self), max(1, low - at)))
      at = max(low, at + 1)
    }
    return groups
  }

  // MARK: - Near misses

  private func near(_ wanted: [UInt8]) -> Matches {
    var finder = NearNames(wanted)
    let mask = Self.letters(wanted[...])
    folded.withUnsafeBufferPointer { text in
      names.withUnsafeBufferPointer { spelt in
        for place in letters.indices where letters[place] & mask == mask {
          let range = Int(starts[place])..<Int(starts[place + 1])
          finder.look(
            at: UnsafeBufferPointer(rebasing: text[range]),
            spelt: UnsafeBufferPointer(rebasing: spelt[range]), place: Int32(place))
        }
      }
    }
    return finder.matches
  }

  // MARK: - Letters

  static func fold(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  private static func isDot(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x2F || byte == 0x3A }
  private static func isUnderscore(_ byte: UInt8) -> Bool { byte == 0x5F }

  /// A bit for each letter that occurs.
  private static func letters(_ text: ArraySlice<UInt8>) -> UInt64 {
    text.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  private static func head(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    var value: UInt64 = 0
    for byte in text.prefix(8) { value = value << 8 | UInt64(byte) }
    return value << UInt64(8 * (8 - min(8, text.count)))
  }
}
