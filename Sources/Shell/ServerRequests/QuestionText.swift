import JSONRPC
import LosslessJSON
import Terminal
import View

/// The server's questions as text. All of it comes from outside: it goes through `SafeText`.
enum QuestionText {
  /// What stands above the fields of a form, or above the line for the answer.
  ///
  /// `isOpen` says that the answer is read right below.
  static func introduction(
    _ question: Question, _ call: ReceivedCall, width: Int, isOpen: Bool = true
  ) -> StyledText {
    switch question {
    case .form(let message, _):
      return StyledText(
        lines: [heading("the server asks: ", message)] + more(message)
          + (isOpen ? [hint("Ctrl-C declines, Ctrl-D cancels")] : []))
    case .link(let message, let url):
      return StyledText(
        lines: [heading("the server wants you to open a page: ", message)] + more(message) + [
          StyledText("  ") + StyledText(SafeText.escape(url), .strong),
          hint("it is not opened for you; look at the address before you do"),
        ])
    case .sampling(let params):
      let size = params["maxTokens"].map { ", at most \(SafeText.escape($0.text)) tokens" } ?? ""
      var lines = [StyledText("the server asks for a model's answer\(size)", .note)]
      if let prompt = params["systemPrompt"]?.string { lines += said("system", prompt) }
      for message in (params["messages"] ?? []).elements {
        let role = message["role"]?.string ?? "?"
        for part in parts(of: message) { lines += said(role, part) }
      }
      if isOpen { lines.append(hint("type the answer; Ctrl-C refuses")) }
      return StyledText(lines: lines)
    case .choice(let message, let actions):
      let choices = actions.prefix(20).enumerated().map { place, action in
        StyledText("  [\(place + 1)] ", .dim)
          + StyledText(SafeText.escape(Question.title(action)), .strong)
      }
      return StyledText(
        lines: [heading("the server asks: ", message)] + more(message) + choices
          + (isOpen ? [hint("a number; Ctrl-C chooses none")] : []))
    case .other:
      var line = StyledText("the server asks ", .note)
      line.append(SafeText.escape(call.method), .method)
      if let params = call.params {
        line += StyledText(" ") + JSONText.line(params.bytes, limit: max(160, width * 2))
      }
      return StyledText(
        lines: [line, hint("the result as JSON, or `error CODE TEXT`; Ctrl-C refuses")])
    }
  }

  /// The line that tells how a question is answered later.
  static func waiting(_ number: Int, _ question: Question) -> StyledText {
    switch question {
    case .form, .link, .sampling: hint("`.answer` asks it, `.answer \(number) decline` declines")
    case .choice: hint("`.answer 1` chooses the first, `.answer decline` none")
    case .other: hint("  or with `.answer \(number) RESULT`")
    }
  }

  /// One of several in a list.
  static func summary(_ number: Int, _ call: ReceivedCall, width: Int) -> StyledText {
    var line = StyledText("\(number) ", .number)
    line.append(SafeText.escape(call.method), .method)
    let words =
      call.params?["message"]?.string.map { SafeText.escape($0) }
      ?? call.params.map { JSONText.line($0.bytes, limit: 300).plain } ?? ""
    line.append("  " + words, .dim)
    return line.truncated(to: width)
  }

  private static func heading(_ words: String, _ message: String) -> StyledText {
    let first = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return StyledText(words, .note) + StyledText(SafeText.escape(first), .strong)
  }

  /// Further lines are set in, so that none of them can pass for one of ours.
  private static func more(_ message: String) -> [StyledText] {
    message.split(whereSeparator: \.isNewline).dropFirst().map {
      StyledText("  " + SafeText.escape(String($0)), .strong)
    }
  }

  private static func said(_ role: String, _ text: String) -> [StyledText] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      StyledText("  \(SafeText.escape(role))| ", .dim) + StyledText(SafeText.escape(String($0)))
    }
  }

  /// The texts of a message; what is none is named.
  private static func parts(of message: JSON) -> [String] {
    let content = message["content"] ?? .null
    let parts = content.kind == .array ? Array(content.elements) : [content]
    return parts.map { $0["text"]?.string ?? "(\($0["type"]?.string ?? "no text"))" }
  }

  private static func hint(_ words: String) -> StyledText { StyledText("  " + words, .dim) }
}
