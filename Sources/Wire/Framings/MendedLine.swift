import LosslessJSON

/// A message that another writer's log line cut in two: `{"a":INFO: started⏎1}`.
struct MendedLine: Sendable {
  /// The message without the log line.
  let message: [UInt8]
  /// The log line.
  let log: [UInt8]
  /// What is said of it, with what came as evidence.
  let finding: Finding

  /// The longest lines that are tried, and the most places in one.
  private static let sizeLimit = 64 << 10
  private static let placeLimit = 16

  /// Looks whether a log line begins somewhere on the first line, so that what stands before it
  /// makes valid JSON with the second line.
  init?(_ first: [UInt8], _ second: [UInt8]) {
    guard first.count + second.count <= Self.sizeLimit, let last = second.last,
      last == Byte.closeBrace || last == Byte.closeBracket
    else { return nil }
    guard !Self.isValid(first + [Byte.newline] + second) else { return nil }
    for place in Self.places(in: first) {
      let whole = Array(first[..<place]) + second
      guard Self.isValid(whole) else { continue }
      message = whole
      log = Array(first[place...])
      let shown = first + [Byte.newline] + second
      finding = StrayFinding.cutOut(shown, place..<first.count)
      return
    }
    return nil
  }

  private static func isValid(_ text: [UInt8]) -> Bool {
    do throws(JSONReadError) {
      _ = try JSON(reading: text)
      return true
    } catch {
      return false
    }
  }

  private static let words = [
    "INFO", "DEBUG", "WARN", "ERROR", "TRACE", "FATAL", "CRITICAL", "NOTICE", "Traceback", "panic",
    "info", "debug", "warn", "error", "Warning", "Error",
  ].map { Array($0.utf8) }

  /// Where a log line may begin: a level, a date, a time, a level or date in brackets, a colour.
  private static func places(in line: [UInt8]) -> [Int] {
    var found: [Int] = []
    for index in line.indices.dropFirst() where found.count < placeLimit {
      if opensLog(line[index...], after: line[index - 1]) { found.append(index) }
    }
    return found
  }

  private static func opensLog(_ rest: ArraySlice<UInt8>, after: UInt8) -> Bool {
    guard let first = rest.first else { return false }
    switch first {
    case 0x1B: return true
    case Byte.openBracket:
      let next = rest.dropFirst()
      return isDate(next) || isTime(next) || isLevel(next.drop { $0 == Byte.space })
    case let byte where Byte.isDigit(byte):
      return !Byte.isDigit(after) && (isDate(rest) || isTime(rest))
    default: return isLevel(rest)
    }
  }

  private static func isLevel(_ rest: ArraySlice<UInt8>) -> Bool {
    words.contains { rest.starts(with: $0) }
  }

  /// `2024-01-31` or `2024/01/31`.
  private static func isDate(_ rest: ArraySlice<UInt8>) -> Bool {
    fits(rest, "0000-00-00") || fits(rest, "0000/00/00")
  }

  /// `10:00:00`.
  private static func isTime(_ rest: ArraySlice<UInt8>) -> Bool { fits(rest, "00:00:00") }

  private static func fits(_ rest: ArraySlice<UInt8>, _ pattern: StaticString) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard rest.count >= length else { return false }
    return zip(rest, UnsafeBufferPointer(start: pattern.utf8Start, count: length)).allSatisfy {
      $1 == 0x30 ? Byte.isDigit($0) : $0 == $1
    }
  }
}
