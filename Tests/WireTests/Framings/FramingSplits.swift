import Testing
import Wire

/// Feeds bytes to a fresh framing in pieces of the given sizes, over and over, and finishes it.
func outputs(_ framing: any Framing, _ bytes: [UInt8], pieces: () -> Int) -> [FramingOutput] {
  var framing = framing
  var found: [FramingOutput] = []
  var at = 0
  while at < bytes.count {
    let end = min(bytes.count, at + max(1, pieces()))
    found += framing.feed(bytes[at..<end])
    at = end
  }
  return found + framing.finish()
}

func outputs(_ framing: any Framing, _ text: String) -> [FramingOutput] {
  outputs(framing, Array(text.utf8)) { Int.max / 2 }
}

func message(_ text: String) -> FramingOutput { .message(Array(text.utf8)) }

func stray(_ text: String) -> FramingOutput { .stray(Array(text.utf8)) }

extension FramingOutput {
  /// The output without what is said of it.
  var bare: FramingOutput {
    switch self {
    case .message(let bytes, _): .message(bytes)
    case .stray(let bytes, _): .stray(bytes)
    case .oversize: self
    }
  }
}

/// Expects these outputs, findings aside, and the same findings whichever way the text is cut.
func expectOutputs(
  _ name: FramingName, limit: Int = FramingName.defaultLimit, _ text: String,
  _ expected: [FramingOutput], _ location: SourceLocation = #_sourceLocation
) {
  let bytes = Array(text.utf8)
  let whole = outputs(name.make(limit: limit), bytes) { bytes.count }
  #expect(whole.map(\.bare) == expected, sourceLocation: location)
  for size in 1...max(1, bytes.count) {
    let found = outputs(name.make(limit: limit), bytes) { size }
    #expect(found == whole, "in pieces of \(size)", sourceLocation: location)
    if found != whole { return }
  }
  for cut in 0..<max(1, bytes.count) {
    var sizes = [cut, bytes.count]
    let found = outputs(name.make(limit: limit), bytes) {
      sizes.count > 1 && cut > 0 ? sizes.removeFirst() : bytes.count
    }
    #expect(found == whole, "cut at \(cut)", sourceLocation: location)
    if found != whole { return }
  }
}

/// A small generator with a fixed seed, so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var word = state
    word ^= word >> 33
    word = word &* 0xff51_afd7_ed55_8ccd
    return word ^ (word >> 33)
  }
}
