public import JSONRPC
import LosslessJSON

extension LSPDialect {
  /// Answers what every client answers; the rest is left to the user.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard let id = call.id, let result = result(of: call) else { return nil }
    return Response(.result(result), id: id)
  }

  private func result(of call: ReceivedCall) -> JSON? {
    switch call.method {
    case "workspace/configuration": return settings(call.params)
    case "workspace/workspaceFolders": return folders
    case "workspace/applyEdit":
      return [
        "applied": false,
        "failureReason": "rpcscope changes no files unless its user says so",
      ]
    case "window/showDocument":
      // Telling where it is shows it, to who reads along.
      return ["success": JSON(hasUser)]
    case "window/showMessageRequest":
      // Null says that nobody chose; one who is there may.
      let actions = call.params?["actions"]?.count ?? 0
      return hasUser && actions > 0 ? nil : .null
    case "client/registerCapability", "client/unregisterCapability",
      "window/workDoneProgress/create":
      return .null
    default:
      let isRefresh = call.method.hasPrefix("workspace/") && call.method.hasSuffix("/refresh")
      return isRefresh ? .null : nil
    }
  }

  /// A value for each item that is asked for; null where nothing is set.
  private func settings(_ params: JSON?) -> JSON {
    let items = params?["items"]?.elements.map { $0 } ?? []
    return JSON.array(items.map { Self.setting($0["section"]?.string, in: configuration) })
  }

  /// The part of the settings that a section such as `python.analysis` names.
  static func setting(_ section: String?, in configuration: JSON?) -> JSON {
    guard let configuration else { return .null }
    guard let section, !section.isEmpty else { return configuration }
    // Editors keep both forms: `{"a.b": 1}` and `{"a": {"b": 1}}`.
    if let value = configuration[section] { return value }
    var value: JSON? = configuration
    for name in section.split(separator: ".") { value = value?[String(name)] }
    if let value { return value }
    let inside = configuration.members.filter { $0.name.hasPrefix(section + ".") }
    if inside.isEmpty { return .null }
    return JSON.object(
      inside.map { (String($0.name.dropFirst(section.utf8.count + 1)), $0.value) })
  }
}
