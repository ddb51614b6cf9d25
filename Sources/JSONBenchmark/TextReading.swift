import LosslessJSON

/// A text to be read over and over, as one document or line by line.
struct TextReading {
  private let text: [UInt8]
  private let lines: [Range<Int>]

  init(_ text: [UInt8], isLines: Bool) {
    self.text = text
    var lines: [Range<Int>] = []
    if isLines {
      var start = 0
      for (index, byte) in text.enumerated() where byte == 0x0A {
        lines.append(start..<index)
        start = index + 1
      }
    }
    self.lines = lines.isEmpty ? [0..<text.count] : lines
  }

  /// Fresh copies of the documents, with the room that reading wants, as a transport has them.
  private func documents() -> [[UInt8]] {
    text.withUnsafeBufferPointer { text in
      lines.map { TextLines.copy(UnsafeBufferPointer(rebasing: text[$0])) }
    }
  }

  /// Seconds that reading took, and the values.
  func read() throws -> (seconds: Double, values: [JSON]) {
    var documents = documents()
    var values: [JSON] = []
    values.reserveCapacity(documents.count)
    let start = ContinuousClock.now
    for index in documents.indices {
      var document: [UInt8] = []
      swap(&document, &documents[index])
      values.append(try JSON(reading: consume document))
    }
    return (Stopwatch.seconds(ContinuousClock.now - start), values)
  }

  /// Seconds that diagnosing took; freeing the results is no part of it, as it is none of reading.
  func diagnose() -> Double {
    var documents = documents()
    var results: [JSONDiagnosis] = []
    results.reserveCapacity(documents.count)
    let start = ContinuousClock.now
    for index in documents.indices {
      var document: [UInt8] = []
      swap(&document, &documents[index])
      results.append(JSONDiagnosis(of: consume document))
    }
    return withExtendedLifetime(results) { Stopwatch.seconds(ContinuousClock.now - start) }
  }
}
