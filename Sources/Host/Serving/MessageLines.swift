import Wire

/// One message a line, as a server reads it: whatever stands on a line is a message, and wrong if it
/// is none. (The framing of that name in Wire guesses what a server may have meant.)
struct MessageLines: Framing {
  let limit: Int
  private var line: [UInt8] = []
  private var isSkipping = false

  init(limit: Int) { self.limit = limit }

  var name: String { FramingName.lines.rawValue }
  var pending: Int { line.count }
  var patience: Duration? { nil }

  mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    var rest = bytes
    while let end = rest.firstIndex(of: 0x0A) {
      append(rest[..<end], &outputs)
      endLine(&outputs)
      rest = rest[(end + 1)...]
    }
    append(rest, &outputs)
    return outputs
  }

  mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    endLine(&outputs)
    return outputs
  }

  mutating func stall() -> [FramingOutput] { [] }

  func wrap(_ message: [UInt8]) -> [UInt8] { message + [0x0A] }

  private mutating func append(_ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]) {
    if isSkipping { return }
    guard line.count + bytes.count <= limit else {
      line = []
      isSkipping = true
      outputs.append(.oversize(limit: limit))
      return
    }
    line.append(contentsOf: bytes)
  }

  /// Hands a line out. Blank ones separate nothing and are passed over.
  private mutating func endLine(_ outputs: inout [FramingOutput]) {
    let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if !isSkipping, !isBlank { outputs.append(.message(line)) }
    isSkipping = false
    line.removeAll(keepingCapacity: line.capacity < 1 << 20)
  }
}

extension FramingName {
  /// A fresh framing for a server.
  func makeForServer(limit: Int) -> any Framing {
    self == .lines ? MessageLines(limit: limit) : make(limit: limit)
  }
}
