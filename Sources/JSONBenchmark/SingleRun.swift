import LosslessJSON

/// What a process does once, to be timed or weighed from outside.
enum SingleRun {
  /// Whether each line of the file is a document.
  private static func isLines(_ path: String) -> Bool { path.hasSuffix(".jsonl") }

  static func read(_ path: String) throws {
    let text = try FileText.read(path)
    if isLines(path) {
      try TextLines.read(JSONValues(text)) { _ in }
    } else {
      _ = try JSON(reading: text)
    }
  }

  static func pretty(_ path: String) throws {
    var buffer = OutputBuffer(descriptor: 1)
    try prettyPrint(path) { buffer.write($0) }
    buffer.flush()
  }

  /// Does what `pretty` does but for the writing, and prints the bytes of memory that it took.
  static func peak(_ path: String) throws {
    var count = 0
    try prettyPrint(path) { count += $0.count }
    Output.text("\(PeakMemory.bytes) \(count)\n")
  }

  static func warm(_ path: String, rounds: Int) throws {
    let text = try FileText.read(path)
    let reading = TextReading(text, isLines: false)
    var best = Double.infinity
    for _ in 0..<rounds {
      let values = JSONValues(text)
      let seconds =
        isLines(path)
        ? try Stopwatch.seconds { try TextLines.read(values) { _ in } } : try reading.read().seconds
      best = min(best, seconds)
    }
    Output.text("\(Int(Double(text.count) / best / 1e6))\n")
  }

  static func diagnose(_ path: String, rounds: Int) throws {
    let text = try FileText.read(path)
    let reading = TextReading(text, isLines: isLines(path))
    let best = (0..<rounds).map { _ in reading.diagnose() }.min() ?? .infinity
    Output.text("\(Int(Double(text.count) / best / 1e6))\n")
  }

  private static func prettyPrint(
    _ path: String, _ output: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    var printer = JSONPrinter(JSONFormatter(width: 0), paint: Colours.paint)
    let text = try FileText.read(path)
    if isLines(path) {
      var values = JSONValues(text)
      try values.forEach { value in
        printer.add(value, to: output)
        printer.newLine()
      }
    } else {
      printer.add(try JSON(reading: text), to: output)
      printer.newLine()
    }
    printer.finish(to: output)
  }
}
