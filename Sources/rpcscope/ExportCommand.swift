import ArgumentParser
import Recording
import Shell
import Terminal

/// A recording for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a recorded session for other programs.",
    usage: "rpcscope export FILE FORMAT [FILTERS] [-o FILE]",
    discussion: """
      FILE is named as for `rpcscope show`; FORMAT is one of:

      \(SessionExports.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

        rpcscope export last curl 3..7
        rpcscope export last har -o session.har
        rpcscope export browser.har curl status:error
      """)

  @Argument(
    help: "A recording, `last`, or a number of `rpcscope sessions`.", completion: .file())
  var file: String
  @Argument(help: "The format.", completion: .list(SessionExports.all.map { $0.name }))
  var format: String
  @Argument(help: "Which exchanges, as for `rpcscope show`.", completion: .filters)
  var filters: [String] = []
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup var masking: MaskOptions
  @Flag(help: "Leave the secrets in files of other programs readable.") var noMask = false

  func run() throws {
    do throws(Complaint) {
      var export = ExportRecording()
      var rules = RecordingOptions()
      try masking.apply(to: &rules)
      export.mask = rules.mask
      export.mask.isOn = !noMask
      export.filter = filters
      export.output = output
      try export.run(file, as: format, screen: Screen(color: .auto))
    } catch {
      ShellRun.complain(error, .auto)
      try error.status.leave()
    }
  }
}
