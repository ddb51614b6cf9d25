import ArgumentParser
import Shell

/// Options about what makes a difference, of `diff` and of `replay`. `--key` is each command's own:
/// a connection has an option of that name, too.
struct ComparisonArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Values there make no difference.", valueName: "path"))
  var ignore: [String] = []
  @Option(help: ArgumentHelp("The order in the array there means nothing.", valueName: "path"))
  var set: [String] = []
  @Option(
    help: ArgumentHelp(
      "Values vary: time, uuid, hash, counter everywhere, KIND:PATH, or PATH whatever it holds.",
      valueName: "kind:path"))
  var vary: [String] = []
  @Option(help: ArgumentHelp("Numbers may differ by so much, or so many %.", valueName: "n"))
  var tolerance: String?
  @Option(
    help: ArgumentHelp("So much slower, and by 50 ms, is a difference: 2x.", valueName: "factor"))
  var latency: String?
  @Flag(help: "Findings make no difference.") var noFindings = false
  @Flag(help: "Show old and new beside each other.") var sideBySide = false
  @Option(help: ArgumentHelp("Write a report in JUnit's XML.", valueName: "file"))
  var junit: String?

  /// The same for the shell.
  func options(keys: [String]) -> ComparisonOptions {
    var options = ComparisonOptions()
    options.ignored = ignore
    options.keys = keys
    options.sets = set
    options.varying = vary
    options.tolerance = tolerance
    options.latency = latency
    options.ignoresFindings = noFindings
    options.isSideBySide = sideBySide
    options.junit = junit
    return options
  }
}
