import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// The template that a call of a method is wrapped by; nil if none is, or `! ` forbids it.
  ///
  /// Where the server told of methods, only those are wrapped.
  func template(for method: String, _ statement: Statement) -> CallTemplate? {
    guard !statement.isUnchecked, let template = connection?.callTemplate else { return nil }
    let catalog = knowledge.value.catalog
    guard catalog.isEmpty || catalog[method] != nil else { return nil }
    return template.applies(to: method) ? template : nil
  }

  /// What is called, with the template's part; `call` is how that was typed.
  func templated(
    _ method: String, _ params: JSON?, _ template: CallTemplate?, _ call: Statement.Call? = nil
  ) throws(Complaint) -> (method: String, params: JSON?) {
    guard let template else { return (method, params) }
    do throws(CallTemplate.Fault) {
      return try template.call(method, params)
    } catch {
      let asOne = call.flatMap { asOnlyParam($0, params) }
      throw Complaint(
        error.message, hint: asOne ?? "`! \(method) …` goes without; `.template` shows it")
    }
  }

  /// The message, with the members that the template adds.
  func templated(_ outgoing: Outgoing, _ template: CallTemplate?) -> Outgoing {
    guard let request = outgoing.request, let message = template?.message(request) else {
      return outgoing
    }
    return Outgoing(request, spelt: message)
  }

  /// From now on calls are wrapped so, in later runs too.
  func setTemplate(_ template: CallTemplate?) throws(Complaint) {
    connection?.callTemplate = template
    remask()
    if isKeeping, let target = connection?.target { try KeptTemplate.save(template, target) }
  }

  /// The connection with the template that is kept for its target.
  func withTemplate(_ connection: Connection) -> Connection {
    var connection = connection
    if isKeeping { connection.callTemplate = KeptTemplate.load(connection.target) }
    return connection
  }

  /// Says that calls are wrapped, which an earlier run may have asked for.
  func noteTemplate() {
    guard let template = connection?.callTemplate else { return }
    let calls = template.pattern.isEmpty ? "calls" : "calls of \(template.pattern)"
    screen.note(
      StyledText(
        SafeText.escape("\(calls) are wrapped as before here; `.template` shows how"), .dim))
  }
}
