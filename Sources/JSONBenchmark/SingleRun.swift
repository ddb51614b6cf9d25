import LosslessJSON

/// What a process does once, to be timed or weighed from outside.
enum SingleRun {
  /// Whether each line of the file is a document.
  private static func isLines(_ path: String) -> Bool { path.hasSuffix(".jsonl") }

  static func read(_ path: String) throws {
    if isLines(path) {
      _ = try TextReading(try FileText.read(path), isLines: true).read()
    } else {
      _ = try JSON(reading: try FileText.read(path))
    }
  }

  static func pretty(_ path: String) throws {
    try prettyPrint(path) { Output.write($0, to: 1) }
  }

  /// Does what `pretty` does but for the writing, and prints the bytes of memory that it took.
  static func peak(_ path: String) throws {
    var count = 0
    try prettyPrint(path) { count += $0.count }
    Output.text("\(PeakMemory.bytes) \(count)\n")
  }

  static func warm(_ path: String, rounds: Int) throws {
    let text = try FileText.read(path)
    let reading = TextReading(text, isLines: isLines(path))
    var best = Double.infinity
    for _ in 0..<rounds { best = min(best, try reading.read().seconds) }
    Output.text("\(Int(Double(text.count) / best / 1e6))\n")
  }

  private static func prettyPrint(
    _ path: String, _ output: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    let formatter = JSONFormatter(width: 0)
    let newline: [UInt8] = [0x0A]
    guard isLines(path) else {
      let value = try JSON(reading: try FileText.read(path))
      formatter.write(value, paint: Colours.paint, to: output)
      newline.withUnsafeBufferPointer(output)
      return
    }
    for value in try TextReading(try FileText.read(path), isLines: true).read().values {
      formatter.write(value, paint: Colours.paint, to: output)
      newline.withUnsafeBufferPointer(output)
    }
  }
}
