import LosslessJSON
import Terminal

/// One command of the shell: the one table drives dispatch, `.help`, completion and the manual.
struct Command: Sendable {
  /// What completion offers for the words after the name.
  enum Argument: Sendable {
    case method
    case call
    case setting
    case command
    case view
    case exchange
    /// A file behind `@`.
    case file
    /// A file's name.
    case path
    /// A document that is open at a language server.
    case document
    case target
    /// The words of a filter.
    case filter
    /// A format, then a file's name or a filter.
    case export
    /// A preset of a call template, or its form.
    case template
    /// A file's name, then a filter.
    case save
    case none
  }

  /// An option of a command, which stands before its other arguments.
  struct Option: Sendable {
    /// The name with its dashes.
    let name: String
    /// What follows it as the help writes it; empty for nothing.
    let value: String
    let summary: String
  }

  /// The name without the dot.
  let name: String
  /// Other names that do the same.
  let aliases: [String]
  /// The arguments as the help writes them.
  let usage: String
  /// One line.
  let summary: String
  /// More lines, examples among them.
  let help: String
  let options: [Option]
  /// What completion offers.
  let argument: Argument
  /// Does it.
  let run: @Sendable (Interpreter, CommandLine) async throws(Complaint) -> ExitStatus

  init(
    _ name: String, aliases: [String] = [], usage: String = "", summary: String,
    help: String = "", options: [Option] = [], argument: Argument = .none,
    run: @escaping @Sendable (Interpreter, CommandLine) async throws(Complaint) -> ExitStatus
  ) {
    self.name = name
    self.aliases = aliases
    self.usage = usage
    self.summary = summary
    self.help = help
    self.options = options
    self.argument = argument
    self.run = run
  }

  /// Whether a variable can keep what comes of it.
  var givesResult: Bool { ["call", "batch"].contains(name) }

  /// Every command, in the order of the help.
  static let all: [Command] =
    CallCommands.all + AnswerCommand.all + TargetCommands.all + CatalogCommands.all
    + LookCommands.all + DocumentCommands.all + RecordingCommands.all + ReplayCommands.all
    + SessionCommands.all

  /// The command of that name or alias.
  static func named(_ name: String) -> Command? {
    all.first { $0.name == name || $0.aliases.contains(name) }
  }
}

/// The text after a command's name.
struct CommandLine: Sendable {
  /// The name that was typed.
  var name: String
  /// The text behind it, without blanks around.
  var rest: Substring
  /// The variable that keeps the result, if the command has one.
  var capture: String?

  /// The text without outputs at its end, and those.
  func splitOutputs() throws(Complaint) -> (text: String, outputs: [Statement.Output]) {
    do throws(ScanFailure) {
      let (text, outputs) = try OutputScanner.split(rest)
      return (String(text), outputs)
    } catch {
      throw Complaint(error, line: String(rest))
    }
  }

  /// The words, quotes taken off.
  static func words(_ text: some StringProtocol) throws(Complaint) -> [String] {
    var cursor = Cursor(String(text))
    var words: [String] = []
    do throws(ScanFailure) {
      while true {
        cursor.skipBlanks()
        if cursor.isAtEnd { return words }
        var scanner = ValueScanner(cursor: cursor)
        if cursor.current == 0x27 {
          words.append(try scanner.singleQuoted())
        } else if cursor.current == 0x22 {
          let text = try scanner.json().plain ?? ""
          words.append((try? JSON(reading: text))?.string ?? text)
        } else {
          words.append(scanner.bare())
        }
        cursor = scanner.cursor
      }
    } catch {
      throw Complaint(error, line: String(text))
    }
  }

  /// The words without outputs.
  func words() throws(Complaint) -> [String] { try Self.words(rest) }

  /// The text read as a call.
  static func call(_ text: String, _ command: String) throws(Complaint) -> (
    Statement, Statement.Call
  ) {
    switch StatementParser.parse(text) {
    case .statement(let statement):
      if case .call(let call) = statement.action { return (statement, call) }
      throw Complaint("a method must follow .\(command)", hint: "`.help \(command)` shows how")
    case .unfinished(let what): throw Complaint("\(what) is still open at the end of the line")
    case .failure(let error): throw Complaint(error, line: text)
    }
  }
}

extension Complaint {
  /// A value that can't be read.
  init(_ failure: ScanFailure, line: String) {
    switch failure {
    case .unfinished(let what): self.init("\(what) is still open at the end of the line")
    case .wrong(let error): self.init(error, line: line)
    }
  }
}
