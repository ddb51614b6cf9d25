extension Target {
  /// How messages are told apart unless the user says otherwise; nil over HTTP.
  ///
  /// Programs speak lines, unless they are known to speak the Language Server Protocol, and sockets
  /// speak values.
  public var defaultFraming: FramingName? {
    switch self {
    case .http: nil
    case .unix, .tcp: .values
    case .child(let argv): Self.wantsHeaders(argv) ? .headers : .lines
    }
  }

  /// Language servers whose names do not say so.
  private static let servers: Set<String> = [
    "ada_language_server", "als", "ccls", "clangd", "clojure-lsp", "cquery", "crystalline",
    "csharp-ls", "digestif", "docker-langserver", "efm-langserver", "elixir-ls", "erlang_ls",
    "fortls", "ginko_ls", "glsl_analyzer", "gopls", "haxe-language-server", "helm_ls", "hie",
    "intelephense", "jdtls", "language_server.sh", "lemminx", "marksman", "metals", "millet",
    "nil", "nixd", "ocamllsp", "ols", "omnisharp", "perlnavigator", "ltex-ls",
    "purescript-language-server",
    "pyls", "pylsp", "qmlls", "rls", "rnix-lsp", "robotframework_ls", "rust-analyzer", "serve-d",
    "slint-lsp", "solargraph", "sourcekit-lsp", "svelteserver", "svls", "swift-mesonlsp",
    "taplo-lsp",
    "terraform-ls", "texlab", "tinymist", "typst-lsp", "verible-verilog-ls", "veridian",
    "vala-language-server",
    "vls", "zls",
  ]

  /// Programs that are language servers with a certain argument.
  private static let subcommands: [String: Set<String>] = [
    "astro-ls": ["--stdio"], "biome": ["lsp-proxy"], "buf": ["lsp"], "dart": ["language-server"],
    "deno": ["lsp"], "gleam": ["lsp"], "harper-ls": ["--stdio"], "nu": ["--lsp"],
    "phpactor": ["language-server"], "regal": ["language-server"], "ruff": ["server"],
    "sorbet": ["--lsp"], "srb": ["tc"], "steep": ["langserver"], "taplo": ["lsp"],
    "ty": ["server"], "uiua": ["lsp"],
  ]

  /// Programs that run the program named after their own options.
  private static let runners: Set<String> = [
    "bunx", "command", "env", "exec", "nice", "nohup", "npx", "pnpx", "stdbuf", "uvx",
  ]

  private static func wantsHeaders(_ argv: [String]) -> Bool {
    var words = argv[...]
    while let name = words.first.map(basename) {
      words.removeFirst()
      if runners.contains(name) {
        words = words.drop { $0.hasPrefix("-") || $0.contains("=") }
        continue
      }
      if let arguments = subcommands[name] { return words.contains { arguments.contains($0) } }
      return servers.contains(name) || isNamedAsServer(name)
    }
    return false
  }

  private static func isNamedAsServer(_ name: String) -> Bool {
    ["-language-server", "-languageserver", "-langserver", "-lsp", "-lsp-server"]
      .contains { name.hasSuffix($0) } || name.hasPrefix("haskell-language-server")
  }

  /// The program's name without directories and without what systems and versions add.
  private static func basename(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".exe", ".cmd"] where name.lowercased().hasSuffix(suffix) {
      name.removeLast(suffix.count)
    }
    // clangd-18, and package@version of npx.
    if let at = name.lastIndex(of: "@"), at > name.startIndex { name = String(name[..<at]) }
    if let dash = name.lastIndex(of: "-"), Int(name[name.index(after: dash)...]) != nil {
      name = String(name[..<dash])
    }
    return name
  }
}
