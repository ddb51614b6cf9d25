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
      no difference. A path is $.items[0].id inside a result, or $.result.items[0].id; [*] is any \
      element, .* any member, ..name a member at any depth.

        rpcscope diff yesterday.jsonl last
        rpcscope diff 2 1 method:search --ignore '$..updatedAt' --key '$.items[*].id'
        rpcscope diff 2 1 --vary time --vary 'uuid:$..id' --latency 2x --junit report.xml

      Exit status: 6 if something is different, 0 if not, 2 usage.
      """)

  @Argument(help: "A recording, `last`, or a number of `rpcscope sessions`.") var old: String
  @Argument(help: "Another.") var new: String
  @Argument(help: "Which exchanges, as for `rpcscope show`.") var filters: [String] = []
  @OptionGroup(title: "Comparison") var comparison: ComparisonArguments
  @Option(help: ArgumentHelp("Elements with the same value there are the same.", valueName: "path"))
  var key: [String] = []
  @Flag(help: "List exchanges without a difference too.") var all = false
  @Flag(help: "One JSON object a line for each exchange, and a last one.") var json = false
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto

  func run() throws {
    let status: ExitStatus
    do throws(Complaint) {
      var compare = CompareRecordings()
      compare.filter = filters
      compare.comparison = comparison.options(keys: key)
      compare.comparison.listsSame = all
      compare.comparison.isJSON = json
      status = try compare.run(old, new, screen: Screen(color: color))
    } catch {
      ShellRun.complain(error, color)
      return try error.status.leave()
    }
    try status.leave()
  }
}
