import LosslessJSON
import Recording
import Session
import Terminal
import View

/// What is different between two exchanges, path by path: `-` the old, `+` the new.
struct DiffText {
  var width: Int
  /// The most lines of one value that are shown.
  var maxLines = 40

  /// The lines, with the two exchanges named above them.
  func lines(_ diff: ExchangeDiff, _ old: Exchange, _ new: Exchange) -> [StyledText] {
    let body = lines(diff)
    if body.isEmpty { return [StyledText("no difference", .success) + Self.times(diff)] }
    return [Self.name("---", old, .error), Self.name("+++", new, .success)] + body
  }

  /// The lines about what is different; none if nothing is.
  func lines(_ diff: ExchangeDiff) -> [StyledText] {
    var lines: [StyledText] = []
    if let (old, new) = diff.status { lines += pair("status", old.rawValue, new.rawValue) }
    if let (old, new) = diff.http {
      lines += pair("HTTP status", old.map { "\($0)" } ?? "none", new.map { "\($0)" } ?? "none")
    }
    for part in diff.parts { lines += self.lines(part) }
    if let (old, new) = diff.bodies {
      lines.append(StyledText("body", .heading))
      lines += signed("- ", .error, JSONText.raw(old, limit: 2000))
      lines += signed("+ ", .success, JSONText.raw(new, limit: 2000))
    }
    if !diff.removedFindings.isEmpty || !diff.addedFindings.isEmpty {
      lines.append(StyledText("findings", .heading))
      for rule in diff.removedFindings { lines += signed("- ", .error, Self.safe(rule)) }
      for rule in diff.addedFindings { lines += signed("+ ", .success, Self.safe(rule)) }
    }
    if diff.isLatencyDifferent { lines.append(Self.times(diff)) }
    return lines
  }

  private static func name(_ sign: String, _ exchange: Exchange, _ role: Role) -> StyledText {
    let method = SafeText.escape(exchange.method ?? "(\(exchange.kind))")
    let time = exchange.duration.map { ", \(Units.text($0))" } ?? ""
    return StyledText("\(sign) ", role) + StyledText("\(exchange.number) ", .number)
      + StyledText(method, .method) + StyledText(time, .dim)
  }

  private static func times(_ diff: ExchangeDiff) -> StyledText {
    guard let old = diff.latency.old, let new = diff.latency.new else { return StyledText() }
    return StyledText(" (took \(Units.text(old)), then \(Units.text(new)))", .dim)
  }

  private static func safe(_ text: String) -> StyledText { StyledText(SafeText.escape(text)) }

  private func pair(_ title: String, _ old: String, _ new: String) -> [StyledText] {
    [StyledText(title, .heading)] + signed("- ", .error, StyledText(old))
      + signed("+ ", .success, StyledText(new))
  }

  private func signed(_ sign: String, _ role: Role, _ text: StyledText) -> [StyledText] {
    text.lines.map { StyledText(sign, role) + $0 }
  }

  // MARK: - Values

  private func lines(_ part: ExchangeDiff.PartDiff) -> [StyledText] {
    let name = part.part.rawValue + (part.place.map { "[\($0)]" } ?? "")
    guard let diff = part.diff else {
      return [StyledText(name, .heading)] + values(part.old, part.new)
    }
    var lines = diff.changes.flatMap { change in
      [heading(name, change)] + (change.kind == .moved ? [] : values(change.old, change.new))
    }
    if diff.isApproximate {
      lines.append(
        StyledText("too much is different: elements were compared place by place", .note))
    }
    return lines
  }

  private func heading(_ name: String, _ change: JSONChange) -> StyledText {
    var text = StyledText(name, .heading)
    if !change.path.steps.isEmpty { text.append(SafeText.escape(change.path.description), .key) }
    switch change.kind {
    case .moved:
      text.append(" moved from \(change.oldPath.map(\.description) ?? "elsewhere")", .dim)
    case .respelled: text.append(" the same number, spelt differently", .dim)
    case .hidden: text.append(" hidden by a later member of that name", .dim)
    case .added, .removed, .changed: break
    }
    return text
  }

  private func values(_ old: JSON?, _ new: JSON?) -> [StyledText] {
    (old.map { signed("- ", .error, pretty($0)) } ?? [])
      + (new.map { signed("+ ", .success, pretty($0)) } ?? [])
  }

  private func pretty(_ value: JSON) -> StyledText {
    let (text, omitted) = JSONText.pretty(
      value, width: width - 2, maxLines: maxLines, maxTokenBytes: 2000)
    return omitted == 0 ? text : text + StyledText("\n… \(omitted) more lines", .dim)
  }
}
