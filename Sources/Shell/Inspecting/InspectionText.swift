import JSONRPC
import LosslessJSON
import Terminal
import View

/// An inspection as text: what the text was taken for, the findings, what could be read, a summary.
struct InspectionText {
  private let inspection: Inspection
  private let width: Int
  private let isWrapped: Bool
  private let isFull: Bool

  /// A text for a screen of that width. What could be read of a broken message is cut to some dozen
  /// lines unless it is to be full.
  init(_ inspection: Inspection, width: Int, isWrapped: Bool, isFull: Bool = false) {
    self.inspection = inspection
    self.width = width
    self.isWrapped = isWrapped
    self.isFull = isFull
  }

  /// All of it.
  var whole: StyledText {
    var parts = [StyledText(lines: [readAs])]
    let findings = inspection.findings.map(\.finding)
    let text = FindingText(
      width: width, source: .file(inspection.source), isBrief: false, isWrapped: isWrapped)
    for drawing in FindingList(text, in: inspection.bytes).all(findings) {
      parts.append(drawing)
    }
    if let mended { parts.append(mended) }
    parts.append(StyledText(lines: [summary] + unanswered))
    let isShort = parts.count == 2
    return parts.dropFirst().reduce(parts[0]) { $0 + StyledText(isShort ? "\n" : "\n\n") + $1 }
  }

  private var readAs: StyledText {
    let words = inspection.form.words(inspection.messages.count)
    let more = inspection.isTold ? "" : "; --as says otherwise"
    return StyledText("\(SafeText.escape(inspection.source)): read as \(words)\(more)", .dim)
  }

  // MARK: - What could be read

  /// The value of a single broken message, or of the reply of a pair.
  private var mended: StyledText? {
    guard inspection.messages.count <= 2, let last = inspection.messages.last,
      !last.diagnosis.isValid, let value = last.diagnosis.value, value.isContainer
    else { return nil }
    let (lines, bytes) = isFull ? (.max, .max) : (Self.lineLimit, Self.tokenLimit)
    let shown = JSONText.beginning(
      of: value, width: width, maxLines: lines, maxTokenBytes: bytes)
    let text = StyledText("what could be read:\n", .dim) + shown.text
    if shown.isWhole { return text }
    let more =
      shown.omittedLines == 0
      ? ""
      : "\(Units.text(count: shown.omittedLines)) more \(shown.omittedLines == 1 ? "line" : "lines"); "
    return text + StyledText("\n… \(more)`--full` shows all of it", .dim)
  }

  /// How many lines are shown of what could be read, and how many bytes of a string.
  private static let lineLimit = 40
  private static let tokenLimit = 400

  // MARK: - The summary

  private var summary: StyledText {
    let count = FindingList.count(inspection.findings.map(\.finding))
    let subject = inspection.messages.count == 1 ? Self.description(inspection.messages[0]) : all
    guard let count else { return StyledText("\(subject): nothing wrong", .success) }
    let isBad = inspection.findings.contains { $0.finding.severity != .note }
    let role: Role = inspection.hasErrors ? .error : isBad ? .warning : .note
    return StyledText(count, role) + StyledText(" in \(subject)")
  }

  private var all: String {
    let messages = inspection.messages
    if messages.isEmpty { return "a text without messages" }
    if inspection.form == .pair { return messages.map(Self.description).joined(separator: " and ") }
    let calls = messages.count { $0.isRequest }
    let notifications = messages.count { $0.isCall && !$0.isRequest }
    let replies = messages.count { $0.message != nil && !$0.isCall }
    let parts = [
      Self.count(calls, "request"), Self.count(replies, "reply", "replies"),
      Self.count(notifications, "notification"),
      Self.count(messages.count - calls - notifications - replies, "broken", "broken"),
    ].compactMap { $0 }
    return "\(Units.text(count: messages.count)) messages (\(parts.joined(separator: ", ")))"
  }

  private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String? {
    if number == 0 { return nil }
    return "\(Units.text(count: number)) \(number == 1 ? one : many ?? one + "s")"
  }

  private var unanswered: [StyledText] {
    let all = inspection.unanswered
    var places = TextPlaces(in: inspection.bytes)
    var lines = all.prefix(10).map { message in
      let place = FindingSource.file(inspection.source).text(
        places.position(of: message.range.lowerBound))
      return StyledText("no reply to ", .warning)
        + StyledText("\(Self.description(message)) at \(SafeText.escape(place))")
    }
    if all.count > 10 { lines.append(StyledText("… and to \(all.count - 10) more", .dim)) }
    return lines
  }

  /// `a 2.0 result, id 1, 41 B`.
  static func description(_ message: InspectedMessage) -> String {
    let size = Units.text(bytes: message.size)
    let broken = message.diagnosis.isValid ? "" : "broken "
    switch message.message {
    case .request(let call):
      let id = call.id.map { ", id \(brief($0.json))" } ?? ""
      return
        "a \(broken)\(call.version.rawValue) request, \(brief(call.method))\(id), \(size)"
    case .notification(let call):
      return
        "a \(broken)\(call.version.rawValue) notification, \(brief(call.method)), \(size)"
    case .response(let response):
      let version = response.json["jsonrpc"] == nil ? "1.0" : "2.0"
      let code = response.error?.codeText.map { " \(SafeText.escape($0))" } ?? ""
      let id = response.id.map { "id \(brief($0.json))" } ?? "no id"
      return "a \(broken)\(version) \(response.ok ? "result" : "error\(code)"), \(id), \(size)"
    case .batch(let elements) where isBatch(elements):
      return "a \(broken)batch of \(Units.text(count: elements.count)), \(size)"
    case .other, .batch:
      let kind = message.diagnosis.value?.kind.rawValue ?? "nothing"
      return "\(broken)JSON that is no JSON-RPC (\(kind)), \(size)"
    case nil: return "a text of \(size) that is no JSON"
    }
  }

  private static func isBatch(_ elements: [Message]) -> Bool {
    elements.contains { if case .other = $0 { false } else { true } }
  }

  private static func brief(_ id: JSON) -> String { brief(id.text) }

  private static func brief(_ words: String) -> String {
    let text = SafeText.escape(words)
    return text.count > 40 ? "\(text.prefix(40))…" : text
  }
}
