import LosslessJSON
import Session
import Terminal
import View

extension Workspace {
  /// How often the same thing is worth a line.
  private static let pause = Duration.seconds(1)

  /// `$/progress`: its beginning, its end, and now and then how far it is.
  func progress(_ params: JSON?) -> [StyledText]? {
    guard let token = params?["token"]?.text, let value = params?["value"] else { return nil }
    switch value["kind"]?.string {
    case "begin": return begin(token, value["title"]?.string ?? "", value)
    case "report": return report(token, Self.howFar(value))
    case "end": return end(token, value["message"]?.string ?? "")
    // A partial result belongs to a call.
    default: return nil
    }
  }

  /// The same of a build server.
  func task(_ method: String, _ params: JSON?) -> [StyledText]? {
    guard let token = params?["taskId"]?["id"]?.text else { return nil }
    let message = params?["message"]?.string ?? ""
    switch method {
    case "build/taskStart": return begin(token, message.isEmpty ? "a task" : message, [:])
    case "build/taskProgress":
      var words = [message]
      if let total = params?["total"]?.int, let done = params?["progress"]?.int {
        words.append("\(done)/\(total)")
      }
      return report(token, words.filter { !$0.isEmpty }.joined(separator: " "))
    default:
      let states = [1: "done", 2: "failed", 3: "cancelled"]
      let state = (params?["status"]?.int).flatMap { states[$0] } ?? "done"
      return end(token, message.isEmpty ? state : "\(state): \(message)")
    }
  }

  private func begin(_ token: String, _ title: String, _ value: JSON) -> [StyledText] {
    update { state in
      // A server may begin without end.
      if state.progress.count < 1000 {
        state.progress[token] = ProgressReport(title: title, shownAt: .now)
      }
    }
    let rest = Self.howFar(value)
    return [Self.line(title, rest.isEmpty ? "begins" : rest)]
  }

  private func report(_ token: String, _ words: String) -> [StyledText] {
    let title = update { state -> String? in
      guard let known = state.progress[token], known.shownAt + Self.pause < .now else {
        return nil
      }
      state.progress[token]?.shownAt = .now
      return known.title
    }
    return title.map { [Self.line($0, words)] } ?? []
  }

  private func end(_ token: String, _ message: String) -> [StyledText] {
    let title = update { $0.progress.removeValue(forKey: token)?.title }
    return [Self.line(title ?? "", message.isEmpty ? "done" : message)]
  }

  private static func line(_ title: String, _ words: String) -> StyledText {
    var line = StyledText("progress| ", .note)
    if !title.isEmpty { line.append(firstLine(title) + ": ", .serverText) }
    line.append(firstLine(words), .dim)
    return line
  }

  /// `12 % 3/20 files`
  private static func howFar(_ value: JSON) -> String {
    let percent = value["percentage"]?.number.map { "\($0) %" }
    return [percent, value["message"]?.string].compactMap { $0 }.joined(separator: " ")
  }
}
