import LosslessJSON

/// A comparison as the XML that continuous integration reads: a test case for each exchange.
public struct JUnitReport: Sendable {
  private let name: String
  private var cases: [[UInt8]] = []
  private var failures = 0
  private var skipped = 0
  private var seconds = 0.0

  /// A report of that name with no cases.
  public init(name: String) { self.name = name }

  /// Adds a comparison; `details` says what is different.
  public mutating func add(_ compared: ComparedExchange, group: String, details: String) {
    let took = compared.diff?.latency.new ?? .zero
    seconds += took.inSeconds
    var text = "    <testcase classname=\"\(Self.escaped(group))\""
    text += " name=\"\(Self.escaped("\(compared.number) \(compared.name)"))\""
    text += " time=\"\(Self.decimal(took.inSeconds))\""
    switch compared.verdict {
    case .same: text += "/>\n"
    case .notSent:
      skipped += 1
      text += "><skipped/></testcase>\n"
    default:
      failures += 1
      text += ">\n      <failure message=\"\(Self.escaped(compared.verdict.rawValue))\">"
      text += Self.escaped(details) + "</failure>\n    </testcase>\n"
    }
    cases.append(Array(text.utf8))
  }

  /// The whole file.
  public var bytes: [UInt8] {
    let facts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" "
      + "time=\"\(Self.decimal(seconds))\""
    let head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(facts)>\n"
      + "  <testsuite name=\"\(Self.escaped(name))\" \(facts)>\n"
    return Array(head.utf8) + cases.joined() + Array("  </testsuite>\n</testsuites>\n".utf8)
  }

  /// Seconds with six decimals.
  private static func decimal(_ seconds: Double) -> String {
    let micros = RecordedTime.micros(seconds)
    let fraction = String(micros % 1_000_000)
    return "\(micros / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
  }

  /// Text as XML has it; characters that XML 1.0 can't have become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var allowed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t": allowed.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": allowed.append("\u{FFFD}")
      default: allowed.append(scalar)
      }
    }
    return HTMLText.escaped(String(allowed))
  }
}
