import ArgumentParser
import Shell

/// Options about whether and where a session is kept.
struct KeepingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the session in this file instead of the folder of `rpcscope sessions`.",
      valueName: "file"), completion: .file())
  var record: String?
  @Flag(help: "Don't keep the session.") var noRecord = false
  @OptionGroup var masking: MaskOptions

  func validate() throws {
    if record != nil, noRecord {
      throw ValidationError("--record and --no-record exclude each other.")
    }
  }

  /// Whether and where the session is kept; options win over the environment.
  func recording() throws(Complaint) -> RecordingOptions {
    var options = try RecordingOptions(
      isKept: record == nil && !noRecord, program: ProgramVersion.name)
    if let record { options.place = .file(record) }
    try masking.apply(to: &options)
    return options
  }
}

/// Options about what is masked in what is kept.
struct MaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Mask this too: NAME, $.a.path or /REGEX/; !NAME stays readable. May be repeated.",
      valueName: "rule"))
  var mask: [String] = []

  /// Adds the rules.
  func apply(to options: inout RecordingOptions) throws(Complaint) {
    for rule in mask { try options.addMask(rule) }
  }
}
