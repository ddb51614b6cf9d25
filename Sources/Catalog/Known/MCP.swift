import LosslessJSON

extension KnownMethods {
  /// The Model Context Protocol's own methods.
  static let mcpText = """
    @name
    tools/list cursor?:s -> o | Tools that the server offers
    tools/call name:s arguments?:o -> o | Call a tool
    prompts/list cursor?:s -> o | Prompts that the server offers
    prompts/get name:s arguments?:o -> o | A prompt, filled in
    resources/list cursor?:s -> o | Resources that the server offers
    resources/templates/list cursor?:s -> o | Resources with a place to fill in
    resources/read uri:s -> o | Read a resource
    resources/subscribe uri:s -> o | Be told when a resource changes
    resources/unsubscribe uri:s -> o | No longer be told
    completion/complete ref:o argument:o context?:o -> o | Values for an argument
    logging/setLevel level:debug/info/notice/warning/error/critical/alert/emergency -> o | How much the server logs
    ping -> o | Whether the server is there
    server/discover -> o | What the server offers (2026-07-28)
    subscriptions/listen notifications?:o -> * | A stream of changes (2026-07-28)
    """

  /// The methods that a server with those capabilities knows.
  static func mcp(capabilities: JSON?, isStateless: Bool) -> [Method] {
    table(mcpText, "MCP").methods.filter { method in
      let area = method.name.prefix { $0 != "/" }
      switch area {
      case "tools", "prompts", "resources", "logging":
        return capabilities?[String(area)] != nil
      case "completion": return capabilities?["completions"] != nil
      case "server", "subscriptions": return isStateless
      default: return !isStateless
      }
    }
  }
}
