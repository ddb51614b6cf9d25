import ArgumentParser
import Recording
import Shell
import Terminal

/// A recording on the screen.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a recorded session as the shell shows a live one.",
    usage: "rpcscope show [OPTIONS] FILE [FILTERS]",
    discussion: """
      FILE is a recording, `last` or a number of `rpcscope sessions`, or a file of another program: \
      HAR, curl --trace, logs with --> and <--, Ethereum's .io files or a folder of them, \
      language servers' trace logs, captures of messages (of both directions: SENT+RECEIVED).

        rpcscope show last status:error
        rpcscope show 2 method:tools/* slower:100ms
        rpcscope show last -n 0 -f

      FILTERS: 3..7 method:NAME status:error|ok|pending|invalid dir:in kind:notification id:7 \
      code:N http:4xx finding:RULE slower:100ms faster:1s larger:10k since:10m until:1h TEXT; \
      all must hold, ! before one turns it round.
      """)

  @Argument(
    help: "A recording, `last`, or a number of `rpcscope sessions`.", completion: .file())
  var file: String
  @Argument(help: "Which exchanges.", completion: .filters) var filters: [String] = []
  @Flag(name: [.customShort("f"), .long], help: "Go on with what is added to the file.")
  var follow = false
  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("Only so many exchanges at the end.", valueName: "count"))
  var last: Int?
  @Flag(help: "Probes, handshakes and connections too.") var all = false
  @Flag(help: "One JSON object a line for each exchange.") var json = false
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto

  func run() throws {
    do throws(Complaint) {
      var show = ShowRecording()
      show.filter = filters
      show.isFollowing = follow
      show.count = last.map { max(0, $0) }
      show.showsAll = all
      show.isJSON = json
      try show.run(file, screen: Screen(color: color))
    } catch {
      ShellRun.complain(error, color)
      try error.status.leave()
    }
  }
}

extension CompletionKind {
  /// The keys of filters.
  static var filters: CompletionKind { .list(ExchangeFilter.keys.map { "\($0):" }) }
}
