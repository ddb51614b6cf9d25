public import JSONRPC
public import LosslessJSON

/// How every call of a target is wrapped before it is sent: with a token as the first param, inside a
/// method that carries all others, or in a message with other members.
///
/// A template is an object in which strings stand for parts of the call: `"$method"`, `"$object"` and
/// `"$function"` (the method's name before and behind its last dot), `"$params"` (all of them), and
/// `"$each"` for every param in its place: as an element of an array, or as the name of a member of
/// an object. `method` and `params` are what is sent; other members are put into the message, and
/// null leaves one out.
public struct CallTemplate: Sendable, Equatable {
  /// Why something is no template, or a call doesn't fit one.
  public struct Fault: Error, Sendable, Equatable {
    /// One sentence.
    public var message: String

    /// A fault of that sentence.
    public init(message: String) { self.message = message }
  }

  /// The object.
  public let json: JSON
  /// The pattern that names of methods must match; empty for all.
  public let pattern: String

  /// A template of that text, which must be an object with `method` or `params`, or more members.
  public init(_ json: JSON, pattern: String = "") throws(Fault) {
    guard json.kind == .object, !json.isEmpty else {
      throw Fault(message: "a template is an object such as {\"params\": [\"TOKEN\", \"$each\"]}")
    }
    if let params = json["params"], !params.isContainer, params.string != "$params" {
      throw Fault(message: "params of a template are an array, an object or \"$params\"")
    }
    if let method = json["method"], method.string == nil {
      throw Fault(message: "the method of a template is a string, or \"$method\"")
    }
    self.json = json.detached()
    self.pattern = pattern
  }

  // MARK: - Presets

  /// A kind of server with a wrapper of its own.
  public struct Preset: Sendable {
    /// The name that is typed.
    public let name: String
    /// What follows it, as the help writes it; empty for nothing.
    public let argument: String
    /// What it does.
    public let summary: String
    let make: @Sendable (String) throws(Fault) -> CallTemplate

    /// The template with that argument.
    public func template(_ argument: String) throws(Fault) -> CallTemplate { try make(argument) }
  }

  /// The wrappers that are known.
  public static let presets = [
    Preset(name: "aria2", argument: "SECRET", summary: "\"token:SECRET\" as the first param") {
      (text) throws(Fault) in
      let token = text.hasPrefix("token:") ? text : "token:\(text)"
      return try CallTemplate(["params": [JSON(token), "$each"]], pattern: "aria2.*")
    },
    Preset(
      name: "ubus", argument: "SESSION",
      summary: "call [SESSION, object, function, params] of OpenWrt"
    ) { (text) throws(Fault) in
      try CallTemplate(
        ["method": "call", "params": [JSON(text), "$object", "$function", "$params"]],
        pattern: "*.*")
    },
    Preset(
      name: "zabbix", argument: "TOKEN", summary: "the member auth of Zabbix before 7.2"
    ) { (text) throws(Fault) in try CallTemplate(["auth": JSON(text)]) },
    Preset(
      name: "jsonrpc1.1", argument: "", summary: "\"version\": \"1.1\" instead of \"jsonrpc\""
    ) { (_) throws(Fault) in try CallTemplate(["version": "1.1", "jsonrpc": .null]) },
  ]

  // MARK: - Use

  /// Whether calls of that method are wrapped.
  public func applies(to method: String) -> Bool {
    if pattern.isEmpty { return true }
    return NamePattern(pattern).matches(method)
  }

  /// Whether it takes params by position only.
  public var isPositional: Bool {
    json["params"]?.elements.contains { $0.isString("$each") } ?? false
  }

  /// What is called with which params.
  public func call(_ method: String, _ params: JSON?) throws(Fault) -> (String, JSON?) {
    let parts = Parts(method, params)
    var name = method
    if let text = json["method"]?.string {
      name = try parts.value(JSON(text))?.string ?? text
    }
    guard let form = json["params"] else { return (name, params) }
    if form.isString("$params") { return (name, params) }
    return (name, try parts.value(form))
  }

