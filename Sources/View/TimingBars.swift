public import Terminal
public import Wire

/// The steps of an exchange as bars on one scale.
public enum TimingBars {
  private struct Step {
    var name: String
    var start: Duration
    var end: Duration
    var role: Role
  }

  /// One line a step: its name, how long it took, and a bar where it lies in the whole.
  public static func lines(_ timings: Timings, width: Int) -> [StyledText] {
    let steps = steps(timings)
    guard let total = steps.map(\.end).max() else {
      return [StyledText("nothing was measured", .dim)]
    }
    let room = max(10, min(60, width - 34))
    let lines = steps.map { line($0, total: total, room: room) }
    var footer = StyledText("total         ", .strong)
    footer.append(right(Units.text(total), 9), .number)
    guard timings.reusedConnection else { return lines + [footer] }
    let remark = StyledText("(connection used again)", .dim)
    let isWide = footer.columns + 2 + remark.columns <= width
    return lines + (isWide ? [footer + "  " + remark] : [footer, remark])
  }

  private static func steps(_ timings: Timings) -> [Step] {
    var steps: [Step] = []
    var last = Duration.zero
    func add(_ name: String, _ end: Duration?, _ role: Role) {
      guard let end, end >= last else { return }
      steps.append(Step(name: name, start: last, end: end, role: role))
      last = end
    }
    add("name lookup", timings.nameLookup, .note)
    add("connect", timings.connected, .warning)
    add("TLS", timings.tls, .type)
    add("sent", timings.written, .outgoing)
    add("first byte", timings.firstByte, .success)
    add("last byte", timings.lastByte, .incoming)
    return steps
  }

  private static func line(_ step: Step, total: Duration, room: Int) -> StyledText {
    let scale = total > .zero ? Double(room) / seconds(total) : 0
    let start = min(room - 1, Int(seconds(step.start) * scale))
    let length = max(1, min(room - start, Int((seconds(step.end) * scale).rounded()) - start))
    var line = StyledText(left(step.name, 14))
    line.append(right(Units.text(step.end - step.start), 9), .number)
    line.append("  " + String(repeating: " ", count: start))
    line.append(String(repeating: "█", count: length), step.role)
    return line
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(text)))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth(text))) + text
  }
}
