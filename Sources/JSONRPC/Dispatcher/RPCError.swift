public import LosslessJSON

/// An error that a method throws to answer with exactly this code, message and data.
public struct RPCError: Error, Sendable, Hashable {
  /// The code. Those from -32768 to -32000 are the specification's; others are yours.
  public var code: Int
  /// One short sentence.
  public var message: String
  /// Whatever helps the caller; nil leaves the member out.
  public var data: JSON?

  /// An error of those parts.
  public init(code: Int, message: String, data: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// Params that fit their declared types and yet can't be used: the message names the parameter.
  public static func invalidParams(_ parameter: String, _ reason: String) -> RPCError {
    let fault = Fault.params(parameter, reason)
    return RPCError(code: fault.code.rawValue, message: fault.sentence, data: fault.data)
  }

  var object: ErrorObject { ErrorObject(code: code, message: message, data: data) }
}

extension ErrorCode {
  /// The caller took its request back (as the Language Server Protocol has it).
  public static let requestCancelled = ErrorCode(rawValue: -32800)
}

/// How much of what went wrong a service tells its callers.
public enum ErrorDetail: Sendable, Hashable {
  /// The specification's words and nothing else.
  case bare
  /// The specification's words and what is wrong with the request: `Invalid params: parameter "b"
  /// must be a number, not a string`. Nothing of the inside.
  case explained
  /// Also what methods throw that is no `RPCError`, in the data. For development.
  case full
}

/// Something that is wrong with a request, or that failed outside a method's own body.
struct Fault: Error {
  var code: ErrorCode
  var explanation: String
  var data: JSON?

  init(_ code: ErrorCode, _ explanation: String, data: JSON? = nil) {
    self.code = code
    self.explanation = explanation
    self.data = data
  }

  /// Params that don't fit; `reason` continues the sentence that begins with the parameter.
  static func params(
    _ parameter: String, _ reason: String, expected: String? = nil, found: String? = nil
  ) -> Fault {
    var data: [(String, JSON)] = [("parameter", JSON(parameter))]
    if let expected { data.append(("expected", JSON(expected))) }
    if let found { data.append(("found", JSON(found))) }
    return Fault(
      .invalidParams, "parameter \(JSON(parameter).text) \(reason)", data: .object(data))
  }

  var name: String { code == .requestCancelled ? "Request cancelled" : code.name ?? "Server error" }
  var sentence: String { explanation.isEmpty ? name : "\(name): \(explanation)" }

  func object(_ detail: ErrorDetail) -> ErrorObject {
    detail == .bare
      ? ErrorObject(code: code.rawValue, message: name)
      : ErrorObject(code: code.rawValue, message: sentence, data: data)
  }
}