  /// The members of the message besides those that every message has; nil for one that goes.
  public var members: [(name: String, value: JSON?)] {
    json.members.filter { $0.name != "method" && $0.name != "params" }
      .map { ($0.name, $0.value.isNull ? nil : $0.value) }
  }

  /// The message of a request, with what the template adds to it; nil if it adds nothing.
  public func message(_ request: Request) -> JSON? {
    let members = members
    if members.isEmpty { return nil }
    var found = request.json.members.map { ($0.name, $0.value) }
    for (name, value) in members {
      found.removeAll { $0.0 == name }
      guard let value else { continue }
      // The version stands where a reader looks for it.
      if name == "version" {
        found.insert((name, value), at: 0)
      } else {
        found.append((name, value))
      }
    }
    return JSON.object(found)
  }

  /// The strings of it that stand for themselves, which may be secrets.
  public var secrets: [String] {
    var found: [String] = []
    Self.collect(json, &found)
    return found
  }

  private static func collect(_ value: JSON, _ found: inout [String]) {
    switch value.kind {
    case .string:
      guard let text = value.string, !text.hasPrefix("$"), text.count > 3 else { return }
      found.append(text)
      // What stands behind a word and a colon is the secret itself.
      if let colon = text.firstIndex(of: ":") {
        let rest = String(text[text.index(after: colon)...])
        if rest.count > 3 { found.append(rest) }
      }
    case .array: for element in value.elements { collect(element, &found) }
    case .object:
      for member in value.members where !["method", "version"].contains(member.name) {
        collect(member.value, &found)
      }
    default: break
    }
  }

  /// Whether both say the same of the same methods.
  public static func == (one: CallTemplate, other: CallTemplate) -> Bool {
    one.json == other.json && one.pattern == other.pattern
  }
}

/// The parts of a call that a template puts in.
private struct Parts {
  let method: String
  let params: JSON?

  init(_ method: String, _ params: JSON?) { (self.method, self.params) = (method, params) }

  /// A value with parts put in; nil for params that a call has not.
  func value(_ form: JSON) throws(CallTemplate.Fault) -> JSON? {
    switch form.kind {
    case .string: return part(form)
    case .array: return try array(form)
    case .object: return try object(form)
    default: return form
    }
  }

  private func part(_ form: JSON) -> JSON? {
    let dot = method.lastIndex(of: ".")
    switch form.string {
    case "$method": return JSON(method)
    case "$object": return JSON(dot.map { String(method[..<$0]) } ?? "")
    case "$function": return JSON(dot.map { String(method[method.index(after: $0)...]) } ?? method)
    case "$params": return params ?? [:]
    default: return form
    }
  }

  private func array(_ form: JSON) throws(CallTemplate.Fault) -> JSON {
    var values: [JSON] = []
    for element in form.elements {
      if element.isString("$each") {
        let given = params.map { Array($0.elements) } ?? []
        if let params, params.kind == .object, !params.isEmpty {
          throw CallTemplate.Fault(
            message: "the template of this target puts params in by position, not by name")
        }
        // Who typed the token is not given a second one.
        let isThere = !values.isEmpty && given.starts(with: values, by: ==)
        values += isThere ? Array(given.dropFirst(values.count)) : given
      } else if let value = try value(element) {
        values.append(value)
      }
    }
    return JSON.array(values)
  }

  private func object(_ form: JSON) throws(CallTemplate.Fault) -> JSON {
    var members: [(String, JSON)] = []
    for member in form.members {
      if member.name == "$each" {
        if let params, params.kind == .array, !params.isEmpty {
          throw CallTemplate.Fault(
            message: "the template of this target puts params in by name, not by position")
        }
        let given = params.map { $0.members.map { ($0.name, $0.value) } } ?? []
        members.removeAll { fixed in given.contains { $0.0 == fixed.0 } }
        members += given
      } else if let value = try value(member.value) {
        members.append((member.name, value))
      }
    }
    return JSON.object(members)
  }
}

extension JSON {
  var isContainer: Bool { kind == .object || kind == .array }
}
