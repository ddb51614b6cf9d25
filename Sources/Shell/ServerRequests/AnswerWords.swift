import Catalog
import JSONRPC
import LosslessJSON

/// Reads an answer to a request from the server as a person or an option gives it.
enum AnswerWords {
  /// What is answered with those words; `call` is the question, if it has come already.
  static func outcome(
    _ text: String, method: String, call: ReceivedCall? = nil
  ) throws(Complaint) -> Response.Outcome {
    let text = String(text[...].trimmed)
    if let error = try error(text) { return .error(error) }
    switch method {
    case "elicitation/create": return .result(try elicitation(text, call))
    case "sampling/createMessage": return sampling(text)
    case "window/showMessageRequest": return .result(try choice(text, call))
    default:
      if ["decline", "cancel"].contains(text) { return .error(refused) }
      return .result((try? JSON(reading: text)) ?? JSON(text))
    }
  }

  /// One of the answers, by its number or title; nothing for none of them.
  private static func choice(_ text: String, _ call: ReceivedCall?) throws(Complaint) -> JSON {
    if ["", "decline", "cancel", "null"].contains(text) { return .null }
    guard let call, case .choice(_, let actions) = Question(call) else {
      return ["title": JSON(text)]
    }
    if let number = Int(text), number > 0, number <= actions.count { return actions[number - 1] }
    if let action = actions.first(where: { Question.title($0) == text }) { return action }
    throw Complaint(
      "\(text) is none of the answers", hint: "1 to \(actions.count), or `decline` for none")
  }

  /// What says that a person does not want to answer.
  static let refused = ErrorObject(code: -1, message: "refused by the user")

  /// A text as what a model says.
  static func message(_ text: String) -> JSON {
    [
      "role": "assistant", "content": ["type": "text", "text": JSON(text)], "model": "human",
      "stopReason": "endTurn",
    ]
  }

  /// `error CODE TEXT`
  private static func error(_ text: String) throws(Complaint) -> ErrorObject? {
    let words = text.split(separator: " ", maxSplits: 2)
    guard words.first == "error", words.count > 1 else { return nil }
    guard let code = Int(words[1]) else {
      throw Complaint("\(words[1]) is no error code", hint: "`error CODE TEXT`")
    }
    return ErrorObject(code: code, message: words.count > 2 ? String(words[2]) : "refused")
  }

  private static func sampling(_ text: String) -> Response.Outcome {
    if ["decline", "cancel"].contains(text) { return .error(refused) }
    if let json = try? JSON(reading: text) {
      if json.kind == .object, json["role"] != nil { return .result(json) }
      if let words = json.string { return .result(message(words)) }
    }
    return .result(message(text))
  }

  private static func elicitation(_ text: String, _ call: ReceivedCall?) throws(Complaint) -> JSON {
    if ["decline", "cancel"].contains(text) { return ["action": JSON(text)] }
    if text == "accept" { return accepted(nil) }
    if let json = try? JSON(reading: text), json.kind == .object {
      // The whole result, or the values alone.
      return json["action"] != nil ? json : accepted(json)
    }
    guard let call, case .form(_, let schema) = Question(call) else {
      throw Complaint(
        "\(text) is no answer to elicitation/create",
        hint: "an object of values, `decline`, `cancel` or `error CODE TEXT`")
    }
    return accepted(try values(text, schema))
  }

  static func accepted(_ content: JSON?) -> JSON {
    content.map { ["action": "accept", "content": $0] } ?? ["action": "accept"]
  }

  /// `name=value …`, typed by the schema as a call's arguments are.
  private static func values(_ text: String, _ schema: Schema) throws(Complaint) -> JSON {
    let (_, call) = try CommandLine.call("answer " + text, "answer")
    var method = Method("answer")
    method.structure = .byName
    method.params = schema.properties.map {
      MethodParam(name: $0.name, schema: $0.schema, isRequired: $0.isRequired)
    }
    let binder = ArgumentBinder(
      method: method, isPositionalOnly: false,
      environment: ArgumentBinder.Environment(
        variable: { (_) throws(ArgumentBinder.BindError) in
          throw .init(message: "no variables here", hint: "quote a text that begins with $")
        },
        file: { (_) throws(ArgumentBinder.BindError) in
          throw .init(message: "no files here", hint: "quote a text that begins with @")
        }))
    let params: JSON?
    do throws(ArgumentBinder.BindError) { params = try binder.params(call.arguments) } catch {
      throw Complaint(error.message, hint: error.hint)
    }
    if let fault = ParamCheck.fault(params, method: method) {
      throw Complaint(fault, hint: "`.answer` alone asks for each value")
    }
    return params ?? [:]
  }
}
