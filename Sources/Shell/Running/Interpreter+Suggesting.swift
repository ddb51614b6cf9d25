import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// After an error reply: what may have been meant.
  func suggest(after error: ErrorObject, _ exchange: Exchange, _ statement: Statement) {
    if isShell, connection?.callTemplate == nil, error.message == "Unauthorized",
      exchange.method?.hasPrefix("aria2.") == true
    {
      hint("`.template aria2` puts the secret before the params of all calls")
    }
    if let doubt = statement.doubt, error.mayBeAboutParams { hint(doubt) }
    guard error.code == ErrorCode.methodNotFound.rawValue, let method = exchange.method else {
      return
    }
    let known = knowledge.value
    let near = Suggestion.nearest(to: method, among: known.catalog.methods.map(\.name) + known.used)
    if !near.isEmpty { hint("did you mean \(near.joined(separator: " or "))?") }
  }

  private func hint(_ words: String) {
    screen.note(StyledText("  hint: \(SafeText.escape(words))", .hint))
  }

  /// What is odd about the params of a call, to be told if the server refuses them: they don't fit
  /// what is known by heart, or a list stood alone and so became all of them.
  func doubt(about params: JSON?, _ call: Statement.Call, _ method: Method?) -> String? {
    let rest = params.flatMap { Self.withoutToken($0, call.method) }
    let asOne = rest == nil ? asOnlyParam(call, params) : nil
    let params = rest ?? params
    if let method, method.basis == .knownByHeart,
      let fault = ParamCheck.fault(params, method: method)
    {
      let more = isShell ? "`.describe \(call.method)` tells more" : nil
      return ([fault] + [asOne ?? more].compactMap(\.self)).joined(separator: "; ")
    }
    // Who knows the params, or writes a list in a list, has meant it so.
    guard method?.params == nil, let params, params.kind == .array,
      params.count != 1 || params[0]?.isContainer != true
    else { return nil }
    return asOne
  }

  /// The params that follow aria2's secret, which is no param of any method; nil if there is none.
  private static func withoutToken(_ params: JSON, _ method: String) -> JSON? {
    guard method.hasPrefix("aria2."), params[0]?.string?.hasPrefix("token:") == true else {
      return nil
    }
    return JSON.array(Array(params.elements.dropFirst()))
  }

  /// How to send a container that stands alone as one param of the call, where one does.
  func asOnlyParam(_ call: Statement.Call, _ params: JSON?) -> String? {
    guard call.arguments.count == 1, call.arguments[0].named == nil, let params,
      call.arguments[0].isContainer
    else { return nil }
    // On one line, as it can be typed.
    let text = String(decoding: JSONFormatter.oneLine.bytes(params), as: UTF8.self)
    let argument = text.utf8.count <= 40 ? text : "…"
    return "one object or array alone is the whole params; "
      + (isShell ? "`\(call.method) [\(argument)]`" : "'[\(argument)]'")
      + " sends it as the only param"
  }
}

extension ErrorObject {
  /// Whether the code or the words let one think that the params are wrong.
  fileprivate var mayBeAboutParams: Bool {
    if code == ErrorCode.invalidParams.rawValue { return true }
    if code == ErrorCode.methodNotFound.rawValue { return false }
    let words = (message ?? "").lowercased()
    return ["param", "argument", "type", "expect"].contains { words.contains($0) }
  }
}
