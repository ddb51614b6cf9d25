import LosslessJSON

extension Fault {
  /// What is wrong with the members of a reply.
  static let members: [Fault] = [
    Fault(
      "member", "this member, instead of the one of its name or besides", .members,
      takes: .text(example: "id=0"), .reply { parts, argument in parts.setting(argument.pair) }),
    Fault(
      "without", "no such member", .members, takes: .text(example: "id"),
      .reply { parts, argument in
        let name = String(decoding: argument.text, as: UTF8.self)
        return parts.object(parts.members.filter { $0.0 != name })
      }),
    // The version.
    changed("no-version", "no \"jsonrpc\"") { $0.version = nil },
    changed("wrong-version", "the version as a number") { $0.version = Array("2.0".utf8) },
    Fault(
      "version-1.1", "a reply of JSON-RPC 1.1", .members,
      .text("{\"version\": \"1.1\", \"$name\": $value, \"id\": $id}")),
    changed("version-2.0", "\"jsonrpc\" in a reply to 1.0") { $0.version = Array("\"2.0\"".utf8) },
    // The id.
    Fault(
      "id-type", "the id as a string where it was a number, or the reverse", .members,
      .reply { parts, _ in
        var parts = parts
        parts.id = Self.otherType(parts.id)
        return parts.text
      }),
    changed("null-id", "null for the id") { $0.id = Array("null".utf8) },
    Fault(
      "no-id", "no id", .members,
      .reply { parts, _ in
        parts.object([("jsonrpc", parts.version), parts.outcome])
      }),
    changed("wrong-id", "an id that nobody sent") { $0.id = Array("\"never sent\"".utf8) },
    changed("id-boolean", "true for the id") { $0.id = Array("true".utf8) },
    changed("id-fraction", "an id with a fraction") { $0.id = Array("1.5".utf8) },
    // Result and error.
    Fault(
      "both", "both a result and an error", .members,
      .reply { parts, _ in
        parts.with([parts.outcome, Self.other(parts.outcome.name)])
      }),
    Fault(
      "neither", "neither a result nor an error", .members,
      .reply { parts, _ in
        parts.with([])
      }),
    Fault(
      "error-null", "\"error\": null beside the result, as in 1.0", .members,
      .reply {
        parts, _ in
        parts.with([parts.outcome, (parts.outcome.name == "error" ? "result" : "error", null)])
      }),
    Fault(
      "member-omitted", "in 1.0: no \"error\": null beside the result", .members,
      .reply {
        parts, _ in parts.text
      }),
    outcome("error-without-code", "an error without a code", "{\"message\": \"it broke\"}"),
    outcome(
      "error-code-string", "an error whose code is a string",
      "{\"code\": \"E42\", \"message\": \"it broke\"}"),
    outcome(
      "error-code-float", "an error whose code is 1.0",
      "{\"code\": 1.0, \"message\": \"it broke\"}"),
    outcome(
      "error-code-reserved", "an error with a code that is reserved",
      "{\"code\": -32123, \"message\": \"it broke\"}"),
    outcome("error-without-message", "an error without a message", "{\"code\": 1}"),
    outcome(
      "error-message-null", "an error whose message is null",
      "{\"code\": 1, \"message\": null}"),
    outcome("error-string", "a string for the error", "\"it broke\""),
    // Other members.
    Fault(
      "extra-member", "a member that does not belong there", .members,
      .reply { parts, _ in
        parts.with([parts.outcome, ("status", Array("200".utf8))])
      }),
    Fault(
      "misspelt-member", "\"resutl\" instead of \"result\"", .members,
      .outcome("\"resutl\": $value")),
    Fault(
      "duplicate-member", "the id stands twice", .members,
      .outcome("\"id\": $id, \"$name\": $value")),
    Fault(
      "method-in-reply", "a \"method\" beside the result", .members,
      .outcome("\"method\": \"reply\", \"$name\": $value")),
    // What it is.
    Fault("scalar", "the result alone, without an envelope", .members, .text("5")),
    Fault("other-object", "an object that is no reply", .members, .text("{\"status\": \"ok\"}")),
    Fault("batch", "an array where a single reply belongs", .members, .text("[$reply]")),
    Fault(
      "notification", "a notification where the reply belongs", .members,
      .reply { parts, _ in
        parts.object([
          ("jsonrpc", parts.version), ("method", Array("\"reply\"".utf8)),
          ("params", parts.object([("id", parts.id), parts.outcome])),
        ])
      }),
    Fault(
      "request", "a request of the server's where the reply belongs", .members,
      .text("{\"jsonrpc\": \"2.0\", \"method\": \"ask\", \"id\": \"server 1\"}")),
    Fault("echo", "the request itself comes back", .members, .text("$request")),
  ]

  private static let null = Array("null".utf8)

  private static func changed(
    _ name: String, _ summary: String, _ change: @escaping @Sendable (inout ReplyParts) -> Void
  ) -> Fault {
    Fault(
      name, summary, .members,
      .reply { parts, _ in
        var parts = parts
        change(&parts)
        return parts.text
      })
  }

  private static func outcome(_ name: String, _ summary: String, _ error: String) -> Fault {
    Fault(name, summary, .members, .outcome("\"error\": \(error)"))
  }

  /// What stands beside a result, or beside an error, in a reply that has both.
  private static func other(_ name: String) -> (String, [UInt8]?) {
    if name == "error" { return ("result", Array("\"ok\"".utf8)) }
    return ("error", Array("{\"code\": 1, \"message\": \"not ok\"}".utf8))
  }

  /// The id as the other of number and string.
  private static func otherType(_ id: [UInt8]) -> [UInt8] {
    guard id.first == UInt8(ascii: "\"") else {
      return Array("\"".utf8) + id + Array("\"".utf8)
    }
    let digits = String(decoding: id.dropFirst().dropLast(), as: UTF8.self)
    return Array("\(Int(digits) ?? 0)".utf8)
  }
}

extension ReplyParts {
  /// The reply with that member in the place of the one of its name, or before the id.
  func setting(_ member: (name: String, value: [UInt8])) -> [UInt8] {
    var all = members
    if let place = all.firstIndex(where: { $0.0 == member.name }) {
      all[place].1 = member.value
    } else {
      all.insert((member.name, member.value), at: all.count - 1)
    }
    return object(all)
  }

  /// The first reply of a batch.
  static func first(of text: [UInt8]) -> [UInt8]? {
    guard let json = try? JSON(reading: text), json.kind == .array, let first = json[0] else {
      return nil
    }
    return Array(first.bytes)
  }
}
