import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

extension Workspace {
  /// What is told of a request from the server, which the dialect answers; nil to show it as it is.
  func asked(_ call: ReceivedCall, _ exchange: Exchange) -> [StyledText]? {
    switch call.method {
    case "client/registerCapability":
      return registered(update { $0.capabilities.register(call.params) }, "from now on")
    case "client/unregisterCapability":
      return registered(update { $0.capabilities.unregister(call.params) }, "no more")
    case "workspace/configuration": return configuration(call.params)
    case "workspace/applyEdit": return edit(call.params)
    case "window/showDocument": return [shown(call.params)]
    case "window/showMessageRequest":
      // A person who is there saw the question when it came.
      return exchange.answeredBy == .dialect ? unanswered(call) : nil
    case "workspace/diagnostic/refresh":
      update { state in state.stale.formUnion(state.documents.all.map(\.path)) }
      return []
    case "window/workDoneProgress/create", "workspace/workspaceFolders": return []
    default:
      return call.method.hasSuffix("/refresh") && exchange.answer != nil ? [] : nil
    }
  }

  private func registered(_ methods: [String], _ when: String) -> [StyledText] {
    if methods.isEmpty { return [] }
    update { $0.hasRegistered = true }
    let names = Set(methods).sorted().map { SafeText.escape($0) }.joined(separator: ", ")
    return [StyledText("the server offers \(names) \(when)", .dim)]
  }

  /// A word once about each section that is asked for.
  private func configuration(_ params: JSON?) -> [StyledText] {
    let sections = params?["items"]?.elements.map { $0["section"]?.string ?? "all" } ?? []
    let new = update { state in
      Set(sections).filter { state.told.insert("configuration \($0)").inserted }.sorted()
    }
    if new.isEmpty { return [] }
    let names = SafeText.escape(new.joined(separator: ", "))
    return [
      StyledText(
        "the server asks for the settings \(names); `.set configuration FILE` gives some", .dim)
    ]
  }

  private func edit(_ params: JSON?) -> [StyledText] {
    guard let edit = params?["edit"] else { return [] }
    update { $0.edit = edit }
    let label = params?["label"]?.string.map { " (\(Self.firstLine($0)))" } ?? ""
    let head = StyledText(
      "the server wants to edit\(label); it was refused, and `.apply` does it all the same:", .note)
    return [head] + EditText.workspace(edit, sources).map { StyledText("  ") + $0 }
  }

  private func shown(_ params: JSON?) -> StyledText {
    let uri = params?["uri"]?.string ?? ""
    let sources = sources
    var line = StyledText("the server shows ", .note)
    line.append(sources.name(uri), .method)
    if let range = LSPRange(params?["selection"]) {
      let place = sources.place(range.start, in: sources.text(uri))
      line.append(":\(place.line):\(place.column)", .number)
    }
    return line
  }

  /// A question for a person, where there is none.
  private func unanswered(_ call: ReceivedCall) -> [StyledText] {
    var head = StyledText("the server asks| ", .warning)
    head.append(Self.firstLine(call.params?["message"]?.string ?? ""), .serverText)
    return [head, StyledText("  nobody is there to choose: answered with null", .dim)]
  }
}
