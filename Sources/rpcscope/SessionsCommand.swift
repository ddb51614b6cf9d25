import ArgumentParser
import Shell
import Terminal

/// The sessions that were kept.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "List the sessions that were kept, the newest first.",
    usage: "rpcscope sessions [OPTIONS]",
    discussion: """
      The shell keeps each session in a file below $XDG_STATE_HOME/rpcscope/sessions \
      (~/.local/state), secrets masked, and removes the oldest beyond a hundred. \
      `rpcscope show last` or a number of the list prints one.
      """)

  @Flag(help: "One JSON object a line.") var json = false
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto

  func run() throws {
    do throws(Complaint) {
      var list = SessionList()
      list.isJSON = json
      try list.run(screen: Screen(color: color))
    } catch {
      ShellRun.complain(error, color)
      try error.status.leave()
    }
  }
}
