import Catalog
import Session
import Terminal

/// Takes what a probe found out, and says so.
struct ProbeReport: Sendable {
  let screen: Screen
  let knowledge: Shared<Knowledge>
  let source: Shared<(any DiscoverySource)?>
  /// What was known from an earlier run, and is used meanwhile.
  var remembered: MethodCatalog?
  /// Where the answer is remembered.
  var cache: CatalogCache?
  /// What can be learned where there is no answer.
  var past: PastCalls?

  /// Takes an answer; if it was asked for, what was asked is told too.
  func take(_ report: Discovery.Report, isAsked: Bool) async {
    if isAsked {
      for (method, answer) in report.asked {
        screen.note(StyledText("\(SafeText.escape(method)): \(words(answer))", .note))
      }
    }
    if let catalog = report.catalog {
      knowledge.update { if !$0.isFixed { $0.catalog = catalog } }
      source.value = report.source
      tell(catalog)
      cache?.save(catalog, dialect: report.dialect)
    } else if let remembered {
      keepOrForget(remembered, report)
    } else {
      tellOfNothing(report, isAsked: isAsked)
      if let past { await Self.learn(past, knowledge, screen) }
    }
  }

  /// Says how many methods there are, and what is new since they were remembered.
  private func tell(_ catalog: MethodCatalog) {
    guard let remembered else { return screen.note(Self.words(catalog)) }
    if CatalogDocument.write(catalog) == CatalogDocument.write(remembered) { return }
    let added = catalog.methods.count { remembered[$0.name] == nil }
    let gone = remembered.methods.count { catalog[$0.name] == nil }
    let news = [
      added > 0 ? "\(added) new" : "", gone > 0 ? "\(gone) gone" : "",
      added + gone == 0 ? "described anew" : "",
    ].filter { !$0.isEmpty }
    screen.note(
      StyledText("the server offers something else now: \(news.joined(separator: ", "))", .note))
    screen.note(Self.words(catalog))
  }

  /// A server that can't be asked now may offer what it did; one that refuses offers it no more.
  private func keepOrForget(_ remembered: MethodCatalog, _ report: Discovery.Report) {
    switch report.asked.last?.answer {
    case .silence, .lostConnection, .failed, nil:
      screen.note(
        StyledText("the server did not say what it offers; what is remembered is used", .dim))
    default:
      knowledge.update { if !$0.isFixed { $0.catalog = .init() } }
      source.value = nil
      cache?.forget()
      screen.note(
        StyledText(
          "the server does not say any more what it offers; what was remembered is forgotten",
          .warning))
    }
  }

  private func tellOfNothing(_ report: Discovery.Report, isAsked: Bool) {
    if let last = report.asked.last, last.answer == .lostConnection {
      screen.note(
        StyledText(
          "the connection was lost while \(SafeText.escape(last.method)) was asked; the next call connects again without asking (--no-discover never asks)",
          .warning))
    } else if !isAsked {
      screen.note(
        StyledText(
          "no methods are known: `.discover` asks the server again, --openrpc FILE tells of them",
          .dim))
    } else {
      screen.note(StyledText("the server does not say what it offers", .warning))
    }
  }

  /// Learns from what was kept of a target, and says so.
  static func learn(
    _ past: PastCalls, _ knowledge: Shared<Knowledge>, _ screen: Screen
  ) async {
    let learned = await Blocking.run { past.learned() }
    let count = learned.names.count
    let isTaken = knowledge.update { known in
      guard known.catalog.isEmpty, known.learned.isEmpty, count > 0 else { return false }
      known.learned = learned
      return true
    }
    guard isTaken else { return }
    screen.note(
      StyledText(
        "\(count) method\(count == 1 ? "" : "s") learned from earlier sessions: "
          + "Tab completes them, `.methods` lists them", .note))
  }

  /// How many methods are known now, and from where.
  static func words(_ catalog: MethodCatalog, isRemembered: Bool = false) -> StyledText {
    let count = catalog.methods.count
    let title = catalog.title.isEmpty ? "" : " of \(SafeText.escape(catalog.title))"
    let origin = isRemembered ? "remembered from " : "from "
    return StyledText(
      "\(count) method\(count == 1 ? "" : "s")\(title), \(origin)\(SafeText.escape(catalog.source)): "
        + "Tab completes them, `.methods` lists them", .note)
  }

  private func words(_ answer: Discovery.Report.Answer) -> String {
    switch answer {
    case .methods(let count): count == 1 ? "1 method" : "\(count) methods"
    case .refused(let text): "refused: \(SafeText.escape(text))"
    case .useless: "an answer that describes nothing"
    case .silence: "no answer"
    case .noReply(let status): "no JSON-RPC (\(SafeText.escape(status)))"
    case .lostConnection: "the connection was lost"
    case .failed(let text): SafeText.escape(text)
    }
  }
}
