import LosslessJSON

/// Recognises members that were meant to be one of the specification's.
enum MemberSpelling {
  /// What servers write instead, without case, `_`, `-` and `.`.
  private static let habits: [String: [String]] = [
    "jsonrpc": ["json", "rpc", "rpcversion", "jsonrpcversion", "version"],
    "result": ["res", "ret", "results", "returnvalue", "response", "reply"],
    "error": ["err", "errors", "exception", "fault", "failure"],
    "id": ["requestid", "reqid", "msgid", "messageid", "callid"],
    "code": ["errorcode", "errcode", "errno"],
    "message": ["msg", "errormessage", "errormsg", "errmsg", "description"],
  ]

  /// Which of the names a member's name was meant to be, if it is near enough to one.
  static func meant(_ name: String, among known: [String]) -> String? {
    guard name.utf8.count <= 24 else { return nil }
    let plain = name.lowercased().filter { !"_-. ".contains($0) }
    if let same = known.first(where: { $0 == plain }) { return same }
    if let habit = known.first(where: { habits[$0]?.contains(plain) ?? false }) { return habit }
    // Two letters are near to too much.
    return known.first { word in
      word.count > 2
        && EditDistance.between(Array(plain.utf8), Array(word.utf8)) <= (word.count > 5 ? 2 : 1)
    }
  }
}
