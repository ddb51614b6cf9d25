import LosslessJSON

/// What a line says, before anything is looked up.
struct Statement: Equatable {
  /// What the line does.
  enum Action: Equatable {
    /// Nothing: a blank line or a comment.
    case nothing
    /// A call of a method with arguments.
    case call(Call)
    /// Text that goes out as it stands.
    case raw(String)
    /// A command with the text after its name.
    case command(name: String, rest: Substring)
    /// `$x.path` alone: shows a variable.
    case show(Reference)
  }

  /// A method with its arguments.
  struct Call: Equatable {
    var method: String
    var methodRange: Range<Int>
    /// Whether the name was quoted, and so can't be a reserved word.
    var isQuoted: Bool
    var arguments: [Argument]
  }

  /// Where the result goes besides the screen.
  enum Output: Equatable {
    /// `| .path`
    case select(JSONPath)
    /// `| command`
    case pipe(String)
    /// `> file`
    case write(String)
    /// `>> file`
    case append(String)
  }

  /// The variable that keeps the result.
  var capture: String?
  var action: Action
  var outputs: [Output] = []
  /// Whether the call is sent whatever the catalog says: the line began with `! `.
  var isUnchecked = false
  /// Whether it ended with `&`.
  var isBackground = false
  /// What is odd about the params that were made of it, to be told if the server refuses them.
  var doubt: String?
}

/// A mention of a variable: `$name.path`.
struct Reference: Equatable {
  /// The name without the dollar; `_` is the last result.
  var name: String
  var path: JSONPath
}

/// One argument of a call, with every reading it may have: the params decide.
struct Argument: Equatable {
  /// How a value is written.
  enum Value: Equatable {
    /// A word without quotes.
    case bare(String)
    /// `'…'`: always a string.
    case text(String)
    /// `"…"`, `{…}` or `[…]`, perhaps with variables inside.
    case json(Template)
    /// `@path`
    case file(String)
    /// `$name.path`
    case reference(Reference)
  }

  /// A name before the value.
  struct Name: Equatable {
    var name: String
    /// Whether it was written with `:=`: the value is strictly JSON.
    var isStrict: Bool
    var value: Value
  }

  /// The word as a value of its own; for `name=value` the whole word taken literally.
  var value: Value
  /// The word as `name=value` or `name:=value`, if it can be read so.
  var named: Name?
  /// Where it stands in the line, in UTF-8 bytes.
  var range: Range<Int>
}

/// JSON text with variables where values may stand.
struct Template: Equatable {
  enum Part: Equatable {
    case text(String)
    case reference(Reference)
  }

  var parts: [Part]

  /// The text, if nothing has to be put in.
  var plain: String? {
    switch parts.count {
    case 0: return ""
    case 1: if case .text(let text) = parts[0] { return text }
    default: break
    }
    return nil
  }
}

/// Why a line can't be read, and where.
struct SyntaxError: Error, Equatable {
  var message: String
  var hint = ""
  /// Bytes of the line.
  var range: Range<Int>
}

/// What became of reading a line.
enum ParseOutcome: Equatable {
  case statement(Statement)
  /// A quote, a bracket or a JSON value is still open.
  case unfinished(String)
  case failure(SyntaxError)
}
