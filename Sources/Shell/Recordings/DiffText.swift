import LosslessJSON
import Recording
import Session
import Terminal
import View
import Wire

/// What is different between two exchanges, path by path: `-` the old, `+` the new, or both beside
/// each other.
struct DiffText {
  var width: Int
  /// Old and new beside each other.
  var isSideBySide = false
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
      lines += both(JSONText.raw(old, limit: 2000), JSONText.raw(new, limit: 2000))
    }
    if !diff.removedFindings.isEmpty || !diff.addedFindings.isEmpty {
      lines.append(StyledText("findings", .heading))
      for rule in diff.removedFindings { lines += both(Self.safe(rule), nil) }
      for rule in diff.addedFindings { lines += both(nil, Self.safe(rule)) }
    }
    if diff.isLatencyDifferent {
      lines.append(StyledText("latency", .heading) + Self.times(diff))
    }
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
    [StyledText(title, .heading)] + both(StyledText(old), StyledText(new))
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
      let from = change.oldPath.map(\.description) ?? "elsewhere"
      text.append(" moved from \(SafeText.escape(from))", .dim)
    case .respelled: text.append(" the same number, spelt differently", .dim)
    case .hidden: text.append(" hidden by a later member of that name", .dim)
    case .added, .removed, .changed: break
    }
    return text
  }

  private func values(_ old: JSON?, _ new: JSON?) -> [StyledText] {
    let room = isSideBySide ? half : width - 6
    if let old, let new, let (one, two) = StringDifference.lines(old, new, width: room) {
      return both(one, two)
    }
    return both(old.map(pretty), new.map(pretty))
  }

  private func pretty(_ value: JSON) -> StyledText {
    let (text, omitted) = JSONText.pretty(
      value, width: isSideBySide ? half : width - 6, maxLines: maxLines, maxTokenBytes: 2000)
    return omitted == 0 ? text : text + StyledText("\n… \(omitted) more lines", .dim)
  }

  // MARK: - Old and new

  /// Columns of one side: four are taken by what is set in, three by the line between.
  private var half: Int { max(10, (width - 4 - 3) / 2) }

  private func both(_ old: StyledText?, _ new: StyledText?) -> [StyledText] {
    if isSideBySide { return beside(old?.lines ?? [], new?.lines ?? []) }
    return (old.map { signed("- ", .error, $0) } ?? [])
      + (new.map { signed("+ ", .success, $0) } ?? [])
  }

  private func signed(_ sign: String, _ role: Role, _ text: StyledText) -> [StyledText] {
    text.lines.map { StyledText(sign, role) + $0 }
  }

  private func beside(_ old: [StyledText], _ new: [StyledText]) -> [StyledText] {
    (0..<max(old.count, new.count)).map { row in
      let left = row < old.count ? old[row].truncated(to: half) : StyledText()
      let right = row < new.count ? new[row].truncated(to: half) : StyledText()
      let gap = String(repeating: " ", count: max(0, half - left.columns))
      let sign = row >= new.count ? "<" : row >= old.count ? ">" : "│"
      let role: Role = sign == "<" ? .error : sign == ">" ? .success : .dim
      let line = left + StyledText(gap + " ") + StyledText(sign, role)
      return right.isEmpty ? line : line + StyledText(" ") + right
    }
  }
}

extension DiffText {
  /// `  3  differs  search  1.2 ms, then 1.3 ms`
  func line(_ compared: ComparedExchange) -> StyledText {
    let number = String(compared.number)
    let verdict = compared.verdict.rawValue
    func padded(_ text: String, _ count: Int) -> String {
      text + String(repeating: " ", count: max(0, count - text.count))
    }
    var line = StyledText(
      String(repeating: " ", count: max(0, 4 - number.utf8.count)) + number + "  ", .number)
    line.append(padded(verdict, 14) + "  ", Self.role(compared.verdict))
    line.append(SafeText.escape(compared.name), .method)
    if let (old, new) = compared.diff?.latency, let old, let new {
      line.append("  \(Units.text(old)), then \(Units.text(new))", .dim)
    }
    return line
  }

  /// What is different, or what there is of an exchange that has no partner.
  func body(_ compared: ComparedExchange) -> [StyledText] {
    if let diff = compared.diff {
      let lines = lines(diff)
      guard case .failed(let error)? = compared.new?.ending, compared.verdict == .failed else {
        return lines
      }
      return lines + [StyledText(SafeText.escape(Complaint(error).message), .error)]
    }
    let isOld = compared.old != nil
    guard let exchange = compared.old ?? compared.new else { return [] }
    let bytes = exchange.request.isEmpty ? exchange.reply?.frame.bytes ?? [] : exchange.request
    let text = JSONText.line(bytes, limit: max(160, width * 2))
    return isOld ? both(text, nil) : both(nil, text)
  }

  /// How a verdict looks.
  static func role(_ verdict: ExchangeVerdict) -> Role {
    switch verdict {
    case .same: .success
    case .differs, .nowResult, .nowReply, .otherFindings, .otherStatus, .slower, .added: .warning
    case .notSent: .dim
    case .nowError, .noReply, .malformed, .failed, .missing: .error
    }
  }
}
