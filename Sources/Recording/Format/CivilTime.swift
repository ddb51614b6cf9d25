/// A moment as date and time of day, in UTC (proleptic Gregorian calendar).
struct CivilTime: Equatable {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// Microseconds within the second.
  var micro: Int

  /// The moment of so many seconds since 1970.
  init(_ seconds: Double) {
    let all = RecordedTime.micros(seconds)
    let micro = ((all % 1_000_000) + 1_000_000) % 1_000_000
    let whole = (all - micro) / 1_000_000
    let time = ((whole % 86400) + 86400) % 86400
    // Days since 1 March of year 0, in eras of 400 years.
    let days = (whole - time) / 86400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    hour = time / 3600
    minute = time / 60 % 60
    second = time % 60
    self.micro = micro
  }

  /// Seconds since 1970 of a date and time of day in UTC.
  static func seconds(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Double = 0
  ) -> Double {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Double(days * 86400 + hour * 3600 + minute * 60) + second
  }

  /// Reads `2026-11-21T14:00:52.123Z`, with a blank for the `T`, without the time, or with an offset.
  static func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = number(0..<4),
      let month = number(5..<7), (1...12).contains(month), let day = number(8..<10),
      (1...31).contains(day)
    else { return nil }
    if bytes.count == 10 { return seconds(year: year, month: month, day: day) }
    guard bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20, bytes.count >= 16,
      bytes[13] == 0x3A, let hour = number(11..<13), hour < 24, let minute = number(14..<16),
      minute < 60
    else { return nil }
    var at = 16
    var second = 0.0
    if at < bytes.count, bytes[at] == 0x3A {
      guard let whole = number(17..<19), whole < 61 else { return nil }
      second = Double(whole)
      at = 19
      if at < bytes.count, bytes[at] == 0x2E {
        let digits = bytes[(at + 1)...].prefix { (0x30...0x39).contains($0) }
        if digits.isEmpty { return nil }
        second += Double("0." + String(decoding: digits, as: UTF8.self)) ?? 0
        at = digits.endIndex
      }
    }
    guard let offset = offset(bytes[at...]) else { return nil }
    return seconds(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second - offset)
  }

  /// Seconds that `Z`, `+01:00`, `-0530` or nothing means.
  private static func offset(_ text: ArraySlice<UInt8>) -> Double? {
    guard let sign = text.first else { return 0 }
    if sign == 0x5A || sign == 0x7A { return text.count == 1 ? 0 : nil }
    guard sign == 0x2B || sign == 0x2D else { return nil }
    let digits = text.dropFirst().filter { $0 != 0x3A }
    guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let all = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    let seconds = Double(all / 100 * 3600 + all % 100 * 60)
    return sign == 0x2D ? -seconds : seconds
  }

  /// `2026-11-21T14:00:52.123456Z`.
  var text: String {
    func padded(_ number: Int, _ count: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(micro, 6))Z"
  }
}
