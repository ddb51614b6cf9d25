import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// Asks a person what the server wants to know, and answers with it.
  func ask(_ number: Int) async {
    guard let client, let reader = formReader,
      let request = client.serverRequests.first(where: { $0.number == number })
    else { return }
    let outcome = await answer(to: request.call, by: reader)
    if !client.answer(number, outcome) {
      screen.note(StyledText("the server waits no longer for the answer", .warning))
    }
  }

  /// A person's answer to a question of the server's.
  func answer(to call: ReceivedCall, by reader: TerminalFormReader) async -> Response.Outcome {
    let question = Question(call)
    reader.show(QuestionText.introduction(question, call, width: screen.width))
    switch question {
    case .form(_, let schema): return .result(await fill(schema, by: reader))
    case .link: return .result(await consent("do you agree?", by: reader))
    case .choice, .sampling, .other:
      while true {
        guard case .line(let text) = await reader.read("answer") else {
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

  private func fill(_ schema: Schema, by reader: TerminalFormReader) async -> JSON {
    let fields = FormField.fields(of: schema)
    if fields.isEmpty { return await consent("do you accept?", by: reader, content: [:]) }
    switch await FormAsker(reader: reader).ask(fields) {
    case .filled(let content): return AnswerWords.accepted(content)
    case .declined: return ["action": "decline"]
    case .cancelled: return ["action": "cancel"]
    }
  }

  private func consent(
    _ question: String, by reader: TerminalFormReader, content: JSON? = nil
  ) async -> JSON {
    switch await reader.read("\(question) [y/N]") {
    case .line(let text) where ["y", "yes"].contains(text[...].trimmed.lowercased()):
      return AnswerWords.accepted(content)
    case .line, .interrupted: return ["action": "decline"]
    case .endOfInput: return ["action": "cancel"]
    }
  }
}

extension TerminalFormReader {
  /// Reads a line that is no field of a form.
  func read(_ words: String) async -> ReadOutcome {
    let prompt = StyledText(words, .key) + StyledText("> ", .prompt)
    return await read(prompt, for: FormField(name: "", schema: .any, isRequired: false))
  }
}
