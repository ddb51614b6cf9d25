/// Collects names that fit what was typed in another way than by beginning so.
struct NearNames {
  private let wanted: [UInt8]
  /// What was typed, at its dots and the like.
  private let pieces: [ArraySlice<UInt8>]
  private var best = MethodIndex.Fit.none
  private var found: [(score: Int, place: Int32)] = []

  init(_ wanted: [UInt8]) {
    self.wanted = wanted
    pieces = wanted.split(whereSeparator: Self.isSeparator)
  }

  /// The best of what was looked at.
  var matches: MethodIndex.Matches {
    let sorted = found.sorted { ($0.score, $0.place) < ($1.score, $1.place) }
    return MethodIndex.Matches(
      fit: best, places: sorted.prefix(MethodIndex.mostNear).map(\.place))
  }

  /// Looks at a name, in lower case and as it is spelt.
  mutating func look(
    at name: UnsafeBufferPointer<UInt8>, spelt: UnsafeBufferPointer<UInt8>, place: Int32
  ) {
    if let score = segments(name, spelt) { return take(.segments, score, place) }
    if best == .segments { return }
    if let start = part(name) { return take(.part, start + name.count, place) }
    if best == .part { return }
    if let score = lettersInOrder(name, spelt) { take(.letters, score, place) }
  }

  private mutating func take(_ fit: MethodIndex.Fit, _ score: Int, _ place: Int32) {
    if fit != best {
      found = []
      best = fit
    }
    found.append((score, place))
  }

  /// Whether the pieces begin parts of the name that follow one another; where, and how long it is.
  private func segments(
    _ name: UnsafeBufferPointer<UInt8>, _ spelt: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard let first = pieces.first?.first else { return nil }
    for start in name.indices where name[start] == first && Self.beginsPart(start, spelt) {
      if follow(from: start, name, spelt) { return start * 256 + name.count }
    }
    return nil
  }

  private func follow(
    from start: Int, _ name: UnsafeBufferPointer<UInt8>, _ spelt: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var at = start
    for (number, piece) in pieces.enumerated() {
      if number > 0 {
        while at < name.count, !Self.isSeparator(name[at]) { at += 1 }
        at += 1
      }
      for byte in piece {
        guard at < name.count, name[at] == byte else { return false }
        at += 1
      }
    }
    return true
  }

  private func part(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard name.count >= wanted.count, let first = wanted.first else { return nil }
    for start in 0...(name.count - wanted.count) where name[start] == first {
      var length = 1
      while length < wanted.count, name[start + length] == wanted[length] { length += 1 }
      if length == wanted.count { return start }
    }
    return nil
  }

  /// Gaps between the letters count against a name, beginnings of its parts for it.
  private func lettersInOrder(
    _ name: UnsafeBufferPointer<UInt8>, _ spelt: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    // One letter or two are in nearly every name.
    guard wanted.count > 2 else { return nil }
    var (at, score) = (0, 0)
    for byte in wanted {
      let before = at
      while at < name.count, name[at] != byte { at += 1 }
      if at == name.count { return nil }
      score += Self.beginsPart(at, spelt) ? 0 : at - before + 1
      at += 1
    }
    return score * 256 + name.count
  }

  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x2F, 0x3A, 0x5F, 0x2D, 0x20: true
    default: false
    }
  }

  /// Whether a part of a name begins there: behind a dot and the like, or with a capital.
  private static func beginsPart(_ place: Int, _ spelt: UnsafeBufferPointer<UInt8>) -> Bool {
    if place == 0 || isSeparator(spelt[place - 1]) { return true }
    let isUpper = (0x41...0x5A).contains(spelt[place])
    return isUpper && !(0x41...0x5A).contains(spelt[place - 1])
  }
}
