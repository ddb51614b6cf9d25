import ArgumentParser
import Shell
import Terminal

/// Two recordings compared.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what is different between two recorded sessions.",
    usage: "rpcscope diff [OPTIONS] OLD NEW [FILTERS]",
    discussion: """
      OLD and NEW are named as for `rpcscope show`. Exchanges with the same method and params \
      are held against each other, then those with the same method, in order. Ids and times make \
      no difference.

        rpcscope diff yesterday.jsonl last
        rpcscope diff 2 1 method:search --ignore '$..updatedAt' --key '$.items[*].id'

      Exit status: 6 if something is different, 0 if not, 2 usage.
      """)

  @Argument(help: "A recording, `last`, or a number of `rpcscope sessions`.") var old: String
  @Argument(help: "Another.") var new: String
  @Argument(help: "Which exchanges, as for `rpcscope show`.") var filters: [String] = []
  @Option(help: ArgumentHelp("Values there make no difference.", valueName: "path"))
  var ignore: [String] = []
  @Option(help: ArgumentHelp("Elements with the same value there are the same.", valueName: "path"))
  var key: [String] = []
  @Option(help: ArgumentHelp("The order in the array there means nothing.", valueName: "path"))
  var set: [String] = []
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto

  func run() throws {
    let status: ExitStatus
    do throws(Complaint) {
      var compare = CompareRecordings()
      compare.filter = filters
      compare.ignored = ignore
      compare.keys = key
      compare.sets = set
      status = try compare.run(old, new, screen: Screen(color: color))
    } catch {
      ShellRun.complain(error, color)
      return try error.status.leave()
    }
    try status.leave()
  }
}
