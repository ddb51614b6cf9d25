#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A moment as the clock on the wall shows it.
struct LocalTime {
  private let fields: tm
  private let millisecond: Int

  /// The moment of so many seconds since 1970; what no clock shows is 1970.
  init(_ seconds: Double) {
    let isSane = seconds > -1e11 && seconds < 1e11
    let whole = isSane ? seconds.rounded(.down) : 0
    millisecond = isSane ? Int((seconds - whole) * 1000) : 0
    var time = time_t(whole)
    var fields = tm()
    localtime_r(&time, &fields)
    self.fields = fields
  }

  /// `2026-11-21`
  var date: String { "\(fields.tm_year + 1900)-\(two(fields.tm_mon + 1))-\(two(fields.tm_mday))" }

  /// `2026-11-21 14:00`
  var minutes: String { "\(date) \(two(fields.tm_hour)):\(two(fields.tm_min))" }

  /// `14:00:52.123`
  var clock: String {
    let digits = String(1000 + millisecond).dropFirst()
    return "\(two(fields.tm_hour)):\(two(fields.tm_min)):\(two(fields.tm_sec)).\(digits)"
  }

  private func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
