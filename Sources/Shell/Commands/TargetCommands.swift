import Catalog
import JSONRPC
import Session
import Terminal
import Wire

/// Commands about where the server is.
enum TargetCommands {
  static let all: [Command] = [
    Command(
      "connect", usage: "TARGET | -- COMMAND [ARGUMENTS]",
      summary: "talk to another server",
      help: """
        .connect http://127.0.0.1:6800/jsonrpc
        .connect unix:/run/app.sock
        .connect tcp:127.0.0.1:6640
        .connect stdio:clangd --log=error      (or: .connect -- clangd --log=error)
        Options given when rpcscope was started go on; headers and credentials only to the same host.
        """,
      argument: .target, run: connect),
    Command(
      "target", summary: "where the server is and how it is spoken to", run: target),
  ]

  @Sendable
  private static func connect(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    if line.rest.isEmpty {
      throw Complaint("a target must follow .connect", hint: "`.help connect` shows some")
    }
    let target: Target
    // A target quoted as a whole means what is inside.
    let words = try line.words()
    let isQuoted = words.count == 1 && ["'", "\""].contains(line.rest.prefix(1))
    do throws(WireError) {
      if line.rest.hasPrefix("-- ") {
        target = try Target(parsing: "stdio:" + line.rest.dropFirst(3).trimmed)
      } else {
        target = try Target(parsing: isQuoted ? words[0] : String(line.rest))
      }
    } catch {
      throw Complaint(error)
    }
    let connection = shell.connection?.moved(to: target) ?? shell.first(target)
    let old = shell.connection
    try await shell.connect(connection)
    if let old, !old.isSameHost(target) {
      let hadSecrets = old.hasSecrets || !shell.settings.value.headers.isEmpty
      shell.settings.update { $0.headers = [] }
      if hadSecrets {
        shell.screen.note(
          StyledText(
            "headers and credentials stay behind: this is another host; `.set header` adds some",
            .note))
      }
    }
    return .ok
  }

  @Sendable
  private static func target(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let client = try shell.connected()
    let traits = client.traits
    let dialect = client.dialect
    let known = shell.knowledge.value
    func row(_ name: String, _ value: String) -> StyledText {
      StyledText(name.padding(to: 10), .heading) + StyledText(SafeText.escape(value))
    }
    var text = row("target", traits.peer)
    text += "\n" + row("transport", "\(traits.kind.rawValue), \(traits.framing)")
    text += "\n" + row("protocol", "JSON-RPC \(dialect.version.rawValue), dialect \(dialect.name)")
    text +=
      "\n"
      + row("state", client.isConnected ? "connected" : "not connected; the next call connects")
    let methods =
      known.catalog.isEmpty
      ? "none known" : "\(known.catalog.methods.count) from \(known.catalog.source)"
    text += "\n" + row("methods", methods)
    if !known.catalog.title.isEmpty { text += "\n" + row("service", known.catalog.title) }
    if let path = shell.recorder?.path { text += "\n" + row("kept in", path) }
    shell.screen.show(text)
    return .ok
  }
}

extension String {
  /// The text with blanks behind it up to a width, and at least one.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - displayWidth(self)))
  }
}
