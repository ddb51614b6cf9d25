import Catalog
import Session
import Terminal

/// Takes what a probe found out, and says so.
struct ProbeReport: Sendable {
  let screen: Screen
  let knowledge: Shared<Knowledge>
  let source: Shared<(any DiscoverySource)?>

  /// Takes an answer; if it was asked for, a refusal is worth a word too.
  func take(_ report: Discovery.Report, isAsked: Bool) {
    if let catalog = report.catalog {
      knowledge.update { if !$0.isFixed { $0.catalog = catalog } }
      source.value = report.source
      screen.note(Self.words(catalog))
      return
    }
    if let last = report.asked.last, last.answer == .lostConnection {
      screen.note(
        StyledText(
          "the connection was lost while \(last.method) was asked; the next call connects again without asking (--no-discover never asks)",
          .warning))
    } else if !isAsked {
      screen.note(
        StyledText(
          "no methods are known: `.discover` asks the server again, --openrpc FILE tells of them",
          .dim))
    } else {
      for (method, answer) in report.asked {
        screen.note(StyledText("\(method): \(SafeText.escape(words(answer)))", .note))
      }
      screen.note(StyledText("the server does not say what it offers", .warning))
    }
  }

  /// How many methods are known now, and from where.
  static func words(_ catalog: MethodCatalog) -> StyledText {
    let count = catalog.methods.count
    let title = catalog.title.isEmpty ? "" : " of \(SafeText.escape(catalog.title))"
    return StyledText(
      "\(count) method\(count == 1 ? "" : "s")\(title), from \(SafeText.escape(catalog.source)): "
        + "Tab completes them, `.methods` lists them", .note)
  }

  private func words(_ answer: Discovery.Report.Answer) -> String {
    switch answer {
    case .methods(let count): "\(count) methods"
    case .refused(let text): "refused: \(text)"
    case .useless: "an answer that describes nothing"
    case .silence: "no answer"
    case .lostConnection: "the connection was lost"
    case .failed(let text): text
    }
  }
}
