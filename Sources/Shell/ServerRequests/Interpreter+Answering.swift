import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// Asks a person what the server wants to know, and answers with it.
  func ask(_ number: Int) async {
    guard let client, let desk = terminalDesk,
      let request = client.serverRequests.first(where: { $0.number == number })
    else { return }
    let outcome = await answer(to: request.call, at: desk)
    if !client.answer(number, outcome) {
      screen.note(StyledText("the server waits no longer for the answer", .warning))
    }
  }

  /// A person's answer to a question of the server's.
  func answer(to call: ReceivedCall, at desk: TerminalDesk) async -> Response.Outcome {
    let question = Question(call)
    desk.show(QuestionText.introduction(question, call, width: screen.width))
    switch question {
    case .form(_, let schema): return .result(await fill(schema, at: desk))
    case .link: return .result(await consent("do you agree?", at: desk))
    case .choice, .sampling, .other:
      while true {
        guard case .line(let text) = await desk.read("answer") else {
          if case .choice = question { return .result(.null) }
          return .error(AnswerWords.refused)
        }
        if text[...].trimmed.isEmpty { continue }
        do throws(Complaint) {
          if case .sampling = question, text != "decline" {
            return .result(AnswerWords.message(text))
          }
          return try AnswerWords.outcome(text, method: call.method, call: call)
        } catch {
          screen.note(error.text)
        }
      }
    }
  }

  private func fill(_ schema: Schema, at desk: TerminalDesk) async -> JSON {
    let fields = FormField.fields(of: schema)
    if fields.isEmpty { return await consent("do you accept?", at: desk, content: [:]) }
    switch await FormAsker(desk: desk).ask(fields) {
    case .filled(let content): return AnswerWords.accepted(content)
    case .declined: return ["action": "decline"]
    case .cancelled: return ["action": "cancel"]
    }
  }

  private func consent(
    _ question: String, at desk: TerminalDesk, content: JSON? = nil
  ) async -> JSON {
    switch await desk.read("\(question) [y/N]") {
    case .line(let text) where ["y", "yes"].contains(text[...].trimmed.lowercased()):
      return AnswerWords.accepted(content)
    case .line, .interrupted: return ["action": "decline"]
    case .endOfInput: return ["action": "cancel"]
    }
  }
}

extension TerminalDesk {
  /// Reads a line that is no field of a form.
  func read(_ words: String) async -> ReadOutcome {
    let prompt = StyledText(words, .key) + StyledText("> ", .prompt)
    return await read(prompt, for: FormField(name: "", schema: .any, isRequired: false))
  }
}
