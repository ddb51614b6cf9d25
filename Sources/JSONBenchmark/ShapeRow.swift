import LosslessJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The figures of one shape, as a line of a Markdown table.
enum ShapeRow {
  static let heading = """
    | shape | MB | read, MB/s | diagnose, MB/s | of reading | print, MB/s | in colour, MB/s \
    | peak memory | without the program |
    |---|---:|---:|---:|---:|---:|---:|---:|---:|

    """

  /// Measures and prints.
  static func print(_ shape: Shape, bytes: Int) throws {
    let text = shape.document(bytes: bytes)
    let peak = try peakRatio(text, shape)
    let reading = TextReading(text, isLines: shape.isLines)
    var times = Times()
    // The first round only warms up.
    for round in 0..<8 {
      let one = try Times(reading, flipped: round % 2 == 1)
      if round > 0 { times.add(one) }
    }
    let size = Double(text.count) / 1e6
    func rate(_ seconds: [Double]) -> String {
      String(Int((size / Stopwatch.median(seconds)).rounded()))
    }
    let ratio = Stopwatch.median(zip(times.diagnose, times.read).map { $0 / $1 })
    let cells = [
      shape.rawValue, String(Int(size.rounded())), rate(times.read), rate(times.diagnose),
      hundredths(ratio) + " ×", rate(times.print), rate(times.colour), peak,
    ]
    Output.text("| " + cells.joined(separator: " | ") + " |\n")
  }

  /// Seconds of each round.
  private struct Times {
    var read: [Double] = []
    var diagnose: [Double] = []
    var print: [Double] = []
    var colour: [Double] = []

    init() {}

    /// One round, diagnosing first if `flipped`.
    init(_ reading: TextReading, flipped: Bool) throws {
      if flipped { diagnose.append(reading.diagnose()) }
      let (seconds, values) = try reading.read()
      read.append(seconds)
      print.append(Self.layOut(values, nil))
      colour.append(Self.layOut(values, Colours.paint))
      if !flipped { diagnose.append(reading.diagnose()) }
    }

    mutating func add(_ more: Times) {
      read += more.read
      diagnose += more.diagnose
      print += more.print
      colour += more.colour
    }

    private static func layOut(_ values: [JSON], _ paint: JSONPaint?) -> Double {
      var printer = JSONPrinter(JSONFormatter(width: 0), paint: paint)
      var count = 0
      return Stopwatch.seconds {
        for value in values { printer.add(value) { count += $0.count } }
        printer.finish { count += $0.count }
      }
    }
  }

  /// The peak of a process that reads and prints the document, over its size; and the same beyond the
  /// peak of one whose document is empty.
  private static func peakRatio(_ text: [UInt8], _ shape: Shape) throws -> String {
    // Lines are read one by one, and what is kept of each is up to the program.
    if shape.isLines { return "– | –" }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/json-benchmark-\(getpid()).json"
    try FileText.write(text, to: path)
    defer { unlink(path) }
    guard let bytes = try peak(path) else { return "? | ?" }
    try FileText.write(Array("[]".utf8), to: path)
    let least = try peak(path) ?? 0
    let size = Double(text.count)
    return hundredths(bytes / size) + " × | " + hundredths((bytes - least) / size) + " ×"
  }

  private static func peak(_ path: String) throws -> Double? {
    try OwnProcess.output(["peak", path]).split(separator: " ").first.flatMap { Double($0) }
  }

  private static func hundredths(_ value: Double) -> String {
    let whole = Int((value * 100).rounded())
    let rest = whole % 100
    return "\(whole / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
