import LosslessJSON
import SeededRandom
import Wire

/// What framings promise of any bytes.
enum FramingChecks {
  /// What comes out does not depend on how the bytes came in.
  static func pieces(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    for name in FramingName.allCases {
      let limit = random.below(4) == 0 ? random.below(64) : FramingName.defaultLimit
      var whole = name.make(limit: limit)
      let outputs = whole.feed(text[...])
      let wholePending = whole.pending
      let allOutputs = outputs + whole.finish()
      try expect(
        size(of: allOutputs) <= room(for: text),
        "\(name.rawValue) gives more than it was given")

      var cut = name.make(limit: limit)
      var pieces: [FramingOutput] = []
      var at = 0
      let most = [1, 2, 7, 64][random.below(4)]
      while at < text.count {
        let end = min(text.count, at + 1 + random.below(most))
        pieces += cut.feed(text[at..<end])
        at = end
      }
      for output in allOutputs {
        if case .message(let bytes, let findings) = output {
          try DiagnosisChecks.findings(findings, in: bytes.count)
        }
      }
      try expect(
        cut.pending == wholePending,
        "\(name.rawValue) with limit \(limit) holds \(cut.pending) bytes instead of \(wholePending)"
      )
      pieces += cut.finish()
      try expect(
        pieces == allOutputs,
        "\(name.rawValue) with limit \(limit) depends on how the bytes come: \(pieces.count) "
          + "outputs instead of \(allOutputs.count)")
    }
  }

  /// A message that is wrapped and fed comes out as it was, once and alone.
  static func roundTrip(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    guard let value = try? JSON(reading: text) else {
      // Where brackets do not balance, the length may be what is wrong, and is made good; any other
      // text is taken at its length.
      if let first = text.first, first != 0x7B, first != 0x5B {
        try back(.netstring, text, &random)
      }
      return
    }
    try back(.netstring, text, &random)
    // A header whose length looks wrong for what follows may be taken for wrong.
    try back(.headers, text, &random)
    if value.kind == .array || value.kind == .object {
      let line = Array(value.onOneLine.bytes)
      try back(.lines, line, &random)
      try back(.values, line, &random)
      // A line that begins so is taken for the next message, as after one that was never closed.
      if !text.contains("\n{\"jsonrpc\"") { try back(.values, Array(value.bytes), &random) }
    }
  }

  private static func back(
    _ name: FramingName, _ message: [UInt8], _ random: inout SplitMix
  ) throws(BrokenPromise) {
    var framing = name.make()
    let framed = framing.wrap(message)
    let copies = 1 + random.below(3)
    var outputs: [FramingOutput] = []
    for _ in 0..<copies {
      let middle = random.below(framed.count + 1)
      outputs += framing.feed(framed[..<middle])
      outputs += framing.feed(framed[middle...])
    }
    try expect(outputs.count == copies, "\(name.rawValue) gives \(outputs.count) for \(copies)")
    let isJSON = (try? JSON(reading: message)) != nil
    for output in outputs {
      guard case .message(message, let findings) = output else {
        throw BrokenPromise("\(name.rawValue) does not give the message back")
      }
      // What is no JSON may be told so.
      try expect(
        findings.isEmpty || !isJSON,
        "\(name.rawValue) finds fault with what it wrapped: \(findings)")
    }
    try expect(framing.pending == 0, "\(name.rawValue) holds bytes of a whole message")
    try expect(framing.finish().isEmpty, "\(name.rawValue) has more than the message")
  }

  /// How many bytes may come of a stream: as many as came in. One in UTF-16 is handed on as UTF-8, in
  /// which two bytes may take three.
  private static func room(for text: [UInt8]) -> Int {
    let openings = "{[C".utf8
    let isMarked = text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF])
    let isBigEndian =
      text.count > 2 && text[0] == 0 && text[2] == 0 && openings.contains(text[1])
    let isLittleEndian =
      text.count > 3 && text[1] == 0 && text[3] == 0 && openings.contains(text[0])
    let isUTF16 = isMarked || isBigEndian || isLittleEndian
    return isUTF16 ? text.count / 2 * 3 : text.count
  }

  private static func size(of outputs: [FramingOutput]) -> Int {
    outputs.reduce(0) { sum, output in
      switch output {
      case .message(let bytes, _), .stray(let bytes, _): sum + bytes.count
      case .oversize: sum
      }
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: StaticString) -> Bool {
    let part = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
    return indices.contains { self[$0...].starts(with: part) }
  }
}
