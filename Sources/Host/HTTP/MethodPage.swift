import JSONRPC
import LosslessJSON

/// What a server offers, as pages for a browser. Nothing in them is trusted to be free of markup.
struct MethodPage {
  let dispatcher: Dispatcher
  let url: String

  /// The page at `/`.
  var front: String {
    let count = dispatcher.methods.count
    return page(
      title: dispatcher.title,
      """
      <h1>\(escape(dispatcher.title)) <small>\(escape(dispatcher.version))</small></h1>
      <p>\(escape(dispatcher.doc))</p>
      <p>A JSON-RPC server: send requests by POST to this address. It has
      <a href="/map">\(count) methods</a>, also as an
      <a href="/openrpc.json">OpenRPC document</a>.</p>
      <pre>rpcscope \(escape(url))
      curl -H 'Content-Type: application/json' -d \
      '{"jsonrpc": "2.0", "method": "system.listMethods", "id": 1}' \(escape(url))</pre>
      """)
  }

  /// The page at `/map`.
  var map: String {
    page(
      title: "Methods of \(dispatcher.title)",
      "<h1>Methods of \(escape(dispatcher.title))</h1>\n"
        + dispatcher.methods.map(section).joined(separator: "\n"))
  }

  private func section(_ method: RPCMethod) -> String {
    let names = method.params.map { $0.presence == .rest ? "\($0.name)…" : $0.name }
    let rows = method.params.map { param in
      let schema = escape(param.schema.text)
      let need = Self.words(param.presence)
      return "<tr><th>\(escape(param.name))<td><code>\(schema)</code><td>\(escape(need))"
        + "<td>\(escape(param.doc))"
    }
    let result =
      "<tr><th>→ \(escape(method.result.name))<td><code>\(escape(method.result.schema.text))</code>"
      + "<td><td>\(escape(method.result.doc))"
    let examples = method.examples.map { example in
      "<pre>\(escape(example.params?.text ?? "[]")) → \(escape(example.result.text))</pre>"
    }
    let note = method.isDeprecated ? "<p><em>deprecated</em></p>" : ""
    return """
      <section id="\(escape(method.name))">
      <h2><code>\(escape(method.name))(\(escape(names.joined(separator: ", "))))</code></h2>\(note)
      <p>\(escape(method.summary))</p><p>\(escape(method.doc))</p>
      <table>\(rows.joined())\(result)</table>
      \(examples.joined(separator: "\n"))
      </section>
      """
  }

  private static func words(_ presence: ParamInfo.Presence) -> String {
    switch presence {
    case .required: "required"
    case .optional(let value): value.map { "default \($0.text)" } ?? "optional"
    case .rest: "any number"
    }
  }

  private func page(title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>\(escape(title))</title>
    <meta name="viewport" content="width=device-width">
    <style>
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; \
    padding: 0 1rem; color-scheme: light dark }
    pre, code { font: 14px/1.5 ui-monospace, monospace } pre { overflow-x: auto }
    h2 { font-size: 1rem; border-top: 1px solid #8888; padding-top: 1rem }
    th { text-align: left } th, td { padding-right: 1.5rem; vertical-align: top }
    </style></head><body>
    \(body)
    </body></html>

    """
  }

  private func escape(_ text: String) -> String { HTMLText.escaped(text) }
}
