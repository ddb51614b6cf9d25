/// Durations and sizes as people read them.
public enum Units {
  /// `0.8 ms`, `12.4 ms`, `1.25 s`, `2 min 5 s`: three digits at the most.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let total = Double(seconds) + Double(attoseconds) / 1e18
    switch abs(total) {
    case ..<0.000_999_5: return "\(rounded(total * 1e6, digits: 0)) µs"
    case ..<0.009_995: return "\(rounded(total * 1e3, digits: 2)) ms"
    case ..<0.099_95: return "\(rounded(total * 1e3, digits: 1)) ms"
    case ..<0.999_5: return "\(rounded(total * 1e3, digits: 0)) ms"
    case ..<9.995: return "\(rounded(total, digits: 2)) s"
    case ..<119.95: return "\(rounded(total, digits: 1)) s"
    default: return "\(Int(total) / 60) min \(Int(total) % 60) s"
    }
  }

  /// `0 B`, `512 B`, `1.5 kB`, `12.3 MB`, in powers of ten.
  public static func text(bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    var value = Double(bytes)
    var unit = 0
    let names = ["B", "kB", "MB", "GB", "TB"]
    // What would round to 1000 is one of the next unit.
    while value >= 999.5, unit < names.count - 1 {
      value /= 1000
      unit += 1
    }
    return "\(rounded(value, digits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)) \(names[unit])"
  }

  /// `1,234,567`.
  public static func text(count: Int) -> String {
    var digits = Array(String(count))
    var place = digits.count - 3
    while place > (count < 0 ? 1 : 0) {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  private static func rounded(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard digits > 0 else { return String(whole) }
    let fraction = String(abs(whole) % Int(scale))
    let padding = String(repeating: "0", count: digits - fraction.count)
    return "\(whole / Int(scale)).\(padding)\(fraction)"
  }
}
