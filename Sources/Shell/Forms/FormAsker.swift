import Catalog
import LosslessJSON
import Terminal

/// Asks a person for the members of an object, field by field, and gives them as JSON.
///
/// An empty answer takes the default, or leaves an optional field out. Ctrl-D gives the form up.
struct FormAsker {
  /// What Ctrl-C means.
  enum Interrupt {
    /// The whole form is declined.
    case declines
    /// The optional fields that are left are left out; at a required one the form is given up.
    case skipsOptional
  }

  /// What came of it.
  enum Outcome: Equatable {
    /// The object.
    case filled(JSON)
    /// Ctrl-C.
    case declined
    /// Ctrl-D.
    case cancelled
  }

  let reader: any FormReader
  var interrupt = Interrupt.declines

  /// Asks for the properties of an object's schema.
  func ask(_ schema: Schema) async -> Outcome { await ask(FormField.fields(of: schema)) }

  /// Asks for those fields; what is `given` already is not asked and comes first.
  func ask(_ fields: [FormField], given: [(String, JSON)] = []) async -> Outcome {
    var members = given
    var isSkipping = false
    for field in fields where !given.contains(where: { $0.0 == field.name }) {
      if isSkipping, !field.isRequired { continue }
      switch await ask(field) {
      case .value(let value): members.append((field.name, value))
      case .leftOut: break
      case .interrupted:
        guard interrupt == .skipsOptional, !field.isRequired else { return .declined }
        isSkipping = true
      case .ended: return .cancelled
      }
    }
    return .filled(.object(members))
  }

  private enum Answer {
    case value(JSON)
    case leftOut, interrupted, ended
  }

  private func ask(_ field: FormField) async -> Answer {
    if let words = FormText.introduction(field) { reader.show(words) }
    while true {
      switch await reader.read(FormText.prompt(field), for: field) {
      case .interrupted: return .interrupted
      case .endOfInput: return .ended
      case .line(let text):
        if text[...].trimmed.isEmpty {
          if let value = field.default { return .value(value) }
          if !field.isRequired { return .leftOut }
          reader.show(StyledText("  it is required", .warning))
          continue
        }
        do throws(FormField.Fault) { return .value(try field.value(of: text)) } catch {
          reader.show(StyledText("  " + SafeText.escape(error.message), .warning))
        }
      }
    }
  }
}
