import ArgumentParser
import JSONRPC
import Shell
import Terminal

/// What is wrong with a text, offline.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what is wrong with a reply, a log or a capture, without a server.",
    discussion: """
      FILE may be a reply, a request followed by its reply, a log with one message a line \
      (or rpcscope's own lines --> and <--), a stream of Content-Length messages, values one \
      after the other, what `curl -i` printed, or a session: a recording, HAR, `curl --trace`, \
      Ethereum's .io, a language server's trace. Without FILE, or with -, standard input is read.

        curl -s … | rpcscope inspect
        rpcscope inspect reply.json --request request.json
        rpcscope inspect --json server.log | jq .rule

      Exit status: 5 if there is an error, 0 if not, 2 usage.
      """)

  @Argument(
    help: ArgumentHelp(
      "A file, - for standard input, or the text itself if it begins with { or [.",
      valueName: "file"))
  var inputs: [String] = []
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Read it as: \(InputForm.names).", valueName: "form"))
  var form: String?
  @Option(help: ArgumentHelp("The request that it answers, or its text.", valueName: "file"))
  var request: String?
  @Option(help: ArgumentHelp("The version that was spoken: 2.0 or 1.0.", valueName: "version"))
  var jsonrpc: String?
  @OptionGroup var checks: CheckOptions
  @Flag(help: "Show all that could be read of a broken message, however long.") var full = false
  @Flag(help: "One JSON object a line for each finding.") var json = false
  @Flag(help: "List the rules, and inspect nothing.") var rules = false
  @Option(help: "Colours: auto, always, never.") var color = ColorChoice.auto

  func run() throws {
    let status: ExitStatus
    do throws(Complaint) {
      let screen = Screen(color: color)
      if rules {
        Inspect.listRules(screen: screen)
        return
      }
      status = try inspect().run(inputs, screen: screen)
    } catch {
      ShellRun.complain(error, color)
      return try error.status.leave()
    }
    try status.leave()
  }

  private func inspect() throws(Complaint) -> Inspect {
    var inspect = Inspect()
    if let form {
      guard let known = InputForm(rawValue: form) else {
        throw Complaint("\(form) is no form of a text", hint: InputForm.names)
      }
      inspect.form = known
    }
    if let jsonrpc {
      guard let version = ProtocolVersion(rawValue: jsonrpc) else {
        throw Complaint("\(jsonrpc) is no version of JSON-RPC", hint: "2.0 or 1.0")
      }
      inspect.version = version
    }
    inspect.request = request
    inspect.mode = checks.mode
    inspect.isJSON = json
    inspect.isFull = full
    return inspect
  }
}

/// Options about how strictly replies are judged.
struct CheckOptions: ParsableArguments {
  @Flag(help: "Hold replies to the letter of the specification.") var strict = false
  @Flag(help: "Take replies as they are: what is wrong with them is but a note.") var lenient =
    false

  func validate() throws {
    if strict, lenient { throw ValidationError("--strict and --lenient exclude each other.") }
  }

  /// What they ask for.
  var mode: CheckMode { strict ? .strict : lenient ? .lenient : .normal }
}
