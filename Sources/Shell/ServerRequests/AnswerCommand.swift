import JSONRPC
import LosslessJSON
import Session
import Terminal

/// The command that answers what a server asks.
enum AnswerCommand {
  static let all: [Command] = [
    Command(
      "answer", usage: "[NUMBER] [VALUE | decline | cancel | error CODE TEXT]",
      summary: "answer a request of the server's, or list those that wait",
      help: """
        .answer                      those that wait; if it is but one, it is asked
        .answer 7                    asks number 7 (of `.log`), field by field where it has some
        .answer name=Ada count=3     the values of MCP's elicitation, typed by its schema
        .answer {"name": "Ada"}      the same as JSON; for other requests the result
        .answer 7 decline            or `cancel`
        .answer error -32000 'not now'
        `.set server-requests` says whether anything is asked, `.set answer METHOD VALUE` lays
        answers ready.
        """, run: answer)
  ]

  @Sendable
  private static func answer(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let client = try shell.connected()
    let waiting = client.serverRequests
    guard !waiting.isEmpty else {
      if line.rest.isEmpty {
        shell.screen.note(StyledText("the server asks nothing", .dim))
        return .ok
      }
      throw Complaint("the server asks nothing", hint: "`.log` lists what it asked before")
    }
    let (request, text) = try chosen(line.rest, waiting, shell)
    guard let request else {
      for request in waiting {
        shell.screen.show(
          QuestionText.summary(request.number, request.call, width: shell.screen.width))
      }
      if waiting.count == 1, shell.formReader != nil { await shell.ask(waiting[0].number) }
      return .ok
    }
    if text.isEmpty {
      guard shell.formReader != nil else {
        throw Complaint("what is to be answered?", hint: ".answer \(request.number) VALUE")
      }
      await shell.ask(request.number)
      return .ok
    }
    let outcome = try AnswerWords.outcome(text, method: request.call.method, call: request.call)
    client.answer(request.number, outcome)
    return .ok
  }

  /// The request that the first word numbers, or the only one; and the rest of the line.
  private static func chosen(
    _ rest: Substring, _ waiting: [ServerRequest], _ shell: Interpreter
  ) throws(Complaint) -> (ServerRequest?, String) {
    let word = rest.prefix { !$0.isWhitespace }
    if let number = Int(word), let request = waiting.first(where: { $0.number == number }) {
      return (request, String(rest.dropFirst(word.count)[...].trimmed))
    }
    if rest.isEmpty { return (nil, "") }
    if waiting.count == 1 { return (waiting[0], String(rest)) }
    let numbers = waiting.map { "\($0.number)" }.joined(separator: ", ")
    throw Complaint("\(waiting.count) requests wait", hint: ".answer NUMBER VALUE, with \(numbers)")
  }
}
